"""Whether a server's refusal means that it does not speak the dialect it was asked in.

Where an address is missing, servers say 404, 405 or 501, and some 400 or 500 with words about it.
But 404 is also what they say to a model or an item that they do not know: then the dialect is
there, and asking in another would only hide the reason.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from respmagic._dialects.errors import describe_error
from respmagic._exceptions import GatewayError, NotFoundError, ResponseFailed, StatusError

__all__ = ["is_absent", "neither", "told"]

_STATUSES = frozenset({404, 405, 501})
_ADDRESS_CODES = frozenset(
    {"unknown_url", "endpoint_not_found", "route_not_found", "unsupported_endpoint"}
    | {"unsupported_api", "not_implemented"}
)
_ABSENT = r"(?:not|n't|un|only)[ -]?(?:be )?(?:found|exist|support|availab|implement|enabl|known)"
_API = r"(?:/?(?:v1/)?(?:responses|chat/completions)\b|responses api|(?:end ?point|route|path)\b)"
_ADDRESS = (
    rf"{_API}.{{0,80}}?{_ABSENT}|{_ABSENT}.{{0,40}}?{_API}"
    r"|(?:unknown|unrecognized|unexpected|unsupported|no such|no(?! endpoints found))"
    r" (?:request )?(?:url|end ?point|path|route)"
    r"|invalid url \(|not implemented|cannot post|not a chat model"
)
_MODEL_CODES = frozenset(
    {"model_not_found", "unknown_model", "invalid_model", "model_not_available"}
    | {"model_not_supported", "deploymentnotfound"}
)
_MODEL = (
    rf"(?s:\b(?:model|deployment)s?\b.*?{_ABSENT}|\b(?:no such|unknown|invalid|no) model\b"
    r"|no endpoints found)"
)


class Told(NamedTuple):
    """What a refusal says: HTTP status (0 in a stream), words, the server's code, a parameter."""

    status: int
    said: str
    code: str
    param: str


def is_absent(error: GatewayError) -> bool:
    """Whether `error` says that there is nothing at the dialect's address."""
    if not isinstance(error, StatusError | ResponseFailed):
        return False
    status, said, code, param = told(error)
    if status in (401, 429) or (param and param != "model"):
        return False
    said = said.lower()
    if code in _ADDRESS_CODES or re.search(_ADDRESS, said):
        return True
    if param or code in _MODEL_CODES or re.search(_MODEL, said):
        return False
    return status in _STATUSES


def neither(first: GatewayError, second: GatewayError, url: str) -> GatewayError:
    """The error for a server that speaks none of the dialects, as both its refusals say."""
    if not isinstance(second, StatusError):
        return second
    reasons = dict.fromkeys(filter(None, (told(error).said for error in (first, second))))
    said = f" ({'; '.join(reasons)})" if reasons else ""
    return NotFoundError(
        f"HTTP {second.status}, neither /responses nor /chat/completions is at {url}{said}. "
        "Check the base URL (is /v1 missing?).",
        status=second.status,
        code=second.code,
        request_id=second.request_id,
        body=second.body,
        headers=second.headers,
    )


def told(error: GatewayError) -> Told:
    """What a refusal says, whatever its shape."""
    body: Any = {}
    if isinstance(error, StatusError):
        body = error.body
    elif isinstance(error, ResponseFailed):
        body = {"error": error.error}
    said, code = describe_error(body)
    inner = body.get("error") if isinstance(body, dict) else None
    param = inner.get("param") if isinstance(inner, dict) else None
    status = error.status if isinstance(error, StatusError) else 0
    return Told(status, said, (code or "").lower(), str(param or ""))
