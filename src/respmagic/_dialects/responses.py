"""The Responses API, ``POST /responses``: the vocabulary of the house, so there is little to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from respmagic._accumulator import item_from, response_from
from respmagic._events import Event
from respmagic._exceptions import ProtocolError
from respmagic._items import Request, Response

__all__ = ["Responses"]

_STATUSES = frozenset({"completed", "incomplete", "failed", "cancelled", "queued", "in_progress"})


class ResponsesTranslator:
    """Passes events on as they are: they are in the house's own words."""

    def events(self, data: Mapping[str, Any], name: str) -> Sequence[Event]:
        """The event itself; its type by the SSE name only where the JSON has none.

        Raises:
            ProtocolError: if it is a piece of a chat.completion.
        """
        if "type" in data:
            return (data,)
        if "choices" in data and not data.get("error"):
            raise ProtocolError(_no_response(data))
        return ({**data, "type": name},)

    def end(self) -> Sequence[Event]:
        """Nothing: here an event ends the answer."""
        return ()


class Responses:
    """The Responses API as OpenAI and the Open Responses specification describe it."""

    name = "responses"
    path = "/responses"

    def encode(self, request: Request) -> dict[str, Any]:
        """The JSON body that asks this; the state is ours, so nothing is to be stored."""
        body: dict[str, Any] = {"input": list(request.input), "store": False}
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
            ProtocolError: if the body is no response object.
        """
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


def _no_response(body: Mapping[str, Any]) -> str:
    if "choices" in body:
        return "the server answered in the shape of chat.completions, not of a response"
    return f"the answer is no response object; it has the fields {', '.join(map(str, body))}"
