"""For `respond(show=True)`: one display that grows, beside whatever else the cell shows."""

from __future__ import annotations

import uuid
from typing import Any

from respmagic._capture import current_card, publisher_beneath
from respmagic._markdown import escape
from respmagic._result import Result, run_html, wrapped
from respmagic._transcript import Run

__all__ = ["Whole"]

# Each repaint sends everything again: it waits until there is this much more of it, so that the
# bytes stay in proportion to the answer.
_GROWTH = 1 / 8


class Whole:
    """Paints one display and leaves the result in it; clears nothing of the user's."""

    to_clear = False

    def __init__(self, shell: Any, *, live: bool) -> None:
        inside = current_card.get() is not None  # a call's own output goes to its card
        self._publisher = shell.display_pub if inside else publisher_beneath(shell)
        self._live = live
        self._display_id = uuid.uuid4().hex
        self._size = 0
        self._notice = ""

    def paint(self, run: Run) -> None:
        """Show all there is, if there is enough more of it."""
        if not self._live:
            return
        html = run_html(run, "completed")
        if notice := run.notice:
            html += wrapped(f'<p class="respmagic-line"><small>{escape(notice)}</small></p>')
        if len(html) >= self._size * (1 + _GROWTH) or (notice and notice != self._notice):
            self._publish({"text/html": html})
        self._notice = notice

    def finish(self, result: Result) -> None:
        """Leave the result."""
        self._publish(result._repr_mimebundle_())

    def _publish(self, bundle: dict[str, str]) -> None:
        transient = {"display_id": self._display_id} if self._live else {}
        update = self._live and self._size > 0
        self._publisher.publish(bundle, {}, transient=transient, update=update)
        self._size = max(len(bundle["text/html"]), 1)
