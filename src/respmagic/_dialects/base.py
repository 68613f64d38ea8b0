"""What a dialect is, and reading an answer in it: bytes in, a `Response` out, no I/O."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from jiter import from_json

from respmagic._accumulator import Accumulator
from respmagic._events import Event
from respmagic._exceptions import ProtocolError
from respmagic._items import Request, Response
from respmagic._sse import Decoder, ServerSentEvent

__all__ = ["Dialect", "Reader", "Translator", "WebPage", "parse_json", "parse_value"]

_SENTINEL = b"[DONE]"
_BLANK = b" \t\r\n\xef\xbb\xbf"
# How a stream of events begins: with a field, or a comment. Six bytes are enough to tell.
_FIELD = re.compile(rb"(?:data|event|id|retry)?[:\r\n]")
_ENOUGH = 6


class WebPage(ProtocolError):  # noqa: N818 - says what came
    """HTML where an answer should be; whoever knows the address says what to try."""


class Translator(Protocol):
    """Turns one answer's server-sent events into events of the Responses vocabulary."""

    @property
    def is_finishing(self) -> bool:
        """Whether all is said, though the end of the stream is not told yet."""

    def events(self, data: Mapping[str, Any], name: str) -> Sequence[Event]:
        """What one server-sent event amounts to.

        Args:
            data: its JSON object.
            name: its SSE name, often empty.

        Raises:
            ProtocolError: if it is of another API.
        """

    def end(self, *, sentinel: bool) -> Sequence[Event]:
        """What the end of the stream amounts to, where no event said that the answer is whole.

        Args:
            sentinel: whether ``[DONE]`` stood there.
        """


class Dialect(Protocol):
    """How a server wants to be asked, and how its answers become the Responses vocabulary."""

    @property
    def name(self) -> str:
        """What options call it."""

    @property
    def path(self) -> str:
        """The address below the base URL, e.g. ``/responses``."""

    def encode(self, request: Request) -> dict[str, Any]:
        """The JSON body that asks this; only what was set stands in it."""

    def translator(self) -> Translator:
        """What turns the events of one answer into Responses events."""

    def response(self, body: Mapping[str, Any]) -> Response:
        """The response in a body that was not streamed.

        Raises:
            ProtocolError: if the body is no response of this dialect.
        """


class Reader:
    """Reads one answer, streamed or not: what it is shows by its first bytes.

    Servers stream although nobody asked, send JSON although a stream was asked for, and put either
    under any content type.

    Args:
        dialect: what is spoken.
        counts: whether the answer may go on in another body, so that its events are counted.

    Attributes:
        sequence: the number of the last event, where they are counted and have numbers.
    """

    def __init__(self, dialect: Dialect, *, counts: bool = False) -> None:
        self.sequence: int | None = None
        self._counts = counts
        self._dialect = dialect
        self._translator = dialect.translator()
        self._decoder = Decoder()
        self._accumulator = Accumulator()
        self._form: Literal["unknown", "events", "body"] = "unknown"
        self._held: list[bytes] = []  # what is not decoded yet: the head, then a whole body
        self._response: Response | None = None

    @property
    def done(self) -> bool:
        """Whether the answer is complete, so that nothing after it need be read."""
        return self._accumulator.done

    @property
    def is_finishing(self) -> bool:
        """Whether the answer is said, so that nothing may come but its usage."""
        return self._accumulator.done or self._translator.is_finishing

    @property
    def has_begun(self) -> bool:
        """Whether the first token of a stream is there."""
        return self._accumulator.has_begun

    def feed(self, chunk: bytes) -> None:
        """Take in bytes of the body, cut anywhere.

        Raises:
            ProtocolError: if an event is not JSON or of another API.
        """
        if self._accumulator.done:
            return  # whatever a server sends behind the end is no part of the answer
        if self._form == "unknown":
            chunk = self._sniffed(chunk)
        if self._form == "events":
            self._read(self._decoder.feed(chunk))
        elif chunk:
            self._held.append(chunk)

    def end(self) -> None:
        """The body has ended.

        Raises:
            ProtocolError: if it is empty or no answer of this dialect.
        """
        if self._form == "unknown":
            self.feed(b"\n")  # what is held is a line, then
        if self._form == "unknown":
            raise ProtocolError("the server sent an empty answer")
        if self._form == "body":
            self._response = self._dialect.response(parse_json(b"".join(self._held)))
        elif not self.done:
            self._end_stream()

    def go_on(self) -> None:
        """Another body follows: it goes on after the last event, or begins anew without numbers."""
        if self.sequence is None:
            self._translator, self._accumulator = self._dialect.translator(), Accumulator()
        self._decoder = Decoder()
        self._form, self._held, self._response = "unknown", [], None
        self._accumulator.reopen()

    def response(self) -> Response:
        """The answer as far as it is known; may be called from any thread."""
        return self._response or self._accumulator.response()

    def _sniffed(self, chunk: bytes) -> bytes:
        """All that has come, once its first bytes tell what it is; until then it is held."""
        chunk = b"".join(self._held) + chunk
        start = chunk.lstrip(_BLANK)
        if not start or (len(start) < _ENOUGH and b"\n" not in start and b"\r" not in start):
            self._held = [chunk]
            return b""
        self._held = []
        self._form = "events" if _FIELD.match(start) else "body"
        return chunk

    def _read(self, events: list[ServerSentEvent]) -> None:
        for name, data in events:
            try:
                value = from_json(data)
            except ValueError:
                if _is_lines(data):
                    self._read([(name, line) for line in data.split(b"\n")])
                    continue
                value = self._odd(name, data)
            if isinstance(value, dict) and not (self._counts and self._is_known(value)):
                for event in self._translator.events(value, name):
                    self._accumulator.feed(event)
            if self._accumulator.done:
                return

    def _is_known(self, event: Mapping[str, Any]) -> bool:
        """Whether this event was there before the answer went on; some servers send all again."""
        number = event.get("sequence_number")
        if not isinstance(number, int):
            return False
        if self.sequence is not None and number <= self.sequence:
            return True
        self.sequence = number
        return False

    def _odd(self, name: str, data: bytes) -> Any:
        """The value of data that is not plainly JSON; None if it says nothing."""
        text = data.strip()
        if text == _SENTINEL:
            self._finish(sentinel=True)
        if not text or text == _SENTINEL or text.startswith(b":"):  # a comment in a proxy's data
            return None
        try:
            return _from_json(data)
        except ValueError as error:
            if name == "error":
                return {"error": _quoted(text)}
            raise ProtocolError(
                f"an event of the stream is not JSON ({error}): {_quoted(data)}. "
                "Run the cell again, or try --no-stream."
            ) from None

    def _finish(self, *, sentinel: bool) -> None:
        for event in self._translator.end(sentinel=sentinel):
            self._accumulator.feed(event)
        self._accumulator.end(sentinel=sentinel)

    def _end_stream(self) -> None:
        with contextlib.suppress(ProtocolError):  # cut in the middle of an event: truncated
            self._read(self._decoder.flush())
        self._finish(sentinel=False)


def _is_lines(data: bytes) -> bool:
    """Whether these are several events, a line each: some servers leave out the blank lines."""
    first, newline, _ = data.partition(b"\n")
    if not newline:
        return False
    try:
        return isinstance(from_json(first), dict)
    except ValueError:
        return False


def parse_json(body: bytes) -> Mapping[str, Any]:
    """The JSON object in `body`.

    Raises:
        ProtocolError: if it is HTML, not JSON or no object; says which.
    """
    value = parse_value(body)
    if not isinstance(value, dict):
        raise ProtocolError(f"the answer is JSON but no object: {_quoted(body.strip(_BLANK))}")
    return value


def parse_value(body: bytes) -> Any:
    """The JSON value in `body`.

    Raises:
        ProtocolError: if it is HTML or not JSON; says which.
    """
    text = body.strip(_BLANK)
    if text.startswith(b"<"):
        raise WebPage(
            "the server sent a web page, so this is not the address of an API; "
            "the base URL often ends in /v1"
        )
    try:
        return _from_json(text)
    except ValueError as error:
        raise ProtocolError(f"the answer is not JSON ({error}): {_quoted(text)}") from None


def _from_json(data: bytes) -> Any:
    """`data` as JSON.

    Some gateways cut text between the two escapes of one character: what stands alone becomes "?".

    Raises:
        ValueError: if it is not JSON.
    """
    try:
        return from_json(data)
    except ValueError:
        if b"\\u" not in data:
            raise
        with contextlib.suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(data), ensure_ascii=False)
            return json.loads(text.encode("utf-8", "replace"))
        raise


def _quoted(data: bytes, limit: int = 200) -> str:
    text = data.decode("utf-8", "replace")
    return text if len(text) <= limit else text[:limit] + "…"
