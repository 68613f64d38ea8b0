"""Every error that respmagic raises on purpose.

    RespmagicError
    ├── OptionError              an option, argument or setting is wrong: nothing was sent
    │   ├── UnknownToolError     a tool was named that is not there
    │   ├── ToolDefinitionError  a function cannot be described to a model
    │   ├── TemplateError        a {{ … }} of the text cannot be filled in
    │   └── SchemaError          what the answer is to look like is no type or JSON Schema
    ├── UsageError               respmagic was called where it cannot work
    ├── GatewayError             what the other side did
    │   ├── ConnectionFailed     no answer at all: refused, unreachable, timed out, reset
    │   ├── StatusError          an HTTP status that says no
    │   │   ├── AuthenticationError   401, 403, or words to that effect
    │   │   ├── NotFoundError         404, 405, 501
    │   │   ├── RateLimitError        429
    │   │   └── ServerError           5xx
    │   ├── ProtocolError        an answer that is not one: HTML, no JSON, another API's shape
    │   │   └── TruncatedError   the stream ended before the answer did
    │   └── ResponseFailed       the server reports, in a well-formed answer, that it failed
    ├── OutputError              an answer that was to have a form has it not
    │   ├── OutputCutOff         it ended early: the limit of tokens, a filter
    │   ├── OutputRefused        the model declined
    │   └── OutputInvalid        it is no JSON, or does not fit
    ├── MaxTurnsExceeded         the model went on asking for tools
    │   └── RepeatedCalls        for the same ones, with the same outcome each time
    └── CallError                what became of a call; stands in its `error`, ends nothing
        ├── CallDenied           it was not allowed, and not run
        └── CallTimedOut         it took longer than its tool may

    Interrupted (a KeyboardInterrupt, so that ``except Exception`` never swallows Ctrl-C)

Each carries ``result``: what had arrived by then, or None where nothing was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from respmagic import _secrets
from respmagic._controls import clean, strip_ansi

__all__ = [
    "AuthenticationError",
    "CallDenied",
    "CallError",
    "CallTimedOut",
    "ConnectionFailed",
    "GatewayError",
    "Interrupted",
    "MaxTurnsExceeded",
    "NotFoundError",
    "OptionError",
    "OutputCutOff",
    "OutputError",
    "OutputInvalid",
    "OutputRefused",
    "ProtocolError",
    "RateLimitError",
    "RepeatedCalls",
    "RespmagicError",
    "ResponseFailed",
    "SchemaError",
    "ServerError",
    "StatusError",
    "TemplateError",
    "ToolDefinitionError",
    "TruncatedError",
    "UnknownToolError",
    "UsageError",
]


class RespmagicError(Exception):
    """The base of all errors of this package; `result` holds the partial result, if any.

    Servers quote keys in their messages, and a notebook saves them: secrets are masked here, and
    what steers a terminal is taken out.
    """

    result: Any = None

    def __init__(self, message: str = "") -> None:
        super().__init__(_secrets.scrub(clean(strip_ansi(message))))


class OptionError(RespmagicError):
    """An option, argument or setting cannot be used; nothing was sent."""


class UnknownToolError(OptionError):
    """A tool was asked for by a name that nothing in the notebook bears."""


class ToolDefinitionError(OptionError):
    """A function cannot be described to a model as it stands."""


class TemplateError(OptionError):
    """A ``{{ … }}`` of the text names what is not there, is no Python, or raises."""


class SchemaError(OptionError):
    """What the answer is to look like is neither a type nor a JSON Schema."""


class UsageError(RespmagicError):
    """The call was made where it cannot work; the message names the way that does."""


class GatewayError(RespmagicError):
    """The other side did something that ends the run."""


class ConnectionFailed(GatewayError):  # noqa: N818 - "connection error" is Python's own class
    """No HTTP answer came: refused, unreachable, timed out or reset.

    Attributes:
        may_retry: whether sending again may help and cannot do harm.
    """

    may_retry = True


class StatusError(GatewayError):
    """The server answered with an HTTP status that says no.

    Attributes:
        status: the HTTP status.
        code: the server's own code, as text, or None.
        request_id: what the server calls this request, or None.
        body: the answer's body as parsed JSON or text.
        headers: the answer's headers, names in lower case.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str | None = None,
        request_id: str | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.body = _secrets.scrub(body)
        self.headers = dict(headers or {})


class AuthenticationError(StatusError):
    """No key, a wrong key, or one without the right: 401 or 403, at some servers 400."""


class NotFoundError(StatusError):
    """404, 405 or 501: no such address, model or operation there."""


class RateLimitError(StatusError):
    """429: too many requests, or no quota left."""


class ServerError(StatusError):
    """5xx: the server failed."""


class ProtocolError(GatewayError):
    """The answer is not one that this dialect knows."""


class TruncatedError(ProtocolError):
    """The stream ended before the answer did."""


class ResponseFailed(GatewayError):  # noqa: N818 - the wire's own word: response.failed
    """The server says that it failed, by an error in the stream or in the response.

    Attributes:
        error: the error object as it came, e.g. ``{"code": …, "message": …}``.
        code: the server's own code, as text, or None.
        request_id: what the server calls this request, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        error: Mapping[str, Any] | None = None,
        code: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.error = _secrets.scrub(dict(error or {}))
        self.code = code
        self.request_id = request_id


class OutputError(RespmagicError):
    """An answer that was to have a form has it not; the text is ``result.text``."""


class OutputCutOff(OutputError):  # noqa: N818 - says what happened
    """The answer ended early, so that there is no whole value in it."""


class OutputRefused(OutputError):  # noqa: N818 - says what happened
    """The model declined to answer."""


class OutputInvalid(OutputError):  # noqa: N818 - says what happened
    """The answer is no JSON, or does not fit the type or schema."""


class MaxTurnsExceeded(RespmagicError):  # noqa: N818 - says what happened
    """The model asked for tools again after the last turn that was allowed."""


class RepeatedCalls(MaxTurnsExceeded):
    """The model made the same calls again and again, with the same outcome each time."""


class CallError(RespmagicError):
    """Why a call has no result; the message is what the model is told."""


class CallDenied(CallError):  # noqa: N818 - says what happened
    """A call was not run, since it was not allowed."""


class CallTimedOut(CallError):  # noqa: N818 - says what happened
    """A call took longer than its tool may, and was stopped."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C or the stop button ended the run; `result` holds what had arrived."""

    result: Any = None
