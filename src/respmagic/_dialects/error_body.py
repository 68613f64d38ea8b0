"""The bodies of refusals, in every shape that servers give them: what they say and nothing more."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jiter import from_json

from respmagic import _sse

__all__ = [
    "body_request_id",
    "describe_error",
    "error_codes",
    "named_parameter",
    "read_body",
    "told_failure",
]

_TEXT_LIMIT = 300
_LONGEST = 1000
_MESSAGES = (
    *("message", "Message", "msg", "errmsg", "err_msg", "error_msg", "error_message"),
    *("status_msg", "detail", "error_description", "title", "reason"),
)
# The fields in which envelopes say how it went, and what they say if it went well
_OUTCOMES = ("code", "status_code", "errcode", "errno", "ret")
_WELL = frozenset({"", "0", "200", "ok", "success", "none"})


def describe_error(body: Any) -> tuple[str, str | None]:
    """The message that says most in an error body of any known shape, and its code.

    OpenAI nests ``error.message``; OpenRouter puts the useful text in ``error.metadata.raw``, often
    as JSON once more; Mistral says ``detail``, as a list where it names parameters; xAI and old
    servers put text where the object should be; proxies send a page.
    """
    if isinstance(body, str):
        return _plain(body), None
    if isinstance(body, list) and body:
        return describe_error(body[0])
    if not isinstance(body, Mapping):
        return "", None
    error, inner = _error_of(body)
    plain = [error] if isinstance(error, str) else []
    texts = [_raw_message(inner), *_texts(inner), *plain, *_texts(body)]
    message = next((text for text in texts if text), "")
    text = " ".join(" ".join([message[:_LONGEST], *_particulars(inner)]).split())
    return text, next(iter(error_codes(body)), None)


def _error_of(body: Mapping[str, Any]) -> tuple[Any, Mapping[str, Any]]:
    """What stands as the error in `body`, and the object that tells of it."""
    error: Any = body.get("error") or body.get("errors")
    if isinstance(error, list) and error:
        error = error[0]
    return error, error if isinstance(error, Mapping) else body


def told_failure(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The error in an envelope of a gateway's own, such as ``{"success": false, "message": …}``.

    Args:
        body: what came in place of an answer; it has no ``error``.

    Returns:
        ``code`` and ``message``, or None if it tells of no failure.
    """
    inner = body.get("base_resp")
    place = inner if isinstance(inner, Mapping) else body
    codes = [code for key in _OUTCOMES if isinstance(code := place.get(key), str | int)]
    code = next((code for code in codes if str(code).lower() not in _WELL), None)
    message = next(_texts(place), "")
    has_failed = body.get("success") is False or code is not None
    return {"code": code, "message": message} if has_failed and message else None


def error_codes(body: Any) -> list[str]:
    """All that may be a code in an error body, the one that says most first."""
    if isinstance(body, list) and body:
        return error_codes(body[0])
    if not isinstance(body, Mapping):
        return []
    _, error = _error_of(body)
    deeper = error.get("innererror")
    inner = deeper.get("code") if isinstance(deeper, Mapping) else None
    said = [error.get("code"), inner, error.get("type"), body.get("code"), body.get("type")]
    return [str(code) for code in said if isinstance(code, str | int) and code not in ("", False)]


def _raw_message(error: Mapping[str, Any]) -> str:
    """What the server behind a gateway said."""
    metadata = error.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            return str(raw)
    return describe_error(raw)[0] if isinstance(raw, Mapping | str) else ""


def _texts(place: Mapping[str, Any]) -> Iterator[str]:
    for key in _MESSAGES:
        yield from _as_text(place.get(key))


def _as_text(value: Any) -> Iterator[str]:
    """Text, or the faults of a list such as ``[{"loc": ["body", "store"], "msg": …}]``."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from list(_texts(value)) or [str(value)]
    elif isinstance(value, list):
        yield "; ".join(filter(None, map(_fault, value[:5])))


def _fault(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)[:_TEXT_LIMIT]
    place = value.get("loc")
    where = ".".join(map(str, place)) if isinstance(place, list) else ""
    return ": ".join(filter(None, [where, next(_texts(value), "")]))


def _particulars(error: Mapping[str, Any]) -> Iterator[str]:
    """What else there is to know: what the filter found, what the model wrote in vain."""
    inner = error.get("innererror")
    found = inner.get("content_filter_result") if isinstance(inner, Mapping) else None
    if names := ", ".join(_filtered(found)):
        yield f"(filtered: {names})"
    if isinstance(written := error.get("failed_generation"), str) and written:
        yield f"(the model wrote: {_cut(written)})"


def _filtered(found: Any) -> Iterable[str]:
    if not isinstance(found, Mapping):
        return ()
    return [name for name, how in found.items() if isinstance(how, Mapping) and how.get("filtered")]


def read_body(body: bytes) -> Any:
    """The body as JSON, else the JSON of an event in it, else as text."""
    decoder = _sse.Decoder()
    # Some servers dress a refusal as the stream that was asked for.
    dressed = body.startswith((b"data:", b"event:"))
    events = (*decoder.feed(body), *decoder.flush()) if dressed else ()
    for data in (body, *(data for _, data in events)):
        with contextlib.suppress(ValueError):
            return from_json(data)
    return body.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """The words of a page or plain text, without tags, the first 300 characters."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    return " ".join(text.split())[:_TEXT_LIMIT]


def _cut(text: str) -> str:
    return text if len(text) <= _TEXT_LIMIT else text[:_TEXT_LIMIT] + "…"


def named_parameter(body: Any) -> str:
    """The parameter that the error names, if it does."""
    error = body.get("error") if isinstance(body, Mapping) else None
    name = error.get("param") if isinstance(error, Mapping) else None
    return name if isinstance(name, str) else ""


def body_request_id(body: Any) -> str | None:
    """What the server calls this request, where the body says it."""
    places = [body, body.get("error")] if isinstance(body, Mapping) else []
    for place in places:
        name = place.get("request_id") if isinstance(place, Mapping) else None
        if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _TEXT_LIMIT:
            return name
    return None
