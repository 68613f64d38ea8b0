"""A turn on the page: the question, the answer as it comes and as it stays, what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import Text, Textarea

from respmagic import _secrets
from respmagic._markdown import escape_prose
from respmagic._panel.asked import Asked
from respmagic._panel.base import Post
from respmagic._panel.style import Makes, close_all, named
from respmagic._renderers.blocks import Blocks
from respmagic._result import Result, wrapped
from respmagic._transcript import Run
from respmagic._turns import Turn

__all__ = ["Actions", "TurnView", "error_html", "line_html", "said_html"]


def said_html(asked: Asked) -> str:
    """What the user asked, as inert HTML."""
    said = escape_prose(_secrets.scrub(asked.prompt))
    files = "".join(f"<br><small>+ {escape_prose(name)}</small>" for name in asked.attached)
    who = '<small class="respmagic-who">You</small>'
    return wrapped(f'<div class="respmagic-question">{who}{said}{files}</div>')


def error_html(error: BaseException) -> str:
    """An error as inert HTML, in the words that a cell raises."""
    said = escape_prose(_secrets.scrub(f"{type(error).__name__}: {error}"))
    return wrapped(f'<p class="respmagic-error" role="alert">{said}</p>')


def line_html(text: str) -> str:
    """What is said beside the turns, as inert HTML."""
    said = escape_prose(_secrets.scrub(text))
    return wrapped(f'<p class="respmagic-line" role="status"><small>{said}</small></p>')


class _Live:
    """Holds the blocks of an answer that streams, a widget each."""

    def __init__(self, box: Any, makes: Makes) -> None:
        self._box = box
        self._makes = makes
        self._by_id: dict[str, Any] = {}

    def publish(
        self, data: Mapping[str, str], _: Mapping[str, Any], *, transient: Any, update: bool
    ) -> None:
        """As a display publisher does it."""
        name, html = transient["display_id"], data["text/html"]
        if update:
            self._by_id[name].value = html
        else:
            self._by_id[name] = self._makes.page(html)

    def show(self) -> None:
        """Show what has been added since, all at once."""
        if len(self._box.children) < len(self._by_id):
            self._box.children = tuple(self._by_id.values())


class TurnView:
    """One turn on the page; all of it on the worker loop.

    Args:
        asked: what was asked.
        makes: makes the widgets.

    Attributes:
        box: the widget.
        asked: the same.
        turn: the turn of the conversation, once it is one.
        behind: the turn that it followed when it was asked.
        result: the result, once there is one.
        html, text: the whole answer, once it is there.
        questions: where the user is asked whether calls may run.
    """

    def __init__(self, asked: Asked, makes: Makes) -> None:
        self.asked = asked
        self.turn: Turn | None = None
        self.behind: Turn | None = None
        self.result: Result | None = None
        self.html = self.text = ""
        self.questions = makes.column()
        self._makes = makes
        self._live = makes.column()
        self._pages = _Live(self._live, makes)
        self._blocks = Blocks(self._pages)
        question = makes.page(said_html(asked))
        self.box = makes.column(question, self._live, self.questions, kind="turn")

    def paint(self, run: Run) -> None:
        """Show the newest state of the run."""
        self._blocks.paint(run)
        self._pages.show()

    def finish(self, html: str, text: str, actions: Any) -> None:
        """Let this take the place of what was painted.

        Args:
            html: the whole answer, inert.
            text: the same as plain text.
            actions: the widget that says what may be done with it.
        """
        self.html, self.text = html, text
        self.box.children = (self.box.children[0], self._makes.page(html), actions)
        close_all(self._live, self.questions)

    def close(self) -> None:
        """Take it from the page."""
        close_all(self.box)


class Actions:
    """What may be done with a turn: give the result a name, see the cell that asks the same.

    Args:
        makes: makes the widgets.
        post: has the loop do what is clicked.
        keep: binds the result to a name; raises OptionError if it is none.
        source: makes the cell.
    """

    def __init__(
        self,
        makes: Makes,
        post: Post,
        *,
        keep: Callable[[str], None],
        source: Callable[[], str],
    ) -> None:
        self._makes = makes
        self._cell: Any = None
        name = makes.text(
            Text,
            description="Keep as",
            placeholder="variable, then Enter",
            tooltip="The name of a variable that is to hold this result",
        )
        named(name, "short").observe(
            post.guarded(lambda change: keep(change["new"].strip())), "value"
        )
        show = makes.button(
            "As a cell",
            post.guarded(lambda _: post.soon(self._toggle, source())),
            "Show the %%responses cell that asks the same, to copy",
        )
        self.box = makes.column(makes.row(show, name))

    def _toggle(self, source: str) -> None:
        """Show the cell, or take it away again."""
        if self._cell is not None:
            self.box.children = self.box.children[:1]
            close_all(self._cell)
            self._cell = None
            return
        field = self._makes.text(
            Textarea,
            value=source,
            rows=min(source.count("\n") + 2, 12),
            description="Cell",
            tooltip="Select all of it and copy it into a cell",
        )
        self._cell = named(field, "code")
        self.box.children = (*self.box.children, self._cell)
