"""Servers' refusals, normalised: what happened, in whose words, and what to do next.

What happened is told by the server's own code where it gives one that says so, else by its words,
else by the HTTP status: gateways answer 400 to a wrong key, 404 to an unknown model and 200 to what
their filter stopped.
"""

from __future__ import annotations

import difflib
import itertools
import math
import re
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from respmagic._dialects.error_body import (
    body_request_id,
    describe_error,
    error_codes,
    named_parameter,
    read_body,
)
from respmagic._dialects.too_long import how_long
from respmagic._exceptions import (
    AuthenticationError,
    NotFoundError,
    ProtocolError,
    RateLimitError,
    ResponseFailed,
    ServerError,
    StatusError,
)

__all__ = [
    "Asked",
    "address_hint",
    "describe_error",
    "no_answer",
    "page_error",
    "response_failed",
    "status_error",
]

_REQUEST_IDS = (
    "x-request-id",
    "apim-request-id",
    "x-generation-id",
    "request-id",
    "x-oneapi-request-id",
    "x-ds-trace-id",
    "cf-ray",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, as far as advice depends on it.

    Attributes:
        url: the base URL.
        key_env: the environment variable that holds the key for it; "" if none does.
        has_key: whether a key was sent.
        model: the model that was asked.
        models: the models that are known to be there, to say which may be meant.
        headers: the answer's headers, names in lower case.
        wait: the seconds that the server asks to wait, if it says so.
        sent: the body that was sent.
        job: the answer that was asked for, by the server's name for it; "" if none was.
    """

    url: str = ""
    key_env: str = ""
    has_key: bool = True
    model: str = ""
    models: Sequence[str] = ()
    headers: Mapping[str, str] | None = None
    wait: float | None = None
    sent: Mapping[str, Any] | None = None
    job: str = ""

    @property
    def request_id(self) -> str | None:
        """What the server calls this request, by its headers."""
        headers = self.headers or {}
        return next((headers[name] for name in _REQUEST_IDS if headers.get(name)), None)


class _Cause(NamedTuple):
    """What may have happened.

    Attributes:
        name: what the table of advice calls it.
        codes: the servers' codes for it.
        words: what their messages say then, as a pattern; compiled when something has failed.
    """

    name: str
    codes: frozenset[str]
    words: str


def _cause(name: str, codes: str, words: str) -> _Cause:
    return _Cause(name, frozenset(codes.split()), words)


# The first that fits is meant.
_CAUSES = (
    _cause(
        "quota",
        "insufficient_quota credit_balance_exhausted billing_hard_limit_reached billing_not_active "
        "insufficient_user_quota insufficient_balance insufficient_credits Arrearage 402",
        r"exceeded your current quota|insufficient (user )?(balance|quota|credit|funds)"
        r"|credit balance|额度不足|余额不足|欠费",
    ),
    _cause(
        "context",
        "context_length_exceeded exceed_context_size_error string_above_max_length "
        "context_window_exceeded",
        r"(maximum|max) context|context (window|length|size)|(prompt|input)\b.{0,20} too long"
        r"|too many (input )?tokens|token limit",
    ),
    _cause(
        "filter",
        "content_filter content_policy_violation ResponsibleAIPolicyViolation moderation_blocked "
        "data_inspection_failed sensitive_words_detected image_content_policy_violation",
        r"content (management )?(policy|filter)|content.{0,20}(was|is|been) flagged"
        r"|data inspection",
    ),
    _cause(
        "model",
        "model_not_found model_not_available DeploymentNotFound unknown_model invalid_model "
        "model_not_supported",
        r"model\b.{0,80}(not found|(not|n't) exist|not available|not a valid|unknown)"
        r"|(no such|unknown|invalid) model|not a valid model|no available channel"
        r"|not found the model|无可用渠道|模型不存在",
    ),
    _cause(
        "key",
        "invalid_api_key invalid_authentication authentication_error invalid_token 401",
        r"(incorrect|invalid|missing|no|expired|wrong)\b.{0,20}(api[ -]?key|token provided|"
        r"authentication|credential)|api key not valid|^invalid token\b|authentication fails"
        r"|login fail|无效的令牌|未提供令牌",
    ),
    _cause(
        "rate",
        "rate_limit_exceeded rate_limit rate_limit_error RateLimitReached throttling_error "
        "too_many_requests slow_down 429",
        r"rate[ _-]?limit|too many requests|throttl",
    ),
    _cause(
        "busy",
        "server_is_overloaded overloaded_error service_unavailable_error engine_overloaded",
        r"overloaded|over capacity",
    ),
)
_NO_CHANNEL = r"no available channel|无可用渠道"
_ADVICE = {
    "quota": "The account has no quota or credit left: check plan and billing.",
    "filter": "The server's content filter stopped this: change the text.",
    "busy": "Try again later, or use another model (-m).",
}
_MEANINGS = {
    "quota": "no quota left",
    "context": "the input is too long",
    "filter": "stopped by the content filter",
    "model": "not found",
    "rate": "too many requests",
    "busy": "the server is overloaded",
}
_STATUS_MEANINGS = {
    404: "not found",
    405: "not offered here",
    408: "the server waited too long",
    413: "too large",
    501: "not offered here",
}
_STATUS_ADVICE = {
    405: "Check the base URL {url}: it may not have this API.",
    408: "Run the cell again.",
    413: "Send less: a shorter text, fewer or smaller files.",
    501: "Check the base URL {url}: it may not have this API.",
}
_CLASSES: dict[int, type[StatusError]] = {
    401: AuthenticationError,
    403: AuthenticationError,
    404: NotFoundError,
    405: NotFoundError,
    501: NotFoundError,
    429: RateLimitError,
}


def status_error(status: int, body: bytes, asked: Asked) -> StatusError:
    """The exception for an HTTP status that says no.

    Args:
        status: the HTTP status, 300 or more.
        body: the answer's body.
        asked: what was asked, and the answer's headers.
    """
    parsed = read_body(body)
    message, code = describe_error(parsed)
    cause = _cause_of(status, error_codes(parsed), message)
    kind = AuthenticationError if cause == "key" else _class_of(status)
    headers = asked.headers or {}
    if 300 <= status < 400 and "location" in headers:
        message = f"it points to {headers['location']}, which is not followed"
    said = (message or "the server gave no reason").rstrip(". ")
    advice = _advice(status, cause, parsed, asked)
    request_id = asked.request_id or body_request_id(parsed)
    text = f"HTTP {status}, {_meaning(status, cause, asked)}: {said}. {advice}{_named(request_id)}"
    return kind(text, status=status, code=code, request_id=request_id, body=parsed, headers=headers)


def response_failed(error: Mapping[str, Any], asked: Asked) -> ResponseFailed:
    """The exception for an error that the server reported inside an answer."""
    body = {"error": error}
    message, code = describe_error(body)
    status = int(code) if code and code in _STATUS_CODES else 400
    cause = _cause_of(status, error_codes(body), message)
    said = ": ".join(filter(None, (code, message))) or "no reason given"
    advice = _advice(status, cause, body, asked) if cause else _AGAIN
    request_id = asked.request_id or body_request_id(error)
    text = f"the server reports that it failed: {said.rstrip('. ')}. {advice}{_named(request_id)}"
    return ResponseFailed(text, error=error, code=code, request_id=request_id)


# Codes that are HTTP statuses: some gateways hand on that of the server behind them.
_STATUS_CODES = frozenset(map(str, range(400, 600)))
_AGAIN = "Run the cell again; if it goes on, ask less at once."


def _named(request_id: str | None) -> str:
    return f" (request {request_id})" if request_id else ""


def _cause_of(status: int, codes: Sequence[str], message: str) -> str:
    """The name of the cause, or "" if nothing tells it."""
    # A server's own troubles may be told in any words; some resellers have no way to a model then.
    causes = (
        _CAUSES if status < 500 or re.search(_NO_CHANNEL, message, re.IGNORECASE) else _CAUSES[-1:]
    )
    by_code = (cause.name for cause in _CAUSES if not cause.codes.isdisjoint(codes))
    by_words = (cause.name for cause in causes if re.search(cause.words, message, re.IGNORECASE))
    by_status = (cause.name for cause in _CAUSES if str(status) in cause.codes)
    return next(itertools.chain(by_code, by_words, by_status), "")


def _class_of(status: int) -> type[StatusError]:
    return _CLASSES.get(status, ServerError if status >= 500 else StatusError)


def _meaning(status: int, cause: str, asked: Asked) -> str:
    if cause == "key" or status in (401, 403):
        refused = "not allowed" if status == 403 else "the key was refused"
        return refused if asked.has_key else "a key is needed"
    if cause in _MEANINGS:
        return _MEANINGS[cause]
    if status in _STATUS_MEANINGS:
        return _STATUS_MEANINGS[status]
    if status >= 500:
        return "the server failed"
    return "the server points elsewhere" if status < 400 else "the server refuses the request"


def _advice(status: int, cause: str, body: Any, asked: Asked) -> str:
    """What to do next."""
    if cause in _ADVICE:
        return _ADVICE[cause]
    if cause in _BY_CAUSE:
        return _BY_CAUSE[cause](body, asked)
    if status == 403:
        return _key_advice(asked) if not asked.has_key else _right_advice(asked)
    if status == 404:
        return _absent_advice(asked)
    if status in _STATUS_ADVICE:
        return _STATUS_ADVICE[status].format(url=asked.url)
    return _status_advice(status, body, asked)


def _status_advice(status: int, body: Any, asked: Asked) -> str:
    if status >= 500:
        return "Try again later, or another server; if it goes on, ask less at once."
    if status < 400:
        return f"Set the base URL to where the API is ({asked.url} now)."
    if parameter := named_parameter(body):
        return f"It is about {parameter}: change it or leave it out."
    return "Change what it names and run again."


def _context_advice(body: Any, asked: Asked) -> str:
    message, _ = describe_error(body)
    inner = body.get("error") if isinstance(body, Mapping) else None
    known = how_long(message, inner, asked.sent)
    return (
        f"The input is too long for this model{f' ({known})' if known else ''}: send less, use "
        "another (-m), take back turns (%responses undo), or have the server cut it (--truncate "
        "auto)."
    )


def _absent_advice(asked: Asked) -> str:
    if asked.job:
        return f"The server has no answer {asked.job}, or no more: ask anew."
    also = " Check the model's name (-m), too." if asked.model else ""
    return address_hint(asked.url) + also


def _model_advice(asked: Asked) -> str:
    close = difflib.get_close_matches(asked.model, asked.models, n=1)
    meant = f"Did you mean {close[0]}? " if close and close[0] != asked.model else ""
    return f"{meant}Check the model's name (-m); %responses models lists what there is."


def _key_advice(asked: Asked) -> str:
    if asked.has_key:
        named = f" in {asked.key_env}" if asked.key_env else ""
        return f"Check the key{named} and that it belongs to {asked.url}."
    variable = asked.key_env or "the variable that its profile names as key_env"
    return f"Set {variable} in the environment of the kernel."


def _right_advice(asked: Asked) -> str:
    return f"Check what this key may do at {asked.url}."


def _rate_advice(asked: Asked) -> str:
    if asked.wait is None or math.isinf(asked.wait):
        return "Wait a little and run the cell again, ask less at once, or check your limits."
    return f"The server asks to wait {math.ceil(asked.wait):,} s; then run the cell again."


_BY_CAUSE: dict[str, Callable[[Any, Asked], str]] = {
    "context": _context_advice,
    "key": lambda _, asked: _key_advice(asked),
    "model": lambda _, asked: _model_advice(asked),
    "rate": lambda _, asked: _rate_advice(asked),
}


def address_hint(url: str) -> str:
    """What to try where an address seems to be none of an API."""
    path = urllib.parse.urlsplit(url).path
    if not re.search(r"/v\d", path):
        base, mark, query = url.partition("?")
        return f"The base URL has no version: try {base.rstrip('/')}/v1{mark}{query}."
    return f"Check the base URL {url}."


def no_answer(error: ProtocolError, url: str) -> ProtocolError:
    """`error` of a body that is no answer, with what to try."""
    return ProtocolError(f"{str(error).rstrip('. ')}. {address_hint(url)}")


def page_error(url: str) -> ProtocolError:
    """The exception for a web page where an answer should be."""
    return ProtocolError(f"{url} sent a web page, so it is no API. {address_hint(url)}")
