"""What a run leaves in the notebook: `Result`, which shows itself as one HTML and text bundle."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping
from typing import Any

from respmagic import _secrets
from respmagic._calls import ToolCall
from respmagic._cards import entry_html, entry_text, last_line
from respmagic._citations import Citation, citations_of
from respmagic._conversations import Conversation
from respmagic._exceptions import Interrupted, OutputCutOff, TruncatedError
from respmagic._images import GeneratedImage
from respmagic._items import Response, Usage
from respmagic._markdown import STYLE, escape_prose
from respmagic._pace import first_token_seconds, tokens_per_second
from respmagic._plan import Plan
from respmagic._server_items import images_of
from respmagic._transcript import Run, total_usage

__all__ = ["Result", "run_body", "run_html", "wrapped"]


class Result:
    """The outcome of one run, whole or partial.

    Attributes:
        text: the model's last answer; "" if none came.
        citations: the pages and files that the answers refer to, in order.
        images: the pictures that tools of the server made, in order.
        parsed: that answer as a value of the type that was asked for; None where none was.
        reasoning: the reasoning of the last answer, as far as the server shows it.
        tool_calls: the calls that were run, each with the live Python value as ``result``.
        responses: one a request, in order.
        requests: the JSON bodies as sent, in order, secrets masked.
        usage: tokens of all responses together, or None where no server said.
        status: ``completed``, ``incomplete``, ``truncated``, ``failed``, ``interrupted``, or
            ``not sent`` where the request was only to be shown.
        error: what ended the run, if it did not end well.
        model: the model that answered, as the server names it.
        elapsed: seconds from the first request to the end.
        first_token_seconds: from the first request to its first token; None where nothing streamed.
        tokens_per_second: those of all answers, from each first token on; None where not known.
        tools: the names of the tools that were offered.
        conversation: the `Conversation` that it is of, or None where it stands alone.
        run: all of the above as it happened, for whoever shows it.
        plan: what was done, so that it may be done again.
    """

    def __init__(self, run: Run, *, verbose: bool = False, plan: Plan | None = None) -> None:
        self.run = run
        self.plan = plan
        self._verbose = verbose
        self._plain_once: str | None = None
        self.conversation: Conversation | None = None
        self.responses: tuple[Response, ...] = tuple(run.responses)
        self.tool_calls: tuple[ToolCall, ...] = tuple(run.calls)
        self.requests: tuple[Mapping[str, Any], ...] = tuple(
            _secrets.scrub(exchange.body) for exchange in run.exchanges
        )
        if run.unsent is not None:
            self.requests = (_secrets.scrub(run.unsent.body),)
        self.parsed: Any = run.parsed
        self.error = run.error
        self.elapsed = run.seconds
        self.first_token_seconds = first_token_seconds(run.exchanges)
        self.tokens_per_second = tokens_per_second(run.exchanges)
        self.tools = run.offered

    @property
    def text(self) -> str:
        return self.responses[-1].text if self.responses else ""

    @property
    def reasoning(self) -> str:
        return self.responses[-1].reasoning if self.responses else ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        return citations_of(self.responses)

    @functools.cached_property
    def images(self) -> tuple[GeneratedImage, ...]:
        return tuple(images_of(item for response in self.responses for item in response.output))

    @property
    def usage(self) -> Usage | None:
        return total_usage(list(self.responses))

    @property
    def model(self) -> str:
        return self.run.model

    @property
    def status(self) -> str:
        if self.run.unsent is not None:
            return "not sent"
        if isinstance(self.error, Interrupted):
            return "interrupted"
        if isinstance(self.error, TruncatedError):
            return "truncated"
        if isinstance(self.error, OutputCutOff):
            return "incomplete"
        if self.error is not None or not self.responses:
            return "failed"
        return self.responses[-1].status

    def to_frame(self, what: str = "tool_calls") -> Any:
        """The run as a pandas DataFrame.

        Args:
            what: ``tool_calls``, a row a call (name, arguments, result, error, seconds), or
                ``parsed``, a row for each value of a list that was asked for.

        Raises:
            ValueError: if it is neither, or if nothing was parsed.
        """
        pandas = importlib.import_module("pandas")  # never imported when not asked for
        if what == "parsed":
            if self.run.form is None:
                raise ValueError("nothing was parsed: ask for a type by --schema (schema=)")
            if self.parsed is None:
                raise ValueError(
                    "nothing was parsed: the answer holds no value (see .error, .text)"
                )
            return pandas.DataFrame(self.run.form.rows(self.parsed))
        if what != "tool_calls":
            raise ValueError(f"to_frame takes 'tool_calls' or 'parsed', not {what!r}")
        columns = ("name", "arguments", "result", "error", "seconds")
        rows = [[getattr(call, column) for column in columns] for call in self.tool_calls]
        return pandas.DataFrame(rows, columns=list(columns))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        calls = f", {len(self.tool_calls)} tool calls" if self.tool_calls else ""
        text = self.text if len(self.text) <= 60 else self.text[:59] + "…"
        who = self.model or "no model"
        return f"<Result {self.status}, {who}{calls}: {_secrets.scrub(text)!r}>"

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        plain, self._plain_once = self._plain_once, None
        if plain is not None:  # a terminal has shown the rest while it came
            return {"text/plain": plain}
        html = run_html(self.run, self.status, verbose=self._verbose)
        return {"text/html": html, "text/plain": self._plain()}

    def _plain(self) -> str:
        texts = [entry_text(entry) for entry in self.run.entries()]
        line = last_line(self.run, self.status, verbose=self._verbose)
        return "\n\n".join([*filter(None, texts), f"[{line}]"])

    def shorten_once(self) -> None:
        """Show only the last line the next time: the terminal has printed the rest already."""
        self._plain_once = f"[{last_line(self.run, self.status, verbose=self._verbose)}]"


def run_html(run: Run, status: str, *, verbose: bool = False) -> str:
    """A run as one piece of inert HTML, with its style sheet."""
    return run_body(run, status, verbose=verbose) + STYLE


def run_body(run: Run, status: str, *, verbose: bool = False) -> str:
    """The same without the style sheet, where that is on the page already."""
    entries = "".join(entry_html(entry, verbose=verbose) for entry in run.entries())
    line = escape_prose(_secrets.scrub(last_line(run, status, verbose=verbose)))
    return wrapped(f'{entries}<p class="respmagic-line"><small>{line}</small></p>')


def wrapped(html: str) -> str:
    """`html` in the element that our style sheet speaks of."""
    return f'<div class="respmagic">{html}</div>'
