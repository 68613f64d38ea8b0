"""A JSON value that a model wrote, as inert HTML: an object by its names, a list as a table.

It is shown while it is still being written, so it may lack anything, and the same at the end.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from respmagic import _secrets
from respmagic._markdown import clean, escape, escape_prose, to_html

if TYPE_CHECKING:
    from respmagic._structured import Form

__all__ = ["answer_html", "answer_text"]

_MOST_ROWS, _MOST_COLUMNS, _DEEPEST = 200, 30, 3
_LONGEST = 2_000


def answer_html(text: str, form: Form, *, finished: bool) -> str:
    """An answer that is to have a form; text that is no JSON is shown as the code that came.

    Args:
        text: the answer, whole or still being written.
        form: what it is to look like.
        finished: whether it is whole.
    """
    text = _secrets.scrub(text)
    value = form.partial(text)
    if value is form.NOTHING:
        return to_html(text, finished=finished) if finished else f"<pre>{escape(text)}</pre>"
    return f'<div class="respmagic-value">{_html(value, 0)}</div>'


def answer_text(text: str, form: Form) -> str:
    """The same as plain text: JSON, a line a value."""
    text = _secrets.scrub(text)
    value = form.partial(text)
    if value is form.NOTHING:
        return clean(text)
    return clean(json.dumps(value, ensure_ascii=False, indent=2))


def _html(value: Any, depth: int) -> str:
    if depth < _DEEPEST and isinstance(value, Mapping) and value:
        rows = "".join(
            f"<tr><th>{_label(name)}</th><td>{_html(part, depth + 1)}</td></tr>"
            for name, part in list(value.items())[:_MOST_ROWS]
        )
        return f"<table><tbody>{rows}</tbody></table>{_more(len(value), _MOST_ROWS, 'names')}"
    if depth < _DEEPEST and isinstance(value, list) and value:
        return _list(value, depth)
    if isinstance(value, str):
        return escape_prose(_cut(value)).replace("\n", "<br>")
    return f"<code>{escape(_cut(json.dumps(value, ensure_ascii=False)))}</code>"


def _list(values: list[Any], depth: int) -> str:
    shown = values[:_MOST_ROWS]
    more = _more(len(values), _MOST_ROWS, "values")
    if depth and not any(isinstance(value, list | Mapping) for value in shown):
        return ", ".join(_html(value, depth + 1) for value in shown) + more
    if not all(isinstance(value, Mapping) and value for value in shown):
        items = "".join(f"<li>{_html(value, depth + 1)}</li>" for value in shown)
        return f"<ul>{items}</ul>{more}"
    names = list(dict.fromkeys(name for value in shown for name in value))
    columns = names[:_MOST_COLUMNS]
    head = "".join(f"<th>{_label(name)}</th>" for name in columns)
    rows = "".join(f"<tr>{_cells(value, columns, depth)}</tr>" for value in shown)
    more += _more(len(names), _MOST_COLUMNS, "columns")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _cells(row: Mapping[str, Any], columns: list[str], depth: int) -> str:
    return "".join(
        f"<td>{_html(row[name], depth + 1) if name in row else ''}</td>" for name in columns
    )


def _label(name: str) -> str:
    return escape_prose(_cut(name, 100))


def _cut(text: str, limit: int = _LONGEST) -> str:
    return text if len(text) <= limit else f"{text[:limit]}… {len(text) - limit:,} more"


def _more(number: int, limit: int, what: str) -> str:
    return f"<p><small>… {number - limit:,} more {what}</small></p>" if number > limit else ""
