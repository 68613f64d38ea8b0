"""For notebooks: finished paragraphs are painted once, only the open end is painted again.

Repainting the whole answer for each piece sends a quadratic number of bytes. Here each block of
Markdown and each card is a display of its own; the open end carries the status line. Front ends
fold away what a cell shows beyond so many outputs, so those of a long answer share displays.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from respmagic import _secrets
from respmagic._blocks import BlockSplitter
from respmagic._cards import entry_html, last_line
from respmagic._markdown import STYLE, escape_prose, to_html
from respmagic._pace import pace
from respmagic._result import Result, wrapped
from respmagic._transcript import Entry, Run

__all__ = ["Blocks"]

# A repaint sends all of the open end again: it waits until that has grown by this part of itself.
_GROWTH = 1 / 16
# JupyterLab and Notebook fold away a cell's outputs after the fiftieth; others may print a few.
_MOST_DISPLAYS = 45


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


class _Displays:
    """The displays of a cell, and the pieces that stand in each; pieces are only ever added.

    Attributes:
        changed: the numbers of those to be published.
    """

    def __init__(self) -> None:
        self.changed: set[int] = set()
        self._keys: list[list[str]] = []
        self._html: dict[str, str] = {}
        self._place: dict[str, int] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._html

    def __getitem__(self, key: str) -> str:
        return self._html[key]

    def put(self, key: str, html: str) -> None:
        """Let a piece, new or not, look so."""
        if self._html.get(key) != html:
            if key not in self._html:
                self._add(key)
            self._html[key] = html
            self.changed.add(self._place[key])

    def html(self, number: int) -> str:
        """What a display shows; nothing if it waits to be used again."""
        keys = self._keys[number] if number < len(self._keys) else ()
        return "".join(map(self._html.__getitem__, keys))

    def _add(self, key: str) -> None:
        if self._keys == [[_WAITING]]:
            self._keys.clear()  # the first piece takes over
        elif len(self._keys) == _MOST_DISPLAYS:
            self._gather()
        self._place[key] = len(self._keys)
        self._keys.append([key])

    def _gather(self) -> None:
        """Join the pieces that have a display each, and so free all but one of these.

        Each piece is sent once more for it. Only when almost all displays are joined ones, after a
        thousand pieces, are these joined, too.
        """
        sizes = [len(keys) for keys in self._keys]
        first = sizes.index(1) if sizes[-2:] == [1, 1] else 0
        joined = [key for keys in self._keys[first:] for key in keys]
        self.changed |= set(range(first, len(self._keys)))
        self._keys[first:] = [joined]
        self._place |= dict.fromkeys(joined, first)


class Blocks:
    """Paints into the running cell of a notebook, or whatever else holds displays by their ids.

    Args:
        publisher: has `publish`, as IPython's display publisher.
    """

    def __init__(self, publisher: Any) -> None:
        self._publisher = publisher
        self._displays = _Displays()
        self._made = 0  # how many displays the front end knows
        self._done: set[str] = set()
        self._texts: dict[str, _Text] = {}
        self._tail_size = 0
        self._sizes: dict[str, int] = {}
        self._items: dict[str, Any] = {}
        self._told = (-1, "")
        self._run_id = uuid.uuid4().hex

    def paint(self, run: Run) -> None:
        """Paint what is new or has changed."""
        pieces = list(self._pieces(run))
        for number, (key, html, is_done) in enumerate(pieces):
            last = number + 1 == len(pieces)
            self._displays.put(key, html + (self._status(run) if last else ""))
            if is_done and not last:
                self._done.add(key)
        if not pieces:
            self._displays.put(_WAITING, self._status(run))
        self._publish()

    @property
    def to_clear(self) -> bool:
        """Whether anything was painted."""
        return self._made > 0

    def finish(self, result: Result) -> None:
        """Leave the result to the cell's value."""

    def _pieces(self, run: Run) -> Iterator[tuple[str, str, bool]]:
        """Key, HTML and whether it is final, of all pieces that are not final yet."""
        for entry in run.entries():
            if entry.kind == "text":
                yield from self._text_pieces(entry)
            elif entry.key not in self._done:
                html = self._entry_html(entry)
                if html or entry.key in self._displays:  # reasoning may turn out to be hidden
                    yield entry.key, html, _is_final(entry)

    def _entry_html(self, entry: Entry) -> str:
        """An entry that is no text; one that grows is painted again when it has grown enough.

        What a tool of the server did may hold pictures: it is made HTML only where it has changed.
        """
        key, size = entry.key, _size(entry)
        enough = self._sizes.get(key, 0) * (1 + _GROWTH)
        if size < enough and not entry.finished and key in self._displays:
            return self._bare(key)
        if entry.kind == "item" and entry.content == self._items.get(key):
            return self._bare(key)
        self._sizes[key], self._items[key] = size, entry.content
        return entry_html(entry)

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
        if not finished and key in self._displays and len(tail) < self._tail_size * (1 + _GROWTH):
            return self._bare(key)
        self._tail_size = len(tail)
        return to_html(_secrets.scrub(tail), finished=finished)

    def _bare(self, key: str) -> str:
        return self._displays[key].partition(_STATUS)[0]

    def _status(self, run: Run) -> str:
        text = run.notice or f"{last_line(run, 'completed')} · {self._times(run)}"
        return f"{_STATUS}{escape_prose(_secrets.scrub(text))}</small></p>"

    def _times(self, run: Run) -> str:
        """How long it has gone on, and how fast; told once a second, since each time is a paint."""
        seconds = round(run.seconds)
        if seconds != self._told[0]:
            told = [f"{seconds} s", pace(run.exchanges)]
            self._told = seconds, " · ".join(filter(None, told))
        return self._told[1]

    def _publish(self) -> None:
        for number in sorted(self._displays.changed):
            # The style sheet goes with the first display, for all of them.
            html = wrapped(self._displays.html(number)) + ("" if number else STYLE)
            self._publisher.publish(
                {"text/html": html},
                {},
                transient={"display_id": f"{self._run_id}-{number}"},
                update=number < self._made,
            )
            self._made = max(self._made, number + 1)
        self._displays.changed.clear()


_WAITING = "waiting"  # the key of the status line while there is nothing else
_STATUS = '<p class="respmagic-line"><small>'


def _size(entry: Entry) -> int:
    """The length of a text that grows; 0 for what changes otherwise."""
    if entry.kind == "value":
        return len(entry.content[0])
    return len(entry.content.text) if entry.kind == "reasoning" else 0


def _is_final(entry: Entry) -> bool:
    if entry.kind == "call":
        return bool(entry.content.is_over)
    return entry.finished
