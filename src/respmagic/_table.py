"""A table as a cell's value: inert HTML for notebooks, aligned text for terminals, rows."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from respmagic import _secrets
from respmagic._markdown import STYLE, clean, escape
from respmagic._result import wrapped

__all__ = ["Table"]

_SHOWN = 200


def _one_line(text: str) -> str:
    return " ".join(_secrets.scrub(text).split())


class Table:
    """Rows of text under their heads.

    Iterating gives the first column, e.g. the models' names.

    Args:
        columns: the heads.
        rows: as many texts each.
        note: said below.

    Attributes:
        columns: the heads.
        rows: the texts, all of them, also those that are not shown.
        note: what is said below.
    """

    def __init__(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], note: str = ""
    ) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(tuple(map(_one_line, row)) for row in rows)
        self.note = _secrets.scrub(note)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[str]:
        return (row[0] for row in self.rows)

    def __repr__(self) -> str:
        lines = [self.columns, *(tuple(map(clean, row)) for row in self.rows[:_SHOWN])]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        text = "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )
        return "\n".join(filter(None, [text, *self._below()]))

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        return {"text/html": self._html(), "text/plain": repr(self)}

    def _html(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(
            f"<tr>{''.join(f'<td><code>{escape(cell)}</code></td>' for cell in row)}</tr>"
            for row in self.rows[:_SHOWN]
        )
        below = "".join(f"<p><small>{escape(line)}</small></p>" for line in self._below())
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return wrapped(table + below) + STYLE

    def _below(self) -> list[str]:
        more = len(self.rows) - _SHOWN
        cut = f"… {more:,} more; a FILTER shows fewer" if more > 0 else ""
        return [line for line in (cut, clean(self.note)) if line]
