"""What is asked for, made into what will be done: everything is checked before anything is sent."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from respmagic import _secrets
from respmagic._client import Endpoint
from respmagic._config import active_settings
from respmagic._dialects import profiles
from respmagic._dialects.responses import Responses
from respmagic._exceptions import OptionError, UnknownToolError
from respmagic._items import Request, user_message
from respmagic._namespace import (
    current_shell,
    marked_functions,
    named_functions,
    user_namespace,
)
from respmagic._options import did_you_mean
from respmagic._tools import Tool, tools_by_name

__all__ = ["Plan", "make_plan"]

DEMO_NOTE = "embedded demo, not a language model: neither OPENAI_API_KEY nor a base URL is set"

_PATHS = ("/responses", "/chat/completions")
_ENDS = f"{' or '.join(_PATHS)}, and has no ? or #"
_CHOICES = ("auto", "none", "required")
# Parameters of the request that have words of their own here.
_TAKEN = {"input": "the prompt", "tools": "tools", "model": "model", "stream": "stream"}
# Parameters that look like a misspelled option and are none.
_WIRE = frozenset(
    {"max_completion_tokens", "max_tokens", "max_tool_calls", "reasoning", "store"}
    | {"stream_options", "text", "truncation", "user", "verbosity"}
)

Transport = Callable[[], httpx.AsyncBaseTransport]


@dataclass(frozen=True, slots=True)
class Plan:
    """A run that may begin.

    Attributes:
        endpoint: where to ask.
        request: the first request.
        tools: by the names that the model uses.
        max_turns: how many requests there may be.
        transport: makes what stands in for the network, if anything does.
        notes: what is to be said beside the answer.
        verbose: whether ids and times are shown.
    """

    endpoint: Endpoint
    request: Request
    tools: Mapping[str, Tool]
    max_turns: int
    transport: Transport | None
    notes: tuple[str, ...]
    verbose: bool


def make_plan(
    prompt: str,
    given: Mapping[str, Any],
    extra: Mapping[str, Any],
    *,
    running: Iterable[Any] = (),
) -> Plan:
    """Check what is asked for and complete it from the notebook's settings.

    Args:
        prompt: what to ask.
        given: keywords of `respmagic.respond` by name; None stands for "not given".
        extra: further parameters of the request.
        running: functions that run around this call, not to be offered by default.

    Raises:
        OptionError: if something cannot be used; says what, and what was expected.
    """
    if not isinstance(prompt, str):
        raise OptionError(f"the prompt must be text, not a {type(prompt).__name__}")
    if not prompt.strip():
        raise OptionError("there is nothing to ask: the prompt is empty")
    _refuse_unknown(given, extra)
    chosen = {name: value for name, value in given.items() if value is not None}
    options = {**active_settings().values_by_name(), **chosen}
    endpoint, profile = _endpoint(options)
    tools = tools_by_name(_functions(options.get("tools"), running))
    request = Request(
        model=_model(options, profile),
        input=(user_message(prompt),),
        tools=tuple(tool.definition for tool in tools.values()),
        stream=bool(options.get("stream", True)),
        parameters={**profile.parameters, **_parameters(options, tools, extra)},
    )
    _refuse_unsendable(request)
    is_demo = profile is profiles.DEMO
    return Plan(
        endpoint=endpoint,
        request=request,
        tools=tools,
        max_turns=_whole_number(options, "max_turns", least=1),
        transport=_demo_transport if is_demo else None,
        notes=(DEMO_NOTE,) if is_demo else (),
        verbose=bool(options.get("verbose", False)),
    )


def _refuse_unknown(given: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """A misspelled option would go to the server as a parameter; so would one said twice."""
    for name in extra:
        if name in _TAKEN:
            raise OptionError(f"{name} is no further parameter: it is set by {_TAKEN[name]}")
        if given.get(name) is not None:
            raise OptionError(f"{name} is said twice: as an option and as a further parameter")
        if name not in _WIRE and (hint := did_you_mean(name, given)):
            raise OptionError(f"there is no option {name}{hint}")


def _refuse_unsendable(request: Request) -> None:
    """What JSON cannot say: a set, NaN, half a character pair; it would fail while it is sent."""
    content = [request.model, request.input, request.tools, request.parameters]
    try:
        json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise OptionError(f"the request cannot be sent as JSON: {error}") from None


def _endpoint(options: Mapping[str, Any]) -> tuple[Endpoint, profiles.Profile]:
    base_url, key = _text(options, "base_url"), _text(options, "api_key")
    base_url = base_url or os.environ.get("OPENAI_BASE_URL", "").strip()
    if (api := options.get("api", "auto")) not in ("auto", "responses"):
        raise OptionError(f"api={api!r} is not spoken here: use auto or responses")
    profile = profiles.profile_for(base_url) if base_url else profiles.OPENAI
    key = key or os.environ.get(profile.key_env, "").strip()
    if not base_url and not key:
        profile = profiles.DEMO
    if key and not (key.isascii() and key.isprintable()):
        raise OptionError("the key has characters that no key has; was it pasted wrongly?")
    endpoint = Endpoint(
        base_url=_checked_url(base_url or profile.base_url),
        dialect=Responses(),
        api_key=key or None,
        timeout=_timeout(options),
        retries=_whole_number(options, "retries", least=0),
    )
    return endpoint, profile


def _text(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name, "")
    if not isinstance(value, str):
        raise OptionError(f"{name} must be text, not a {type(value).__name__}")
    return value.strip()


def _checked_url(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise OptionError(f"the base URL {url!r} is none: {error}") from None
    _secrets.remember(parsed.password)
    url = url.rstrip("/")
    if parsed.scheme not in ("http", "https") or not parsed.host or len(url.split()) != 1:
        raise OptionError(f"the base URL {url!r} is none; it looks like https://host/v1")
    if parsed.query or parsed.fragment or url.endswith(_PATHS):
        raise OptionError(f"the base URL {url!r} has too much at its end: it ends before {_ENDS}")
    return url


def _timeout(options: Mapping[str, Any]) -> float | None:
    timeout = options.get("timeout")
    if timeout is None:
        return None
    if not isinstance(timeout, int | float) or timeout is True or not 0 < timeout < math.inf:
        raise OptionError(f"timeout must be a number of seconds above 0, not {timeout!r}")
    return float(timeout)


def _whole_number(options: Mapping[str, Any], name: str, *, least: int) -> int:
    value = options[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise OptionError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return value


def _model(options: Mapping[str, Any], profile: profiles.Profile) -> str:
    model = _text(options, "model") or profile.model
    if not model:
        raise OptionError(
            "no model is named: say -m NAME (model=), or for the whole notebook "
            '%config ResponsesMagics.model = "NAME"'
        )
    return model


def _functions(tools: Any, running: Iterable[Any]) -> list[Callable[..., Any]]:
    namespace = user_namespace(current_shell())
    if tools is None:
        return marked_functions(namespace, without=running)
    if isinstance(tools, str) or not isinstance(tools, Iterable):
        tools = [tools]
    return named_functions(namespace, tools)


def _parameters(
    options: Mapping[str, Any], tools: Mapping[str, Tool], extra: Mapping[str, Any]
) -> dict[str, Any]:
    plain = ("instructions", "temperature", "max_output_tokens")
    parameters = {name: options[name] for name in plain if name in options}
    if "effort" in options:
        parameters["reasoning"] = {"effort": options["effort"]}
    if "tool_choice" in options:
        parameters["tool_choice"] = _tool_choice(options["tool_choice"], tools)
    further = dict(extra)
    if isinstance(reasoning := extra.get("reasoning"), Mapping):
        further["reasoning"] = {**parameters.get("reasoning", {}), **reasoning}
    return {**parameters, **further}


def _tool_choice(choice: Any, tools: Mapping[str, Tool]) -> Any:
    if not isinstance(choice, str) or choice in ("auto", "none"):
        return choice
    if not tools:
        raise OptionError(f"tool_choice={choice!r}, but no tool is offered")
    if choice == "required":
        return choice
    if choice not in tools:
        hint = did_you_mean(choice, [*_CHOICES, *tools])
        known = ", ".join([*_CHOICES, *tools])
        raise UnknownToolError(f"tool_choice={choice!r} is none of {known}{hint}")
    return {"type": "function", "name": choice}


def _demo_transport() -> httpx.AsyncBaseTransport:
    from respmagic.demo import DemoTransport  # noqa: PLC0415 - most runs need no demo

    return DemoTransport()
