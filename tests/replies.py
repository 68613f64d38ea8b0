"""What the loopback gateway answers: literal bytes, and the faults to send them with."""

from __future__ import annotations

import asyncio
import functools
import json
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import Any, Literal, Self

import recordings

PATIENCE = 30.0  # seconds after which a test that waits in vain fails

EVENT_STREAM = "text/event-stream; charset=utf-8"
CONTENT_TYPES = {".sse": EVENT_STREAM, ".jsonl": EVENT_STREAM, ".json": "application/json"}


class Signal(threading.Event):
    """Something a test waits for; waiting in vain is an error, not a hang."""

    def wait(self, timeout: float | None = PATIENCE) -> Literal[True]:
        """Wait until it has happened.

        Raises:
            TimeoutError: it did not happen in time.
        """
        if not super().wait(timeout):
            raise TimeoutError(f"nothing happened in {timeout} s")
        return True


class Gate:
    """A place in an answer where the gateway stands until the test opens it.

    Attributes:
        reached: happens when the gateway stands at the gate; all bytes before it have been sent.
    """

    def __init__(self) -> None:
        self.reached = Signal()
        self._opened = threading.Event()
        self._wakers: list[functools.partial[Any]] = []

    def open(self) -> None:
        """Let the answer go on; the gate stays open. Called from any thread."""
        self._opened.set()
        for wake in tuple(self._wakers):
            with suppress(RuntimeError):  # the gateway at this gate has been closed
                wake()

    async def passed(self) -> None:
        """Stand at the gate until it is open, without holding up the running loop."""
        opened = asyncio.Event()
        wake = functools.partial(asyncio.get_running_loop().call_soon_threadsafe, opened.set)
        self._wakers.append(wake)
        self.reached.set()
        try:
            if not self._opened.is_set():
                await opened.wait()
        finally:
            self._wakers.remove(wake)


Piece = bytes | Gate
Event = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer of the gateway.

    Attributes:
        status: the HTTP status.
        headers: added to the gateway's own, or in their place; None leaves one out.
        body: the bytes, or pieces of them with gates between.
        framing: how the body's end is told: "chunked", "length" (Content-Length) or "close"
            (the connection ends); with "raw" the body is the whole answer, head and all.
        chunk: the most body bytes written at a time; None writes each piece as it is. Only
            "chunked" keeps these boundaries for sure, in the other framings TCP may join them.
        gzip: compress the body, flushed at every piece.
        cut: close the connection after so many body bytes, as sent (so after gzip).
        reset: close with RST instead of FIN.
        hang: after the body send nothing more, not even its end, until the client leaves.
        before_head: stand at this gate before the first byte.
    """

    status: int = 200
    headers: Mapping[str, str | None] = field(default_factory=dict)
    body: bytes | Sequence[Piece] = b""
    framing: Literal["chunked", "length", "close", "raw"] = "length"
    chunk: int | None = None
    gzip: bool = False
    cut: int | None = None
    reset: bool = False
    hang: bool = False
    before_head: Gate | None = None

    @classmethod
    def json(cls, value: Any, status: int = 200, **options: Any) -> Self:
        """A JSON document."""
        return cls.text(_compact(value), status, content_type="application/json", **options)

    @classmethod
    def text(
        cls,
        text: str,
        status: int = 200,
        *,
        content_type: str = "text/html; charset=utf-8",
        **options: Any,
    ) -> Self:
        """A page of text, such as the HTML of a proxy."""
        return cls(status=status, body=text.encode(), **_typed(content_type, options))

    @classmethod
    def raw(cls, *pieces: Piece, **options: Any) -> Self:
        """The literal bytes of a whole answer, status line included; none at all is possible."""
        return cls(body=pieces, framing="raw", **options)

    @classmethod
    def sse(
        cls,
        events: Iterable[Event | bytes | str | Gate],
        *,
        event_lines: bool = True,
        done: bool = False,
        newline: str = "\n",
        comments: bool = False,
        **options: Any,
    ) -> Self:
        """A stream of server-sent events.

        Args:
            events: a dict goes out as JSON, a str as the data as it is, bytes stand literally
                on the wire, and the gateway stops at a gate.
            event_lines: name the event in an `event:` line, where the dict has a `type`.
            done: end with `data: [DONE]`.
            newline: ends each line.
            comments: put a keep-alive comment before each event.
            options: fields of the reply.
        """

        def frame(event: Event | bytes | str | Gate) -> Piece:
            if isinstance(event, bytes | Gate):
                return event
            lines = [": keep-alive", ""] if comments else []
            lines += _event(event, named=event_lines)
            return "".join(line + newline for line in lines).encode()

        pieces = tuple(map(frame, chain(events, ["[DONE]"] if done else [])))
        options = {"framing": "chunked", **options}
        return cls(body=pieces, **_typed(EVENT_STREAM, options))

    @classmethod
    def recording(cls, path: Path, **options: Any) -> Self:
        """A recorded body: `.sse` and `.json` as they are, `.jsonl` one event a line.

        Status and headers come from the `index.json` of the recordings' folder, where they
        were recorded.
        """
        row = recordings.index(path.parent.parent).get(f"{path.parent.name}/{path.name}", {})
        headers = {"content-type": CONTENT_TYPES[path.suffix], **row.get("response_headers", {})}
        given = {"status": row.get("http_status") or 200, **options}
        given["headers"] = headers | given.get("headers", {})
        if path.suffix == ".jsonl":
            return cls.sse(path.read_text("utf-8").rstrip("\n").split("\n"), **given)
        framing = "chunked" if path.suffix == ".sse" else "length"
        return cls(body=path.read_bytes(), **{"framing": framing, **given})

    @property
    def pieces(self) -> Sequence[Piece]:
        """The body before it is encoded."""
        return [self.body] if isinstance(self.body, bytes) else self.body

    @property
    def content(self) -> bytes:
        """The whole body before it is encoded, which a client should read."""
        return b"".join(piece for piece in self.pieces if isinstance(piece, bytes))

    @property
    def ends_connection(self) -> bool:
        """Whether the connection closes after this answer."""
        closing = {name.lower(): value for name, value in self.headers.items()}
        return (
            self.framing in ("close", "raw")
            or self.cut is not None
            or self.reset
            or closing.get("connection") == "close"
        )

    def wire(self) -> Iterator[Piece]:
        """The answer as it goes out, a write at a time."""
        body = list(_compressed(self.pieces) if self.gzip else self.pieces)
        if self.framing != "raw":
            yield self._head(sum(len(piece) for piece in body if isinstance(piece, bytes)))
        chunked = self.framing == "chunked"
        for piece in _cut(_split(body, self.chunk), self.cut):
            yield _chunk(piece) if chunked and isinstance(piece, bytes) else piece
        if chunked and self.cut is None and not self.hang:
            yield _chunk(b"")

    def _head(self, length: int) -> bytes:
        framing = {
            "chunked": {"transfer-encoding": "chunked"},
            "length": {"content-length": str(length)},
            "close": {"connection": "close"},
        }[self.framing]
        encoding = {"content-encoding": "gzip"} if self.gzip else {}
        given = {name.lower(): value for name, value in self.headers.items()}
        lines = [f"HTTP/1.1 {self.status} {_phrase(self.status)}"]
        for name, value in (framing | encoding | given).items():
            if value is not None:
                lines.append(f"{name}: {value}")
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _typed(content_type: str, options: dict[str, Any]) -> dict[str, Any]:
    return options | {"headers": {"content-type": content_type} | options.get("headers", {})}


def _event(event: Event | str, *, named: bool) -> list[str]:
    if isinstance(event, str):
        return [*(f"data: {line}" for line in event.split("\n")), ""]
    name = [f"event: {event['type']}"] if named and "type" in event else []
    return [*name, f"data: {_compact(event)}", ""]


def _phrase(status: int) -> str:
    with suppress(ValueError):
        return HTTPStatus(status).phrase
    return "Unknown"


def _compressed(pieces: Iterable[Piece]) -> Iterator[Piece]:
    gzip = zlib.compressobj(wbits=31)
    for piece in pieces:
        if isinstance(piece, Gate):
            yield piece
        else:
            yield gzip.compress(piece) + gzip.flush(zlib.Z_SYNC_FLUSH)
    yield gzip.flush()


def _split(pieces: Iterable[Piece], size: int | None) -> Iterator[Piece]:
    """Pieces of at most `size` bytes; empty ones, which would end a chunked body, are left out."""
    for piece in pieces:
        if isinstance(piece, Gate):
            yield piece
        else:
            step = size or max(len(piece), 1)
            yield from (piece[at : at + step] for at in range(0, len(piece), step))


def _cut(pieces: Iterable[Piece], left: int | None) -> Iterator[Piece]:
    """The pieces up to so many bytes; a gate right at the cut still stands before it."""
    for piece in pieces:
        if left is None or isinstance(piece, Gate):
            yield piece
            continue
        if left:
            yield piece[:left]
        if left < len(piece):
            return
        left -= len(piece)


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
