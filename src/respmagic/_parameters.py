"""The parameters of the request: the options' own words, and whatever else the wire takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from respmagic._dialects.profiles import Profile
from respmagic._exceptions import OptionError, UnknownToolError
from respmagic._hosted import included, label_of
from respmagic._items import Item
from respmagic._spelling import did_you_mean

if TYPE_CHECKING:
    from respmagic._structured import Form
    from respmagic._tools import Tool

__all__ = [
    "named_on_the_wire",
    "refuse_unknown",
    "refuse_unsendable",
    "wire_parameters",
    "yes_or_no",
]

_CHOICES = ("auto", "none", "required")
# Parameters of the request that are said in another way: how.
_TAKEN = {
    "input": "the prompt",
    "tools": "--tools, or --hosted for the server's,",
    "model": "--model",
    "stream": "--no-stream",
}
# What the wire is known to take, so that none of it passes for a misspelled option.
_WIRE = frozenset(
    {"access_programs", "background", "context_management", "conversation", "frequency_penalty"}
    | {"image", "include", "instructions", "max_output_tokens", "max_tool_calls", "metadata"}
    | {"moderation", "parallel_tool_calls", "presence_penalty", "previous_response_id", "prompt"}
    | {"prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning"}
    | {"safety_identifier", "service_tier", "store", "stream_options", "temperature", "text"}
    | {"tool_choice", "top_logprobs", "top_p", "truncation", "user"}
    | {"max_completion_tokens", "max_tokens", "verbosity"}  # of chat.completions
)


def named_on_the_wire(extra: Mapping[str, Any]) -> Mapping[str, Any]:
    """Further parameters by name; those whose names mean something else here stand in ``extra``."""
    inner = extra.get("extra")
    if inner is None:
        return extra
    if not isinstance(inner, Mapping):
        raise OptionError(f"extra must be a dict of parameters of the request, not {inner!r:.80}")
    return {**{name: value for name, value in extra.items() if name != "extra"}, **inner}


def refuse_unknown(given: Mapping[str, Any], extra: Mapping[str, Any]) -> None:
    """A misspelled option would go to the server as a parameter; so would one said twice."""
    for name in extra:
        if name in _TAKEN:
            raise OptionError(f"{name} is not set as a parameter: {_TAKEN[name]} says it")
        if given.get(name) is not None:
            raise OptionError(f"{name} is said twice: as an option and as a further parameter")
        if name not in _WIRE and (hint := did_you_mean(name, given)):
            raise OptionError(f"there is no option {name}{hint}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def refuse_unsendable(parameters: Mapping[str, Any]) -> None:
    """What JSON cannot say, such as NaN, a NumPy number or half a character, is named here."""
    for name, value in parameters.items():
        try:
            _ENCODER.encode(value).encode()
        except (TypeError, ValueError, RecursionError) as error:
            raise OptionError(f"{name} cannot be sent as JSON: {error}") from None


def yes_or_no(name: str, value: Any) -> bool:
    """`value`, if it is True or False.

    Raises:
        OptionError: if it is neither.
    """
    if not isinstance(value, bool):
        raise OptionError(f"{name} must be True or False, not {value!r:.80}")
    return value


def wire_parameters(
    options: Mapping[str, Any],
    tools: Mapping[str, Tool],
    hosted: tuple[Item, ...],
    extra: Mapping[str, Any],
    form: Form | None,
    profile: Profile,
) -> dict[str, Any]:
    """The parameters that are set, by their names on the wire.

    Args:
        options: by their names here.
        tools: the functions that are offered.
        hosted: the tools of the server that are offered.
        extra: by their names on the wire.
        form: what the answer is to look like.
        profile: the gateway.

    Raises:
        OptionError: if one cannot be used.
    """
    plain = ("instructions", "temperature", "top_p", "max_output_tokens")
    parameters = {name: options[name] for name in plain if name in options}
    if reasoning := {name: options[name] for name in ("effort", "summary") if name in options}:
        parameters["reasoning"] = reasoning
    if "verbosity" in options:
        parameters["text"] = {"verbosity": options["verbosity"]}
    if "tool_choice" in options:
        parameters["tool_choice"] = _tool_choice(options["tool_choice"], tools, hosted)
    if "background" in options:
        parameters["background"] = yes_or_no("background", options["background"])
    if "truncate" in options:
        parameters["truncation"] = options["truncate"]
    if told := included(hosted, profile):
        parameters["include"] = told
    if form is not None:
        held = _held_to(form, parameters.get("instructions"), profile)
        parameters |= {**held, "text": {**parameters.get("text", {}), **held["text"]}}
    further = {name: value for name, value in extra.items() if value is not None}
    for name in ("reasoning", "text"):
        if isinstance(own := extra.get(name), Mapping):
            further[name] = {**parameters.get(name, {}), **own}
    return {**parameters, **further}


def _held_to(form: Form, instructions: Any, profile: Profile) -> dict[str, Any]:
    """What has the answer take that form; in words where the gateway knows no schemas."""
    if profile.schemas:
        return {"text": {"format": form.format}}
    words = f"Answer with JSON only, which fits this JSON Schema: {json.dumps(form.schema)}"
    said = f"{instructions}\n\n{words}" if instructions else words
    return {"text": {"format": {"type": "json_object"}}, "instructions": said}


def _tool_choice(choice: Any, tools: Mapping[str, Tool], hosted: tuple[Item, ...]) -> Any:
    if not isinstance(choice, str) or choice in ("auto", "none"):
        return choice
    if not tools and not hosted:
        raise OptionError(f"tool_choice={choice!r}, but no tool is offered")
    if choice == "required":
        return choice
    if choice not in tools:
        for tool in hosted:
            if choice in (tool["type"], label_of(tool)):
                return {key: tool[key] for key in ("type", "server_label") if key in tool}
        names = [*_CHOICES, *tools, *map(label_of, hosted)]
        hint, known = did_you_mean(choice, names), ", ".join(names)
        raise UnknownToolError(f"tool_choice={choice!r} is none of {known}{hint}")
    return {"type": "function", "name": choice}
