"""A transcript as a value of its own: one inert output that needs no kernel and no widget."""

from __future__ import annotations

from collections.abc import Iterable

from respmagic import _secrets
from respmagic._markdown import STYLE, clean
from respmagic._panel.style import TURN_STYLE
from respmagic._panel.turns import TurnView, said_html

__all__ = ["Transcribed"]

_UNFINISHED = '<p class="respmagic-line"><small>still being answered</small></p>'


class Transcribed:
    """The turns of a panel as they stand now.

    Args:
        name: of the conversation.
        views: the turns.
    """

    def __init__(self, name: str, views: Iterable[TurnView]) -> None:
        self._name = name
        self._html = ""
        self._lines = []
        for view in views:
            self._html += said_html(view.asked) + (view.html or _UNFINISHED)
            self._lines += [f"You: {clean(_secrets.scrub(view.asked.prompt))}", view.text]

    def __repr__(self) -> str:
        return "\n\n".join(self._lines) or f"[the conversation {self._name} has no turn yet]"

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        html = self._html or f"<p>{repr(self)[1:-1]}</p>"
        return {"text/html": html + STYLE + TURN_STYLE, "text/plain": repr(self)}
