"""The endpoint without a socket: method, path and body in; status and body or events out."""

from __future__ import annotations

import logging
import time
import urllib.parse
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respmagic.demo._body import RequestError, read_body, wrong_type
from respmagic.demo._model import answer
from respmagic.demo._request import input_items, read_request
from respmagic.demo._wire import MODEL, events, input_item, response

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

__all__ = ["Reply", "Service"]

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # in a notebook the error of the cell says enough
_KEPT = 1000  # stored responses: more than a lesson makes, little enough to hold


@dataclass(frozen=True, slots=True)
class Reply:
    """What the endpoint says: `events` if it streams, else `body` as JSON."""

    status: int = 200
    body: Mapping[str, Any] | None = None
    events: Iterator[dict[str, Any]] | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Stored:
    response: Mapping[str, Any]
    items: list[Mapping[str, Any]]  # all input and output items up to and with this response
    inputs: list[Mapping[str, Any]]


class Service:
    """Answers requests and remembers the responses that were to be stored."""

    def __init__(self) -> None:
        self._stored: OrderedDict[str, _Stored] = OrderedDict()
        self._count = 0

    def reply(self, method: str, target: str, raw: bytes = b"") -> Reply:
        """Answer one request; whatever is wrong with it becomes an error body."""
        path, _, query = target.partition("?")
        try:
            reply = self._route("GET" if method == "HEAD" else method, path, raw)
            return _streamed(reply, query) if method == "GET" else reply
        except RequestError as error:
            return Reply(error.status, error.body())
        except RecursionError:
            deep = RequestError("The request is nested too deeply.", code="invalid_json")
            return Reply(deep.status, deep.body())
        except Exception as error:  # noqa: BLE001 - a fault of the rules ends this answer alone
            _log.exception("%s %s", method, path)
            return Reply(500, _fault(error), headers=(("x-should-retry", "false"),))

    def _route(self, method: str, path: str, raw: bytes) -> Reply:
        parts = [urllib.parse.unquote(part) for part in path.rstrip("/").split("/")]
        at = next((n for n, part in enumerate(parts) if part in ("responses", "models")), None)
        found, *rest = parts[at:] if at is not None else [None]
        routes = _ROUTES.get((found, *("*" if n == 0 else p for n, p in enumerate(rest))), {})
        if method in routes:
            return routes[method](self, raw, *rest[:1])
        if routes:
            allowed = ", ".join(_with_head(routes))
            error = RequestError(f"{method} is not answered at {path}, only {allowed}.", status=405)
            return Reply(error.status, error.body(), headers=(("allow", allowed),))
        message = f"Invalid URL ({method} {path}): only /v1/responses and /v1/models are here."
        raise RequestError(message, status=404, code="unknown_url")

    def _create(self, raw: bytes) -> Reply:
        body = read_body(raw)
        earlier = self._earlier(body.get("previous_response_id"))
        request = read_request(raw, earlier)
        self._count += 1
        said, now = answer(request), int(time.time())
        final = response(body, said, salt=str(self._count), created_at=now, earlier=earlier)
        if body.get("store") is not False:
            self._keep(final, earlier, input_items(body["input"]))
        return Reply(events=events(final)) if request.stream else Reply(body=final)

    def _earlier(self, previous: str | None) -> list[Mapping[str, Any]]:
        if previous is None:
            return []
        if previous not in self._stored:
            raise RequestError(
                f"Previous response with id '{previous}' not found.",
                param="previous_response_id",
                code="previous_response_not_found",
            )
        return self._stored[previous].items

    def _keep(
        self,
        final: Mapping[str, Any],
        earlier: list[Mapping[str, Any]],
        inputs: list[Mapping[str, Any]],
    ) -> None:
        items = [*earlier, *inputs, *final["output"]]
        self._stored[final["id"]] = _Stored(final, items, inputs)
        if len(self._stored) > _KEPT:
            self._stored.popitem(last=False)

    def _find(self, response_id: str) -> _Stored:
        if response_id not in self._stored:
            message = f"Response with id '{response_id}' not found."
            raise RequestError(message, status=404, code="not_found")
        return self._stored[response_id]

    def _retrieve(self, _raw: bytes, response_id: str) -> Reply:
        return Reply(body=self._find(response_id).response)

    def _delete(self, _raw: bytes, response_id: str) -> Reply:
        self._find(response_id)
        del self._stored[response_id]
        return Reply(body={"id": response_id, "object": "response", "deleted": True})

    def _list_inputs(self, _raw: bytes, response_id: str) -> Reply:
        inputs = self._find(response_id).inputs
        return Reply(
            body=_page([input_item(item, response_id, n) for n, item in enumerate(inputs)])
        )

    def _models(self, _raw: bytes) -> Reply:
        return Reply(body=_page([_MODEL]))

    def _model(self, _raw: bytes, name: str) -> Reply:
        if name != MODEL:
            message = f"The model '{name}' does not exist; there is '{MODEL}'."
            raise RequestError(message, param="model", code="model_not_found", status=404)
        return Reply(body=_MODEL)


def _streamed(reply: Reply, query: str) -> Reply:
    """A stored response as its events, if the query asks for them."""
    stored, asked = reply.body or {}, dict(urllib.parse.parse_qsl(query))
    if stored.get("object") != "response" or asked.get("stream") != "true":
        return reply
    after = asked.get("starting_after", "-1")
    if not after.removeprefix("-").isdecimal():
        raise wrong_type("starting_after", "an integer", after)
    return Reply(events=(e for e in events(stored) if e["sequence_number"] > int(after)))


def _fault(error: Exception) -> dict[str, Any]:
    message = f"The embedded model failed on this request: {type(error).__name__}: {error}"
    return {"error": {"message": message, "type": "server_error", "param": None, "code": None}}


_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def _with_head(methods: Collection[str]) -> list[str]:
    return [*methods, *(["HEAD"] if "GET" in methods else [])]


def _page(data: list[Mapping[str, Any]]) -> dict[str, Any]:
    ids = [entry.get("id") for entry in data] or [None]
    ends = {"first_id": ids[0], "last_id": ids[-1], "has_more": False}
    return {"object": "list", "data": data, **ends}


# The parts of a path, with an id as "*": what answers each method.
_ROUTES: dict[tuple[str | None, ...], dict[str, Callable[..., Reply]]] = {
    ("responses",): {"POST": Service._create},  # noqa: SLF001 - the class's own table
    ("responses", "*"): {"GET": Service._retrieve, "DELETE": Service._delete},  # noqa: SLF001
    ("responses", "*", "input_items"): {"GET": Service._list_inputs},  # noqa: SLF001
    ("models",): {"GET": Service._models},  # noqa: SLF001
    ("models", "*"): {"GET": Service._model},  # noqa: SLF001
}
