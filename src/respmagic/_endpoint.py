"""Where to ask, and one request with what has come of it: what the client works on."""

from __future__ import annotations

import contextlib
import copy
import math
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from respmagic import _secrets
from respmagic._dialects.base import Dialect, Reader
from respmagic._dialects.errors import Asked
from respmagic._dialects.leaks import leak_note
from respmagic._dialects.profiles import PLAIN, Profile
from respmagic._items import Request, Response, State
from respmagic._retries import said_wait

__all__ = ["PENDING", "Endpoint", "Exchange", "asked_of"]

PENDING = frozenset({"queued", "in_progress", "truncated"})
"""What the status of an answer is that a server may be at work on, listened to or not."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and how.

    Attributes:
        base_url: without a slash at the end; the dialect's path is put behind it.
        dialect: what is spoken there.
        fallback: what is spoken if the server turns out not to know `dialect`.
        profile: what is particular to it, headers above all.
        api_key: sent in the header that the profile names; None where none is needed.
        key_env: the environment variable that holds the key, for advice.
        models: those that are known to be there, for advice.
        timeout: seconds without a byte after which the server is given up.
        retries: how often a request that got no answer, or a passing refusal, is sent again.
    """

    base_url: str
    dialect: Dialect
    api_key: str | None = field(default=None, repr=False)
    timeout: float | None = None
    retries: int = 2
    fallback: Dialect | None = None
    profile: Profile = PLAIN
    key_env: str = ""
    models: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _secrets.remember(self.api_key)

    def url(self, path: str, **further: Any) -> str:
        """The address of `path`, with what `further` stands in its query."""
        query = urllib.parse.urlencode({**self.profile.query, **further})
        return self.base_url.rstrip("/") + path + (f"?{query}" if query else "")

    @property
    def headers(self) -> dict[str, str]:
        """What goes along with each request, the key included."""
        headers = dict(self.profile.headers)
        if self.api_key:
            name = self.profile.key_header
            bearer = "Bearer " if name.lower() == "authorization" else ""
            headers[name] = bearer + self.api_key
        return headers


def asked_of(endpoint: Endpoint, model: str, headers: Mapping[str, str]) -> Asked:
    """What advice on an answer with these `headers` depends on."""
    lower = {key.lower(): value for key, value in headers.items()}
    return Asked(
        url=endpoint.base_url,
        key_env=endpoint.key_env,
        has_key=bool(endpoint.api_key),
        model=model,
        models=endpoint.models,
        headers=lower,
        wait=said_wait(lower),
    )


class Exchange:
    """One request and what has come of it so far; read it at any time, from any thread.

    Attributes:
        body: the JSON body as sent.
        dialect: what it is written in.
        note: what is to be said beside the answer of how it was asked; else "".
        remark: the same of what the server keeps.
        pauses: how often the request was, or is just going to be, sent again.
        sent: when it was sent, by the monotonic clock; None before that.
        first: when the first token of its answer came; None where it does not stream.
        ended: when all of the answer was there.
    """

    def __init__(
        self, request: Request, dialect: Dialect, note: str = "", *, name: str = ""
    ) -> None:
        self.request = request
        self._name = name
        self.remark = ""
        self.sent: float | None = None
        self.first: float | None = None
        self.ended: float | None = None
        self.pauses = 0
        self._pause: tuple[str, float] | None = None
        self.write(dialect, note)

    def write(self, dialect: Dialect, note: str = "") -> None:
        """Write the request in `dialect`, as if it had not been sent.

        Raises:
            OptionError: if it cannot be said there.
        """
        self.body: Mapping[str, Any] = dialect.encode(self.request)
        self.dialect = dialect
        self.note = note
        self.reader = self.new_reader()

    def new_reader(self) -> Reader:
        """What reads an answer from its beginning."""
        return Reader(self.dialect, counts=self.is_background)

    @property
    def is_background(self) -> bool:
        """Whether the server is to work on whoever listens."""
        return bool(self.request.parameters.get("background"))

    @property
    def goes_on(self) -> bool:
        """Whether the server may be at work still, and can be asked for the rest."""
        return self.is_background and bool(self.name) and self.response.status in PENDING

    @property
    def name(self) -> str:
        """What the server calls the answer; "" while it has not said."""
        return self.response.id or self._name

    def again(self) -> Exchange:
        """The same as far as it has come, to go on by itself."""
        other = copy.copy(self)
        other.reader = copy.deepcopy(self.reader)
        return other

    def going(self) -> None:
        """It is sent now; one that goes on with an answer that broke off was sent before."""
        if self.first is None:
            self.sent = time.monotonic()

    def heard(self, reader: Reader) -> None:
        """Something came."""
        if self.first is None and reader.has_begun:
            self.first = time.monotonic()

    def go_on_from(self, state: State | None, remark: str) -> None:
        """Write the request anew, with the server keeping this of it, and say why."""
        self.request = replace(self.request, state=state)
        self.write(self.dialect, self.note)
        self.remark = remark

    @property
    def notice(self) -> str:
        """What is being waited for, while a request is to be sent again; else ""."""
        if (pause := self._pause) is None:
            return self._pending_notice()
        reason, end = pause
        seconds = math.ceil(max(end - time.monotonic(), 0.0))
        return f"{reason}, trying again in {seconds} s, Ctrl-C to stop"

    def _pending_notice(self) -> str:
        """What is said while a job has nothing to show; else ""."""
        if not self.is_background or not self.name or self.response.output:
            return ""
        status = self.response.raw.get("status")
        said = str(status).replace("_", " ") if status in PENDING else "in progress"
        return f"{said} at the server, which goes on if you stop waiting"

    @contextlib.contextmanager
    def waiting(self, reason: str, seconds: float) -> Iterator[None]:
        """While this is entered, the notice tells of it."""
        self.pauses += 1
        self._pause = reason, time.monotonic() + seconds
        try:
            yield
        finally:
            self._pause = None

    @contextlib.contextmanager
    def pausing(self, reason: str, seconds: float) -> Iterator[None]:
        """While this is entered, the notice tells of it; then the answer begins anew."""
        with self.waiting(reason, seconds):
            yield
        self.reader = self.new_reader()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said beside the answer: how it was asked, what the server missed in it."""
        missed = leak_note(self.response, offers_tools=bool(self.request.tools))
        return tuple(filter(None, (self.note, self.remark, missed)))

    @property
    def response(self) -> Response:
        """The answer as far as it is known."""
        return self.reader.response()
