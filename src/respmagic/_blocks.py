"""Cutting Markdown that is still growing into blocks that are finished and an open end.

A finished block is rendered once and never again, so that painting a long answer costs in
proportion to its length. This is for the live view only: at the end the answer is rendered whole.
"""

from __future__ import annotations

import re

__all__ = ["BlockSplitter"]

_FENCE = re.compile(r"\s*(?:[-*+>]\s+|\d{1,9}[.)]\s+)*(`{3,}|~{3,})(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
# So much of a line shows whether it is an item, a quote or indented: nine digits and a mark.
_TELLING = 12


class BlockSplitter:
    """Takes a text in pieces, cut anywhere, and gives out its blocks as they are finished.

    Args:
        limit: characters after which a block that is still open is cut at a line's end, so that
            the open end stays small; a fence is closed and opened again with its info string.
    """

    def __init__(self, limit: int = 2_000) -> None:
        self._limit = limit
        self._lines: list[str] = []
        self._size = 0
        self._partial = ""
        self._closer = ""  # what ends the fence or the maths that is open
        self._opener = ""  # the line that opened it
        self._blank = False

    @property
    def tail(self) -> str:
        """The open end: all that is in no finished block yet."""
        return "".join(self._lines) + self._partial

    def feed(self, text: str) -> list[str]:
        """The blocks that `text` finishes, as Markdown; joined they are the text, but for cuts."""
        finished: list[str] = []
        *lines, self._partial = (self._partial + text).split("\n")
        for line in lines:
            finished += self._take(f"{line}\n")
        if len(self._partial) >= _TELLING:
            finished += self._finished_before(self._partial)
        return finished

    def _take(self, line: str) -> list[str]:
        finished = self._finished_before(line)
        self._lines.append(line)
        self._size += len(line)
        self._blank = not line.strip() and not self._closer
        if self._closer:
            if self._closes(line):
                self._closer = ""
        else:
            self._open(line)
        if self._size > self._limit:
            finished += self._cut()
        return finished

    def _finished_before(self, line: str) -> list[str]:
        """The block that ends where `line` begins, if one does: blank lines have to be between."""
        if not self._blank or not line.strip() or self._continues(line):
            return []
        return [self._flush()]

    def _continues(self, line: str) -> bool:
        """Whether `line` still belongs to the list or the indented code above the blank lines."""
        first = next(entry for entry in self._lines if entry.strip()) if self._has_text() else ""
        indented = line.startswith((" ", "\t"))
        if _ITEM.match(first):
            return indented or _ITEM.match(line) is not None
        return indented and first.startswith(("    ", "\t"))

    def _has_text(self) -> bool:
        return any(entry.strip() for entry in self._lines)

    def _open(self, line: str) -> None:
        """Note the fence or the maths that `line` opens, if it does."""
        if (fence := _FENCE.match(line)) is not None:
            mark, info = fence.groups()
            if not (mark[0] == "`" and "`" in info):
                self._closer, self._opener = mark, line
        elif line.strip().startswith("$$") and line.count("$$") == 1:
            self._closer, self._opener = "$$", line

    def _closes(self, line: str) -> bool:
        text = line.strip()
        if self._closer == "$$":
            return text.endswith("$$")
        return text.startswith(self._closer) and not text.strip(self._closer[0])

    def _flush(self) -> str:
        block = "".join(self._lines)
        self._lines, self._size, self._blank = [], 0, False
        return block

    def _cut(self) -> list[str]:
        """What is open, ended here; maths cannot be cut."""
        if self._closer == "$$":
            return []
        if not self._closer:
            return [self._flush()]
        indent = self._opener[: len(self._opener) - len(self._opener.lstrip())]
        block = f"{self._flush()}{indent}{self._closer}\n"
        reopened = f"{indent}{self._opener[self._opener.index(self._closer) :]}"
        self._lines, self._size, self._opener = [reopened], 0, reopened
        return [block]
