"""A ``%%responses`` cell for Jupyter: ask a model, run tools, keep the results as objects.

``%load_ext respmagic`` registers the magics; `respond` and `arespond` do the same from Python.
Everything but the mark `tool` is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from respmagic._mark import tool

if TYPE_CHECKING:
    from respmagic._calls import ToolCall
    from respmagic._citations import Citation
    from respmagic._conversations import Conversation
    from respmagic._describe import describer
    from respmagic._exceptions import (
        AuthenticationError,
        CallDenied,
        CallError,
        CallTimedOut,
        ConnectionFailed,
        GatewayError,
        Interrupted,
        MaxTurnsExceeded,
        NotFoundError,
        OptionError,
        OutputCutOff,
        OutputError,
        OutputInvalid,
        OutputRefused,
        ProtocolError,
        RateLimitError,
        RepeatedCalls,
        RespmagicError,
        ResponseFailed,
        SchemaError,
        ServerError,
        StatusError,
        TemplateError,
        ToolDefinitionError,
        TruncatedError,
        UnknownToolError,
        UsageError,
    )
    from respmagic._images import GeneratedImage
    from respmagic._items import FunctionCall, Response, Usage
    from respmagic._panel import Panel
    from respmagic._respond import arespond, respond, resume
    from respmagic._result import Result

__all__ = [
    "AuthenticationError",
    "CallDenied",
    "CallError",
    "CallTimedOut",
    "Citation",
    "ConnectionFailed",
    "Conversation",
    "FunctionCall",
    "GatewayError",
    "GeneratedImage",
    "Interrupted",
    "MaxTurnsExceeded",
    "NotFoundError",
    "OptionError",
    "OutputCutOff",
    "OutputError",
    "OutputInvalid",
    "OutputRefused",
    "Panel",
    "ProtocolError",
    "RateLimitError",
    "RepeatedCalls",
    "RespmagicError",
    "Response",
    "ResponseFailed",
    "Result",
    "SchemaError",
    "ServerError",
    "StatusError",
    "TemplateError",
    "ToolCall",
    "ToolDefinitionError",
    "TruncatedError",
    "UnknownToolError",
    "Usage",
    "UsageError",
    "arespond",
    "describer",
    "load_ipython_extension",
    "respond",
    "resume",
    "tool",
    "unload_ipython_extension",
]

__version__ = "0.1.0.dev0"

_ROOMS = {
    "Citation": "_citations",
    "GeneratedImage": "_images",
    "Conversation": "_conversations",
    "FunctionCall": "_items",
    "Panel": "_panel",
    "Response": "_items",
    "Result": "_result",
    "ToolCall": "_calls",
    "Usage": "_items",
    "arespond": "_respond",
    "describer": "_describe",
    "respond": "_respond",
    "resume": "_respond",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"respmagic.{_ROOMS.get(name, '_exceptions')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def load_ipython_extension(shell: Any) -> None:
    """Register `%%responses` and `%responses`; IPython calls this for ``%load_ext respmagic``."""
    from respmagic import _magic  # noqa: PLC0415 - plain scripts need no magics

    _magic.load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Take the magics away; IPython calls this for ``%unload_ext respmagic``."""
    from respmagic import _magic  # noqa: PLC0415 - see above

    _magic.unload(shell)
