"""The Responses API, ``POST /responses``: the vocabulary of the house, so there is little to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from respmagic._accumulator import item_from, response_from
from respmagic._dialects._chat_answer import ChatTranslator, is_chat, read_body
from respmagic._events import Event
from respmagic._exceptions import ProtocolError
from respmagic._items import Item, Request, Response

__all__ = ["Responses"]

_STATUSES = frozenset({"completed", "incomplete", "failed", "cancelled", "queued", "in_progress"})
# What items of chat.completions carry for their own server
_OF_CHAT = frozenset({"reasoning_details", "extra_content"})


class ResponsesTranslator:
    """Passes events on as they are: they are in the house's own words.

    Some gateways answer at this address in the shape of chat.completions; that is read, too.
    """

    def __init__(self) -> None:
        self._chat: ChatTranslator | None = None

    def events(self, data: Mapping[str, Any], name: str) -> Sequence[Event]:
        """The event itself; its type by the SSE name only where the JSON has none."""
        if self._chat is None:
            if "type" in data:
                return (data,)
            if not is_chat(data):
                return ({**data, "type": name},)
            self._chat = ChatTranslator()
        return self._chat.events(data, name)

    def end(self, *, sentinel: bool) -> Sequence[Event]:
        """Nothing in this dialect, where an event ends the answer."""
        return self._chat.end(sentinel=sentinel) if self._chat else ()


class Responses:
    """The Responses API as OpenAI and the Open Responses specification describe it."""

    name = "responses"
    path = "/responses"

    def encode(self, request: Request) -> dict[str, Any]:
        """The JSON body that asks this; the state is ours, so nothing is to be stored."""
        items = [_replayed(item) for item in request.input if _goes_back(item)]
        body: dict[str, Any] = {"input": items, "store": False}
        if request.model is not None:
            body["model"] = request.model
        if request.tools:
            body["tools"] = list(request.tools)
        if request.stream:
            body["stream"] = True
        return {**body, **request.parameters}

    def translator(self) -> ResponsesTranslator:
        """What reads the events of one answer."""
        return ResponsesTranslator()

    def response(self, body: Mapping[str, Any]) -> Response:
        """The response in a body that was not streamed.

        Raises:
            ProtocolError: if the body is neither a response object nor a chat.completion.
        """
        if is_chat(body):
            return read_body(body)
        error, output = _error(body), body.get("output")
        if not isinstance(output, list):
            if error is None:
                raise ProtocolError(_no_response(body))
            output = []
        return response_from(
            body,
            tuple(item_from(item) for item in output if isinstance(item, Mapping)),
            _status(body, "completed" if error is None else "failed"),
            error,
        )


def _error(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    error = body.get("error") or None
    if error is None or isinstance(error, Mapping):
        return error
    return {"code": body.get("code"), "message": str(error)}


def _status(body: Mapping[str, Any], otherwise: str) -> str:
    """The status that the body says, if it is one: gateways say others, or none."""
    status = body.get("status")
    return status if isinstance(status, str) and status in _STATUSES else otherwise


def _goes_back(item: Item) -> bool:
    """Whether `item` may be sent again.

    Reasoning only with its encrypted content: without it the server would look for an item that
    it never stored, and refuse the request.
    """
    return item.get("type") != "reasoning" or bool(item.get("encrypted_content"))


def _replayed(item: Item) -> Item:
    return {key: value for key, value in item.items() if key not in _OF_CHAT}


def _no_response(body: Mapping[str, Any]) -> str:
    return f"the answer is no response object; it has the fields {', '.join(map(str, body))}"
