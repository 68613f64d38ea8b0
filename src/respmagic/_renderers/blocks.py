"""For notebooks: finished paragraphs are painted once, only the open end is painted again.

Repainting the whole answer for each piece sends a quadratic number of bytes. Here each block of
Markdown and each card is a display of its own; the open end carries the status line.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from respmagic import _secrets
from respmagic._blocks import BlockSplitter
from respmagic._capture import publisher_beneath
from respmagic._cards import entry_html, last_line
from respmagic._markdown import STYLE, escape_prose, to_html
from respmagic._result import Result, wrapped
from respmagic._transcript import Entry, Run

__all__ = ["Blocks"]

# A repaint sends all of the open end again: it waits until that has grown by this part of itself.
_GROWTH = 1 / 16


class _Text:
    """A growing text, cut into finished blocks and an open end."""

    def __init__(self) -> None:
        self._splitter = BlockSplitter()
        self._seen = 0
        self.finished: list[str] = []

    def take(self, text: str) -> None:
        """Take in what has come since; a server that takes text back is shown at the end."""
        self.finished += self._splitter.feed(text[self._seen :])
        self._seen = max(self._seen, len(text))

    @property
    def tail(self) -> str:
        return self._splitter.tail


class Blocks:
    """Paints into the running cell of a notebook."""

    def __init__(self, shell: Any) -> None:
        self._publisher = publisher_beneath(shell)
        self._shown: dict[str, str] = {}  # a piece's key -> the HTML that stands there
        self._first = ""  # the piece that took over the display of the first status line
        self._done: set[str] = set()
        self._texts: dict[str, _Text] = {}
        self._tail_size = 0
        self._run_id = uuid.uuid4().hex

    def paint(self, run: Run) -> None:
        """Paint what is new or has changed."""
        pieces = list(self._pieces(run))
        for number, (key, html, is_done) in enumerate(pieces):
            last = number + 1 == len(pieces)
            self._put(key, html + (self._status(run) if last else ""))
            if is_done and not last:
                self._done.add(key)
        if not pieces:
            self._put("status", self._status(run))

    @property
    def to_clear(self) -> bool:
        """Whether anything was painted."""
        return bool(self._shown)

    def finish(self, result: Result) -> None:
        """Leave the result to the cell's value."""

    def _pieces(self, run: Run) -> Iterator[tuple[str, str, bool]]:
        """Key, HTML and whether it is final, of all pieces that are not final yet."""
        for entry in run.entries():
            if entry.kind == "text":
                yield from self._text_pieces(entry)
            elif entry.key not in self._done:
                yield entry.key, entry_html(entry), _is_final(entry)

    def _text_pieces(self, entry: Entry) -> Iterator[tuple[str, str, bool]]:
        text = self._texts.setdefault(entry.key, _Text())
        text.take(entry.content)
        for number, block in enumerate(text.finished):
            if (key := f"{entry.key}/{number}") not in self._done:
                yield key, to_html(_secrets.scrub(block)), True
        if text.tail.strip():
            key = f"{entry.key}/{len(text.finished)}"
            if key not in self._done:
                yield key, self._tail_html(key, text.tail, finished=entry.finished), entry.finished

    def _tail_html(self, key: str, tail: str, *, finished: bool) -> str:
        """The open end, painted again only when it has grown enough."""
        if not finished and key in self._shown and len(tail) < self._tail_size * (1 + _GROWTH):
            return self._bare(key)
        self._tail_size = len(tail)
        return to_html(_secrets.scrub(tail), finished=finished)

    def _bare(self, key: str) -> str:
        return self._shown[key].partition(_STATUS)[0]

    def _status(self, run: Run) -> str:
        text = run.notice or f"{last_line(run, 'completed')} · {run.seconds:.0f} s"
        return f"{_STATUS}{escape_prose(_secrets.scrub(text))}</small></p>"

    def _put(self, key: str, html: str) -> None:
        if self._shown.get(key) == html:
            return
        if not self._shown:
            self._first = key
        elif self._first == "status":
            self._first = key
            self._shown[key] = self._shown.pop("status")
        is_new = key not in self._shown
        self._shown[key] = html
        # The style sheet goes with the first display, for all of them.
        self._publisher.publish(
            {"text/html": wrapped(html) + (STYLE if key == self._first else "")},
            {},
            transient={"display_id": self._display_id(key)},
            update=not is_new,
        )

    def _display_id(self, key: str) -> str:
        return f"{self._run_id}-{'first' if key == self._first else key}"


_STATUS = '<p class="respmagic-line"><small>'


def _is_final(entry: Entry) -> bool:
    if entry.kind == "call":
        return entry.content.status in ("done", "failed", "cancelled")
    return entry.finished
