"""The Responses API, ``POST /responses``: the vocabulary of the house, so there is little to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from respmagic._accumulator import item_from, response_from
from respmagic._events import Event
from respmagic._exceptions import ProtocolError
from respmagic._items import Request, Response

__all__ = ["Responses"]


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

    def events(self, data: Mapping[str, Any], name: str) -> Sequence[Event]:
        """The event itself; its type by the SSE name only where the JSON has none."""
        if "type" not in data and name:
            return ({**data, "type": name},)
        return (data,)

    def response(self, body: Mapping[str, Any]) -> Response:
        """The response in a body that was not streamed.

        Raises:
            ProtocolError: if the body is no response object.
        """
        error = body.get("error")
        if not isinstance(body.get("output"), list):
            if error:
                wire = error if isinstance(error, Mapping) else {"message": str(error)}
                return response_from(body, (), "failed", wire)
            raise ProtocolError(_no_response(body))
        status = body.get("status")
        return response_from(
            body,
            tuple(item_from(item) for item in body["output"] if isinstance(item, Mapping)),
            status if isinstance(status, str) and status != "requires_action" else "completed",
            error if isinstance(error, Mapping) else None,
        )


def _no_response(body: Mapping[str, Any]) -> str:
    if "choices" in body:
        return "the server answered in the shape of chat.completions, not of a response"
    return f"the answer is no response object; it has the fields {', '.join(map(str, body))}"
