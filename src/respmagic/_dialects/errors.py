"""Servers' refusals, normalised: what happened, in whose words, and what to do next."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from respmagic import _secrets, _sse
from respmagic._exceptions import (
    AuthenticationError,
    NotFoundError,
    RateLimitError,
    ResponseFailed,
    ServerError,
    StatusError,
)

__all__ = ["describe_error", "response_failed", "status_error"]

_LONGEST = 1000
_REQUEST_IDS = ("x-request-id", "apim-request-id", "x-generation-id")

# status -> (class, what it means, what to do next)
_STATUSES: dict[int, tuple[type[StatusError], str, str]] = {
    401: (
        AuthenticationError,
        "the key was refused",
        "Check the key and that it belongs to {url}.",
    ),
    402: (StatusError, "payment is needed", "Check plan and billing of the account."),
    403: (AuthenticationError, "not allowed", "Check what this key may do at {url}."),
    404: (
        NotFoundError,
        "not found",
        "Check the model's name and the base URL {url} (is /v1 missing?).",
    ),
    405: (NotFoundError, "not offered here", "Check the base URL {url}: it may not have this API."),
    501: (NotFoundError, "not offered here", "Check the base URL {url}: it may not have this API."),
    408: (StatusError, "the server waited too long", "Run the cell again."),
    413: (StatusError, "too large", "Send less: a shorter text, fewer or smaller files."),
    429: (RateLimitError, "too many requests", "Wait and run the cell again, or check your quota."),
}
_CODES: dict[str, str] = {
    "insufficient_quota": "The account has no quota left: check plan and billing.",
    "credit_balance_exhausted": "The account has no credit left: check plan and billing.",
    "context_length_exceeded": "The input is too long for this model: send less, or use another.",
    "model_not_found": "Check the model's name (-m).",
    "content_filter": "The server's content filter stopped this: change the text.",
    "invalid_api_key": "Check the key and that it belongs to {url}.",
}


def status_error(
    status: int, headers: Mapping[str, str], body: bytes, *, url: str, has_key: bool
) -> StatusError:
    """The exception for an HTTP status that says no.

    Args:
        status: the HTTP status, 300 or more.
        headers: the answer's headers, names in lower case.
        body: the answer's body.
        url: the base URL, for the advice.
        has_key: whether a key was sent.
    """
    parsed = _parsed(body)
    message, code = describe_error(parsed)
    kind, meaning, advice = _STATUSES.get(status, _family(status))
    if kind is AuthenticationError and not has_key:
        meaning, advice = "a key is needed", "Set OPENAI_API_KEY in the environment of the kernel."
    advice = _CODES.get(code or "", advice)
    if 300 <= status < 400 and "location" in headers:
        message = f"it points to {headers['location']}, which is not followed"
    request_id = next((headers[name] for name in _REQUEST_IDS if name in headers), None)
    parts = [f"HTTP {status}, {meaning}", message or "the server gave no reason"]
    text = f"{': '.join(parts).rstrip('.')}. {advice.format(url=url)}"
    if request_id:
        text += f" (request {request_id})"
    return kind(
        _secrets.scrub(text),  # some servers repeat the key that they refuse
        status=status,
        code=code,
        request_id=request_id,
        body=_secrets.scrub(parsed),
        headers=headers,
    )


def _family(status: int) -> tuple[type[StatusError], str, str]:
    if status >= 500:
        return ServerError, "the server failed", "Try again later, or another server."
    if status >= 400:
        return StatusError, "the server refuses the request", "Change what it names and run again."
    return (
        StatusError,
        "the server points elsewhere",
        "Set the base URL to where the API is ({url} now).",
    )


def response_failed(error: Mapping[str, Any]) -> ResponseFailed:
    """The exception for an error that the server reported inside an answer."""
    message, code = describe_error({"error": error})
    advice = _CODES.get(code or "", "Run the cell again; if it goes on, ask less at once.").format(
        url="it"
    )
    said = f"{code}: {message}" if code and message else message or code or "no reason given"
    text = f"the server reports that it failed: {said.rstrip('.')}. {advice}"
    return ResponseFailed(_secrets.scrub(text), error=error)


def describe_error(body: Any) -> tuple[str, str | None]:
    """The message that says most in an error body of any known shape, and its code.

    OpenAI nests ``error.message``; OpenRouter puts the useful text, often a body of its own, in
    ``error.metadata.raw``; Mistral says ``detail``; Groq may have only ``failed_generation``; xAI
    and old servers put text where the object should be, Gemini puts the object in a list.
    """
    if isinstance(body, str):
        return _plain(body), None
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, Mapping):
        return "", None
    error: Any = body.get("error")
    inner: Mapping[str, Any] = error if isinstance(error, Mapping) else body
    metadata = inner.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, Mapping) else None
    if isinstance(raw, str):
        raw = _parsed(raw.encode("utf-8", "replace"))
    said = [inner.get(key) for key in ("message", "detail", "failed_generation")]
    message = _first_text(describe_error(raw)[0], said[0], error, said[1], body.get("message"))
    message = message or str(next(filter(None, said), ""))
    code = inner.get("code") or body.get("code") or inner.get("type")
    return " ".join(message.split())[:_LONGEST], str(code) if code is not None else None


def _first_text(*values: Any) -> str:
    return next((value for value in values if isinstance(value, str) and value), "")


def _parsed(body: bytes) -> Any:
    try:
        return from_json(body)
    except ValueError:
        pass
    if body.startswith((b"data:", b"event:")):  # dressed as the stream asked for
        decoder = _sse.Decoder()
        for event in (*decoder.feed(body), *decoder.flush()):
            with contextlib.suppress(ValueError):
                return from_json(event.data)
    return body.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """The words of a page or plain text, without tags, the first 300 characters."""
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    return " ".join(text.split())[:300]
