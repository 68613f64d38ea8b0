"""chat.completions, ``POST /chat/completions``: the older API, which most servers speak.

Requests are translated out of the Responses vocabulary here, answers into it in `_chat_answer`.
What this API cannot do is refused before anything is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from respmagic._dialects._chat_answer import ChatTranslator, read_body
from respmagic._dialects._chat_messages import messages
from respmagic._dialects.responses import Responses
from respmagic._exceptions import OptionError
from respmagic._items import Item, Request, Response, State
from respmagic._replay import without_images

__all__ = ["ELSEWHERE", "ChatCompletions"]

ELSEWHERE = "ask a gateway that speaks the Responses API (-p, --base-url)"
"""What to do to have what this API does not have, where the gateway speaks no other."""

# Parameters that this API has nothing for, and what is set if they ask for nothing.
_ABSENT = {"background", "previous_response_id", "conversation", "prompt", "context_management"}
_ABSENT |= {"max_tool_calls", "store", "truncation", "include"}
_NOTHING: tuple[Any, ...] = (False, "", "disabled", [], (), {})
# Reasoning goes back in the clear here, so there is nothing to be encrypted.
_ENCRYPTED = "reasoning.encrypted_content"


@dataclass(frozen=True, slots=True)
class ChatCompletions:
    """The API as OpenAI describes it, and the ways in which servers differ.

    Attributes:
        max_tokens: what ``max_output_tokens`` is called; OpenAI's own reasoning models take
            only ``max_completion_tokens``.
        system_role: who says the instructions, ``system`` or ``developer``.
        reasoning_field: the field of an assistant's message in which reasoning goes back:
            ``reasoning_content``, ``reasoning`` or ``reasoning_details``; None if it does not,
            which is safest where the server is not known.
        strict: whether tools say ``strict``.
        include_usage: whether a stream is asked for its usage.
        images: whether messages may hold images.
        think_tags: whether ``<think>…</think>`` before the text is reasoning.
        instead: what to do to have what this API does not have.
    """

    max_tokens: str = "max_tokens"
    system_role: Literal["system", "developer"] = "system"
    reasoning_field: str | None = None
    strict: bool = True
    include_usage: bool = True
    images: bool = True
    think_tags: bool = True
    instead: str = ELSEWHERE

    name = "chat"
    path = "/chat/completions"

    def encode(self, request: Request) -> dict[str, Any]:
        """The JSON body that asks this.

        Raises:
            OptionError: if the request asks for what this API does not have.
        """
        try:
            return self._body(request)
        except _AbsentError as error:
            raise OptionError(f"{error}: leave it out, or {self.instead}") from None

    def _body(self, request: Request) -> dict[str, Any]:
        if request.state is not None:
            _refuse_state(request.state)
        given = {key: value for key, value in request.parameters.items() if value is not None}
        body: dict[str, Any] = {} if request.model is None else {"model": request.model}
        body["messages"] = messages(
            request.input if self.images else without_images(request.input),
            instructions=given.pop("instructions", None),
            system_role=self.system_role,
            reasoning_field=self.reasoning_field,
        )
        if request.tools:
            body["tools"] = [self._tool(tool) for tool in request.tools]
        elif given.get("tool_choice") in ("auto", "none"):
            del given["tool_choice"]  # refused where there are no tools
        if request.stream:
            body["stream"] = True
            if self.include_usage:
                body["stream_options"] = {"include_usage": True}
        for name, value in given.items():
            for key, told in self._told(name, value):
                body[key] = {**body[key], **told} if key == "stream_options" else told
        return body

    def translator(self) -> ChatTranslator:
        """What reads the chunks of one answer."""
        return ChatTranslator(think_tags=self.think_tags)

    def response(self, body: Mapping[str, Any]) -> Response:
        """The response in a body that was not streamed.

        Raises:
            ProtocolError: if the body is neither a chat.completion nor a response object.
        """
        if "choices" in body and "output" not in body:
            return read_body(body, think_tags=self.think_tags)
        return Responses().response(body)

    def _told(self, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        """The fields of the body that say what this parameter says."""
        if name in _ABSENT:
            _refuse(name, value)
        elif name == "max_output_tokens":
            yield self.max_tokens, value
        elif name in _TOLD:
            yield from _TOLD[name](value)
        else:
            yield name, value

    def _tool(self, tool: Item) -> Mapping[str, Any]:
        kind = tool.get("type")
        inner = {key: value for key, value in tool.items() if key != "type" and value is not None}
        if kind == "function":
            if not self.strict:
                inner.pop("strict", None)
            return {"type": kind, kind: inner}
        if kind == "custom":
            return {"type": kind, kind: inner | _grammar(inner.get("format"))}
        raise _AbsentError(
            f"the tool {kind!r} runs on the server, and chat.completions has no such tools"
        )


class _AbsentError(Exception):
    """What this API does not have; the message is the beginning of a refusal."""


def _refuse_state(state: State) -> None:
    asked = f"conversation {state.id}" if state.parameter == "conversation" else "--store (store=)"
    raise _AbsentError(
        f"{asked} has no counterpart in chat.completions, which keeps nothing (-c goes on all the "
        "same)"
    )


def _refuse(name: str, value: Any) -> None:
    if name == "include" and isinstance(value, list | tuple):
        value = [what for what in value if what != _ENCRYPTED]
    if value not in _NOTHING:
        raise _AbsentError(f"{name}={value!r} has no counterpart in chat.completions")


def _grammar(form: Any) -> dict[str, Any]:
    if not isinstance(form, Mapping) or form.get("type") != "grammar" or "grammar" in form:
        return {}
    grammar = {key: value for key, value in form.items() if key != "type"}
    return {"format": {"type": "grammar", "grammar": grammar}}


def _reasoning(value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        raise OptionError(f"reasoning must be an object such as {{'effort': 'low'}}, not {value!r}")
    for key, told in value.items():
        if key == "effort":
            yield "reasoning_effort", told
        elif told is not None:
            _refuse(f"reasoning.{key}", told)


def _text(value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, Mapping):
        raise OptionError(f"text must be an object such as {{'verbosity': 'low'}}, not {value!r}")
    if "verbosity" in value:
        yield "verbosity", value["verbosity"]
    form = value.get("format") or {}
    kind = form.get("type", "text")
    if kind == "json_schema" and "json_schema" not in form:
        schema = {key: told for key, told in form.items() if key != "type"}
        yield "response_format", {"type": kind, "json_schema": schema}
    elif kind != "text":
        yield "response_format", form


def _tool_choice(value: Any) -> Iterator[tuple[str, Any]]:
    yield "tool_choice", _chosen(value)


def _chosen(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    kind = str(value.get("type"))
    if kind in value:  # in this API's own words already
        return value
    inner = {key: told for key, told in value.items() if key != "type"}
    if kind == "allowed_tools":
        inner["tools"] = [_chosen(tool) for tool in value.get("tools") or ()]
    elif kind not in ("function", "custom"):
        raise _AbsentError(f"tool_choice={value!r} has no counterpart in chat.completions")
    return {"type": kind, kind: inner}


def _top_logprobs(value: Any) -> Iterator[tuple[str, Any]]:
    yield "logprobs", True
    yield "top_logprobs", value


def _stream_options(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield "stream_options", value


_TOLD: dict[str, Callable[[Any], Iterator[tuple[str, Any]]]] = {
    "reasoning": _reasoning,
    "text": _text,
    "tool_choice": _tool_choice,
    "top_logprobs": _top_logprobs,
    "stream_options": _stream_options,
}
