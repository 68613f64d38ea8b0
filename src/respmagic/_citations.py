"""What an answer refers to: pages and files, in the order in which it first does.

Source: the annotations of ``output_text`` parts in the Responses API.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from respmagic._items import Response

__all__ = ["Citation", "citations_of"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One page or file that an answer refers to.

    Attributes:
        number: counts them, from 1.
        kind: the wire's word, such as ``url_citation`` or ``file_citation``.
        title: what the server calls it; the file's name for a file.
        url: where it is; "" for a file.
        file_id: the server's name for a file; "" for a page.
        quote: the part of the answer that refers to it, as far as the server says.
    """

    number: int
    kind: str
    title: str
    url: str = ""
    file_id: str = ""
    quote: str = ""


def citations_of(responses: Iterable[Response]) -> tuple[Citation, ...]:
    """The citations of some answers; a page or file that is named again counts once."""
    found: dict[tuple[str, str], Citation] = {}
    for annotation, text in _annotations(responses):
        url, file_id = _text(annotation, "url"), _text(annotation, "file_id")
        title = _text(annotation, "title") or _text(annotation, "filename") or url or file_id
        if title and (url, file_id) not in found:
            number, kind = len(found) + 1, str(annotation.get("type"))
            quote = _quote(annotation, text)
            found[url, file_id] = Citation(number, kind, title, url, file_id, quote)
    return tuple(found.values())


def _annotations(responses: Iterable[Response]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each annotation, and the text that it stands at."""
    for response in responses:
        for item in response.output:
            parts = item.get("content") if item["type"] == "message" else None
            for part in parts if isinstance(parts, list | tuple) else ():
                listed = part.get("annotations") if isinstance(part, Mapping) else None
                for annotation in listed if isinstance(listed, list | tuple) else ():
                    if isinstance(annotation, Mapping):
                        yield _plain(annotation), str(part.get("text") or "")


def _plain(annotation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The annotation; chat.completions has its fields one level down."""
    inner = annotation.get(str(annotation.get("type")))
    return {**inner, "type": annotation["type"]} if isinstance(inner, Mapping) else annotation


def _text(annotation: Mapping[str, Any], key: str) -> str:
    value = annotation.get(key)
    return value if isinstance(value, str) else ""


def _quote(annotation: Mapping[str, Any], text: str) -> str:
    start, end = annotation.get("start_index"), annotation.get("end_index")
    if not isinstance(start, int) or not isinstance(end, int):
        return ""
    return text[max(start, 0) : max(end, 0)]
