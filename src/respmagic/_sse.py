"""Bytes to server-sent events, and back.

Follows the WHATWG HTML standard, section 9.2.6 "Interpreting an event stream", on bytes: lines end
at CR, LF or CRLF and nowhere else (``str.splitlines`` would also cut at U+2028 inside JSON), and a
line is decoded only when it is whole. It departs from the standard in one point: an event that the
end of the stream cuts short of its blank line is given out all the same, since several gateways end
so; whether its data is whole is for the reader of that data to say.
"""

from __future__ import annotations

__all__ = ["Decoder", "ServerSentEvent", "encode"]

_BOM = b"\xef\xbb\xbf"


ServerSentEvent = tuple[str, bytes]
"""One event: its name (often empty: the JSON says the type) and its data."""


class Decoder:
    """Turns the chunks of one body, cut anywhere, into events."""

    def __init__(self) -> None:
        self._pending: list[bytes] = []
        self._started = False
        self._event = ""
        self._data: list[bytes] = []

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """The events that `chunk` completes."""
        if b"\n" not in chunk and b"\r" not in chunk:
            self._pending.append(chunk)
            return []  # a long line is joined once, when its end is there
        if self._pending or not self._started:
            chunk = self._taken(chunk)
        lines, rest = _split(chunk)
        if rest:
            self._pending.append(rest)
        return self._read(lines)

    def flush(self) -> list[ServerSentEvent]:
        """The event that the end of the body completes, if there is one."""
        lines, rest = _split(self._taken())
        return self._read([*lines, rest.removesuffix(b"\r"), b""])

    def _taken(self, chunk: bytes = b"") -> bytes:
        """What is pending and `chunk`, without the mark that may stand before the first line."""
        text = b"".join([*self._pending, chunk])
        self._pending = []
        if not self._started:
            text = text.removeprefix(_BOM)
            self._started = True
        return text

    def _read(self, lines: list[bytes]) -> list[ServerSentEvent]:
        events, data = [], self._data
        for line in lines:
            if not line:
                if data:
                    events.append((self._event, b"\n".join(data)))
                    data.clear()
                self._event = ""
            elif line.startswith(b"data:"):
                data.append(line[6:] if line.startswith(b" ", 5) else line[5:])
            elif line.startswith(b"event:"):
                self._event = line[6:].removeprefix(b" ").decode("utf-8", "replace")
            elif line == b"data":
                data.append(b"")
            # Comments and the fields id and retry say nothing that an answer needs.
        return events


def _split(text: bytes) -> tuple[list[bytes], bytes]:
    """Whole lines and the rest; a CR at the very end waits, for an LF may follow it."""
    held = b""
    if b"\r" in text:
        held = b"\r" if text.endswith(b"\r") else b""
        text = text[: len(text) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = text.split(b"\n")
    return lines, lines.pop() + held


def encode(data: bytes, event: str = "") -> bytes:
    """One event as bytes: `data` may hold line ends, `event` must not."""
    head = f"event: {event}\n".encode() if event else b""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return head + b"".join(b"data: " + line + b"\n" for line in lines) + b"\n"
