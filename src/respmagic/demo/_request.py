"""The door: a request body becomes a `Request`, or an error in OpenAI's shape."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from respmagic.demo._body import RequestError, missing, read_body, wrong_type, wrong_value
from respmagic.demo._lexicon import narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = ["Call", "Message", "Output", "Request", "Tool", "input_items", "read_request"]


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the request declares."""

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody said; `attachments` counts the images and files that came along."""

    role: str
    text: str
    attachments: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function call that the model made before."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Output:
    """What a function call gave."""

    call_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request that can be answered.

    Attributes:
        body: the request as it came, for the fields that are only echoed.
        history: messages, calls and outputs, oldest first.
        instructions: `instructions` and all system and developer messages.
        tools: the functions that may be called: none where `tool_choice` says none.
        must_call: a call is demanded, not only allowed.
        parallel: several calls may go into one response.
        schema: the JSON Schema that the text must satisfy, or None.
        json_object: the text must be some JSON object.
        stream: the answer is wanted as server-sent events.
    """

    body: Mapping[str, Any]
    history: tuple[Message | Call | Output, ...]
    instructions: str = ""
    tools: tuple[Tool, ...] = ()
    must_call: bool = False
    parallel: bool = True
    schema: Mapping[str, Any] | None = None
    json_object: bool = False
    stream: bool = False


def read_request(raw: bytes, earlier: Sequence[Mapping[str, Any]] = ()) -> Request:
    """Check a request body and take it apart.

    Args:
        raw: the body as it came over the wire.
        earlier: input and output items of the responses before this one.

    Raises:
        RequestError: the body is not a request that can be answered.
    """
    body = read_body(raw)
    history = tuple(_read_items([*earlier, *input_items(body.get("input"))]))
    _check_pairs(history)
    told = [body.get("instructions") or ""]
    told += [m.text for m in history if isinstance(m, Message) and m.role in _ABOVE]
    schema, json_object = _read_format(body)
    request = Request(
        body=body,
        history=history,
        instructions="\n".join(filter(None, told)),
        tools=_read_tools(body.get("tools")),
        parallel=body.get("parallel_tool_calls") is not False,
        schema=schema,
        json_object=json_object,
        stream=body.get("stream") is True,
    )
    return _apply_choice(request, body.get("tool_choice"))


_ABOVE = ("system", "developer")
_ROLES = ("user", "assistant", *_ABOVE)


# Input items


def input_items(value: Any) -> list[Mapping[str, Any]]:
    """The `input` of a body as a list of items."""
    if value is None:
        raise missing("input")
    if isinstance(value, str):
        return [{"role": "user", "content": value}]
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            raise wrong_type(f"input[{index}]", "an object", item)
    return list(value)


def _read_items(items: Iterable[Mapping[str, Any]]) -> Iterable[Message | Call | Output]:
    for index, item in enumerate(items):
        kind = item.get("type", "message" if "role" in item else None)
        if not isinstance(kind, str):
            raise missing(f"input[{index}].type")
        # Items of other kinds (reasoning, hosted tools) say nothing that a rule could use.
        if kind in _ITEM_READERS:
            yield _ITEM_READERS[kind](item, f"input[{index}]")


def _text_of(value: Any, where: str) -> tuple[str, int]:
    """The text of a string or of a list of parts, and how many parts were not text."""
    if value is None or isinstance(value, str):
        return value or "", 0
    if not isinstance(value, list):
        raise wrong_type(where, "a string or an array", value)
    texts, others = [], 0
    for index, part in enumerate(value):
        if not isinstance(part, dict) or not isinstance(part.get("type"), str):
            raise wrong_type(f"{where}[{index}]", "an object with a type", part)
        text = part.get("text", part.get("refusal"))
        if isinstance(text, str):
            texts.append(text)
        else:
            others += 1
    return "\n".join(texts), others


def _read_message(item: Mapping[str, Any], where: str) -> Message:
    role = item.get("role")
    if role not in _ROLES:
        raise wrong_value(role, _ROLES, f"{where}.role")
    if "content" not in item:
        raise missing(f"{where}.content")
    return Message(role, *_text_of(item["content"], f"{where}.content"))


def _read_call(item: Mapping[str, Any], where: str) -> Call:
    for name in ("call_id", "name"):
        if not isinstance(item.get(name), str):
            raise missing(f"{where}.{name}")
    field = "input" if item["type"] == "custom_tool_call" else "arguments"
    if not isinstance(item.get(field), str):
        raise wrong_type(f"{where}.{field}", "a string", item.get(field))
    return Call(item["call_id"], item["name"], item[field])


def _read_output(item: Mapping[str, Any], where: str) -> Output:
    if not isinstance(item.get("call_id"), str):
        raise missing(f"{where}.call_id")
    if "output" not in item:
        raise missing(f"{where}.output")
    text, others = _text_of(item["output"], f"{where}.output")
    return Output(item["call_id"], text or ("(an image or a file)" if others else ""))


def _refuse_reference(item: Mapping[str, Any], where: str) -> Message:
    if not isinstance(item.get("id"), str):
        raise missing(f"{where}.id")
    message = f"Item with id '{item['id']}' not found: send the item itself."
    raise RequestError(message, param="input", code="not_found")


_ITEM_READERS: dict[str, Callable[[Mapping[str, Any], str], Message | Call | Output]] = {
    "item_reference": _refuse_reference,
    "message": _read_message,
    "function_call": _read_call,
    "custom_tool_call": _read_call,
    "function_call_output": _read_output,
    "custom_tool_call_output": _read_output,
}


def _check_pairs(history: Sequence[Message | Call | Output]) -> None:
    """Every call needs its output and every output its call, as on the real endpoint."""
    calls = [item.call_id for item in history if isinstance(item, Call)]
    outputs = [item.call_id for item in history if isinstance(item, Output)]
    for call_id in calls:
        if call_id not in outputs:
            message = f"No tool output found for function call {call_id}."
            raise RequestError(message, param="input")
    for call_id in outputs:
        if call_id not in calls:
            message = f"No tool call found for function call output with call_id {call_id}."
            raise RequestError(message, param="input")


# Tools, tool_choice, text.format


def _read_tools(value: Any) -> tuple[Tool, ...]:
    tools = []
    for index, tool in enumerate(value or []):
        where = f"tools[{index}]"
        if not isinstance(tool, dict) or not isinstance(tool.get("type"), str):
            raise missing(f"{where}.type")
        if tool["type"] == "function":
            tools.append(_read_tool(tool, where))
        else:
            _check_hosted(tool, where)
    return tuple(tools)


# Tools that run elsewhere are repeated, never chosen; with what each of them must say.
_HOSTED: dict[str, tuple[str, ...]] = {
    "apply_patch": (),
    "code_interpreter": ("container",),
    "computer": (),
    "computer_use_preview": ("display_height", "display_width", "environment"),
    "custom": ("name",),
    "file_search": ("vector_store_ids",),
    "image_generation": (),
    "local_shell": (),
    "mcp": ("server_label",),
    "namespace": ("name", "description", "tools"),
    "programmatic_tool_calling": (),
    "shell": (),
    "tool_search": (),
    "web_search": (),
    "web_search_2025_08_26": (),
    "web_search_preview": (),
    "web_search_preview_2025_03_11": (),
}


def _check_hosted(tool: Mapping[str, Any], where: str) -> None:
    kind = tool["type"]
    # A tool of another's making bears its maker's name, by the Open Responses specification.
    if kind not in _HOSTED and ":" not in kind:
        raise wrong_value(kind, ("function", *_HOSTED), f"{where}.type")
    for name in _HOSTED.get(kind, ()):
        if name not in tool:
            raise missing(f"{where}.{name}")


def _read_tool(tool: Mapping[str, Any], where: str) -> Tool:
    name = tool.get("name")
    if not isinstance(name, str) or not name:
        raise missing(f"{where}.name")
    parameters = {} if tool.get("parameters") is None else tool["parameters"]
    if not isinstance(parameters, dict):
        raise wrong_type(f"{where}.parameters", "an object", parameters)
    _check_sizes(parameters, f"{where}.parameters")
    if parameters.get("type", "object") != "object":
        raise RequestError(
            f"Invalid schema for function '{name}': schema must be a JSON Schema of "
            f"'type: \"object\"', got 'type: {json.dumps(parameters['type'])}'.",
            param=f"{where}.parameters",
            code="invalid_function_parameters",
        )
    said, strict = tool.get("description"), tool.get("strict")
    if said is not None and not isinstance(said, str):
        raise wrong_type(f"{where}.description", "a string", said)
    if strict is not None and not isinstance(strict, bool):
        raise wrong_type(f"{where}.strict", "a boolean", strict)
    return Tool(name, narrow(said or ""), _narrowed(parameters))


# What is longer is not made up: it would fill the memory before anybody could read it.
_LONGEST = 10_000


def _check_sizes(schema: Any, where: str) -> None:
    parts = schema.values() if isinstance(schema, dict) else schema
    for part in parts if isinstance(schema, dict | list) else ():
        _check_sizes(part, where)
    for name in ("minItems", "minLength") if isinstance(schema, dict) else ():
        least = schema.get(name)
        if isinstance(least, int | float) and least > _LONGEST:
            message = f"Invalid schema: the embedded model fulfils no '{name}' above {_LONGEST}."
            raise RequestError(message, param=where, code="invalid_schema")


def _narrowed(schema: Any) -> Any:
    """A schema whose descriptions are easy to read; names and members stay as they are."""
    if isinstance(schema, list):
        return [_narrowed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    said = ("description", "title")
    return {
        name: narrow(part) if name in said and isinstance(part, str) else _narrowed(part)
        for name, part in schema.items()
    }


def _apply_choice(request: Request, choice: Any) -> Request:
    if choice is None or choice == "auto":
        return request
    if choice == "none":
        return replace(request, tools=())
    if choice == "required":
        return _demand(request)
    kind = choice.get("type") if isinstance(choice, dict) else None
    if kind == "function":
        return _demand(_keep_tools(request, [choice.get("name")]))
    if kind == "allowed_tools":
        return _allow(request, choice)
    if kind in (*_HOSTED, "computer_use"):
        return request  # nothing here that could be demanded
    raise wrong_value(choice, ("none", "auto", "required"), "tool_choice")


def _allow(request: Request, choice: Mapping[str, Any]) -> Request:
    listed, mode = choice.get("tools"), choice.get("mode", "auto")
    if not isinstance(listed, list):
        raise wrong_type("tool_choice.tools", "an array", listed)
    for index, tool in enumerate(listed):
        if not isinstance(tool, dict):
            raise wrong_type(f"tool_choice.tools[{index}]", "an object", tool)
    if mode not in ("auto", "required"):
        raise wrong_value(mode, ("auto", "required"), "tool_choice.mode")
    functions = [tool for tool in listed if tool.get("type") == "function"]
    request = _keep_tools(request, [tool.get("name") for tool in functions])
    return _demand(request) if mode == "required" else request


def _keep_tools(request: Request, names: Sequence[Any]) -> Request:
    declared = [tool.name for tool in request.tools]
    for name in names:
        if name not in declared:
            message = f"Tool choice '{name}' not found in 'tools' parameter."
            raise RequestError(message, param="tool_choice", code="invalid_value")
    return replace(request, tools=tuple(t for t in request.tools if t.name in names))


def _demand(request: Request) -> Request:
    if not request.tools and not request.body.get("tools"):
        message = "Tool choice requires a tool, but no 'tools' were given."
        raise RequestError(message, param="tool_choice", code="invalid_value")
    return replace(request, must_call=bool(request.tools))


_FORMATS = ("text", "json_object", "json_schema")


def _read_format(body: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, bool]:
    form = (body.get("text") or {}).get("format")
    if form is None:
        return None, False
    if not isinstance(form, dict):
        raise wrong_type("text.format", "an object", form)
    kind = form.get("type")
    if kind not in _FORMATS:
        raise wrong_value(kind, _FORMATS, "text.format.type")
    if kind != "json_schema":
        return None, kind == "json_object"
    for name, (wanted, said) in _FORM_FIELDS.items():
        value = form.get(name)
        if value is None and name in ("name", "schema"):
            raise missing(f"text.format.{name}")
        if value is not None and not isinstance(value, wanted):
            raise wrong_type(f"text.format.{name}", said, value)
    _check_sizes(form["schema"], "text.format.schema")
    return form["schema"], False


_FORM_FIELDS: dict[str, tuple[type, str]] = {
    "name": (str, "a string"),
    "schema": (dict, "an object"),
    "strict": (bool, "a boolean"),
    "description": (str, "a string"),
}
