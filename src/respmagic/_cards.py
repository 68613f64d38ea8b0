"""What is shown of a run, as inert HTML and as plain text: cards, answers, the last line."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from respmagic import _secrets
from respmagic._calls import TOLD, ToolCall
from respmagic._capture import Printed
from respmagic._citations import Citation
from respmagic._describe import safe_repr
from respmagic._highlight import highlight
from respmagic._images import MIME_TYPES, GeneratedImage
from respmagic._items import Usage, shortened
from respmagic._links import link_html
from respmagic._markdown import (
    clean,
    escape,
    escape_prose,
    sanitize_html,
    strip_ansi,
    to_html,
)
from respmagic._pace import first_token_seconds, tokens_per_second
from respmagic._pictures import NOTE, picture_bundle
from respmagic._server_items import Facts, Part, facts_of
from respmagic._transcript import Entry, Run, Unsent, total_usage
from respmagic._values import answer_html, answer_text

__all__ = ["arguments_html", "entry_html", "entry_text", "last_line", "value_bundle"]

_TEXT_LIMIT = 10_000
_HTML_LIMIT = 200_000
_IMAGE_LIMIT = 5_000_000
_SUMMARY_LIMIT = 80
_PLAIN_TYPES = (str, int, float, bool, type(None), list, tuple, dict, set)
# What is another one each time: an object's address, the process in a warning's file name.
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+|(?<=ipykernel)_\d+(?=[/\\])")
_STATES = {
    "waiting": "not run",
    "queued": "waits for its turn",
    "asking": "may it run? The question is below",
    "running": "running…",
    "cancelled": "cancelled",
}


def value_bundle(shell: Any, value: Any) -> Mapping[str, Any]:
    """How `value` shows itself, by MIME type; nothing for plain values.

    Without a shell only pictures do, which the model may be given.
    """
    if isinstance(value, _PLAIN_TYPES):
        return {}
    bundle: dict[str, Any] = {}
    if shell is not None:
        wanted = {"text/html", "text/plain", *MIME_TYPES}
        bundle, _ = shell.display_formatter.format(value, include=wanted)
    return (
        bundle if any(bundle.get(mime) for mime in MIME_TYPES) else bundle | picture_bundle(value)
    )


def entry_html(entry: Entry, *, verbose: bool = False) -> str:
    """One entry as inert HTML."""
    return _HTML[entry.kind](entry, verbose)


def entry_text(entry: Entry) -> str:
    """One entry as plain text; an answer is the model's own Markdown."""
    return _TEXT[entry.kind](entry.content)


def _text_html(entry: Entry, _: bool) -> str:
    return to_html(_secrets.scrub(entry.content), finished=entry.finished)


def _value_html(entry: Entry, _: bool) -> str:
    text, form = entry.content
    return answer_html(text, form, finished=entry.finished)


def _refusal_html(entry: Entry, _: bool) -> str:
    return f"<p><em>The model declined:</em> {escape_prose(_secrets.scrub(entry.content))}</p>"


def _reasoning_html(entry: Entry, verbose: bool) -> str:
    """Reasoning in a block that opens; how long it took only while it goes on, or if `verbose`."""
    thought, finished = entry.content, entry.finished
    facts = ["Reasoning" if finished else "Reasoning…"]
    if thought.seconds is not None and (verbose or not finished):
        facts.append(f"{thought.seconds:.0f} s")
    if thought.tokens is not None:
        facts.append(f"{thought.tokens:,} tokens")
    elif thought.text and not finished:
        facts.append(f"some {len(thought.text) // 4:,} tokens")
    head = " · ".join(facts)
    if not thought.text.strip():
        return "" if finished else f"<p><em>{head}</em></p>"
    body = to_html(_secrets.scrub(thought.text), finished=finished)
    return f"<details><summary>{head}</summary>{body}</details>"


def _server_text(facts: Facts) -> str:
    outcome = f" → {_line(facts.outcome)}" if facts.outcome else ""
    return clean(f"[{_line(facts.tool)} {_line(facts.subject)}".rstrip() + f"{outcome}]")


def _server_html(facts: Facts) -> str:
    """What a tool of the server did, as a card that opens."""
    parts = "".join(map(_part_html, facts.parts))
    subject = f" <code>{escape(_line(facts.subject))}</code>" if facts.subject else ""
    outcome = f" → {escape_prose(_line(facts.outcome))}" if facts.outcome else ""
    head = f"{escape_prose(_line(facts.tool))}{subject}{outcome}"
    if not parts:
        return f'<p class="respmagic-item"><em>{head}</em></p>'
    is_open = " open" if any(part.kind == "image" for part in facts.parts) else ""
    kind = f"respmagic-call respmagic-{facts.status}"
    return f'<details class="{kind}"{is_open}><summary>{head}</summary>{parts}</details>'


def _part_html(part: Part) -> str:
    if part.kind == "image":
        return _image_html(part.content)
    content = str(part.content)
    if part.kind == "link":
        return f"<div>{link_html(_secrets.scrub(content), _line(part.label))}</div>"
    if part.kind == "code" and content.strip():
        return f"<pre><code>{highlight(clean(_shown(content)), part.label)}</code></pre>"
    return _labelled(_line(part.label), strip_ansi(content))


def _image_html(image: GeneratedImage) -> str:
    if len(image.data) > _IMAGE_LIMIT:
        return f"<div><small>an image of {len(image.data):,} bytes, in .images</small></div>"
    # Its bytes began as those of a picture, and base64 holds nothing that HTML would heed.
    data = base64.b64encode(image.data).decode()
    return f'<div><img src="data:{image.mime};base64,{data}" alt=""></div>'


def _citations_html(citations: Iterable[Citation]) -> str:
    items = "".join(
        f"<li>{link_html(_secrets.scrub(each.url), _line(each.title))}</li>" for each in citations
    )
    return f'<div class="respmagic-citations"><small>Sources</small><ol>{items}</ol></div>'


def _citations_text(citations: Iterable[Citation]) -> str:
    return "\n".join(clean(_citation_text(each)) for each in citations)


def _citation_text(each: Citation) -> str:
    url = "" if each.url == each.title else _secrets.scrub(each.url)
    return f"[{each.number}] {_line(each.title)} {' '.join(url.split())}".rstrip()


def call_text(call: ToolCall) -> str:
    """A call as one line of plain text."""
    remarks = "".join(f" [{remark}]" for remark in call.remarks)
    return clean(f"{_signature(call)} → {_outcome(call)}{remarks}")


def call_html(call: ToolCall, *, verbose: bool = False) -> str:
    """A call as a card that opens: its arguments, its output, its value."""
    parts = list(_card_parts(call))
    # A picture is what the call was made for: it need not be looked for.
    is_open = " open" if call.remarks or any("<img " in part for part in parts) else ""
    took = f" <small>{call.seconds:.2f} s</small>" if verbose and call.seconds is not None else ""
    head = f"<code>{escape(_signature(call))}</code> → {escape_prose(_outcome(call))}{took}"
    kind = f"respmagic-call respmagic-{call.status}"
    return f'<details class="{kind}"{is_open}><summary>{head}</summary>{"".join(parts)}</details>'


def _card_parts(call: ToolCall) -> Iterator[str]:
    yield from (_labelled("note", remark) for remark in call.remarks)
    yield arguments_html(call)
    for output in list(call.card.outputs):
        if isinstance(output, Printed):
            yield _labelled(output.stream, strip_ansi(output.text))
        else:
            yield _bundle_html(output.data)
    if call.status == "done":
        yield _bundle_html(call.bundle) if call.bundle else _labelled("result", call.output)
    elif call.status in ("failed", "denied"):
        yield _labelled("error, as the model was told", call.output)


def arguments_html(call: ToolCall) -> str:
    """The arguments of a call, a line each."""
    label = "arguments, changed by the user" if call.edited else "arguments"
    return _labelled(label, _arguments(call))


def _labelled(label: str, text: str) -> str:
    text = _shown(text)
    return (
        f"<div><small>{escape_prose(label)}</small><pre>{escape(text)}</pre></div>" if text else ""
    )


def _bundle_html(data: Mapping[str, Any]) -> str:
    """A MIME bundle as inert HTML: its picture, else its HTML, else its text."""
    for mime in MIME_TYPES:
        if isinstance(image := data.get(mime), str | bytes):
            # Pictures come from the user's own tools, as base64 that the formatter made, or bytes.
            text = image if isinstance(image, str) else base64.b64encode(image).decode()
            note = f"<div><small>{escape(data[NOTE])}</small></div>" if NOTE in data else ""
            picture = f'<img src="data:{mime};base64,{"".join(text.split())}">'
            return sanitize_html(picture) + note
    html = data.get("text/html")
    if isinstance(html, str) and len(html) <= _HTML_LIMIT:
        return f"<div>{sanitize_html(_secrets.scrub(_ADDRESS.sub('', html)))}</div>"
    return _labelled("", str(data.get("text/plain") or ""))


def _shown(text: str, limit: int = _TEXT_LIMIT) -> str:
    """`text` scrubbed, without memory addresses (they differ in every run), and cut."""
    text = _ADDRESS.sub("", _secrets.scrub(text))
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n… {len(text) - limit:,} more characters"


def _arguments(call: ToolCall) -> str:
    if isinstance(call.arguments, str):
        return call.arguments
    return "\n".join(f"{name} = {text}" for name, text in _literals(call))


def _literals(call: ToolCall) -> Iterator[tuple[str, str]]:
    """The arguments as Python has them; objects of the notebook by name."""
    for name, value in call.arguments.items():
        said = call.references.get(name)
        is_text = said is None or isinstance(value, str)  # where a text would do, too
        yield name, _literal(value) if is_text else _named(said)


def _named(said: Any) -> str:
    if isinstance(said, list):
        return f"[{', '.join(map(_named, said))}]"
    return said if isinstance(said, str) and said.isidentifier() else _literal(said)


def _literal(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return safe_repr(value)


def _signature(call: ToolCall) -> str:
    if isinstance(call.arguments, str):
        inside = call.arguments
    else:
        pairs = (f"{name}={text}" for name, text in _literals(call))
        inside = ", ".join(pairs)
    return f"{call.name}({_line(inside)})"


def _outcome(call: ToolCall) -> str:
    if call.status in _STATES:
        progress = f" {_line(call.progress)}" if call.progress and not call.is_over else ""
        return f"{_STATES[call.status]}{progress}"
    if call.status == "done":
        return _line(call.output)
    return f"{call.status}: {_line(call.output.removeprefix(TOLD))}"


def _line(text: str) -> str:
    """The beginning of `text` on one line."""
    line = " ".join(_ADDRESS.sub("", _secrets.scrub(text)).split())
    return line if len(line) <= _SUMMARY_LIMIT else line[: _SUMMARY_LIMIT - 1] + "…"


def _unsent_html(unsent: Unsent) -> str:
    body = highlight(_unsent_body(unsent), "json")
    return f"<pre>{escape(_unsent_head(unsent))}</pre><pre><code>{body}</code></pre>"


def _unsent_head(unsent: Unsent) -> str:
    lines = [f"POST {unsent.url}", *(f"{name}: {value}" for name, value in unsent.headers.items())]
    return clean(_secrets.scrub("\n".join(lines)))


def _unsent_body(unsent: Unsent) -> str:
    """The body as JSON; of the files in it how long they are."""
    text = json.dumps(_secrets.scrub(unsent.body), indent=2, ensure_ascii=False)
    return clean(shortened(text))


# kind of the entry -> how it looks
_HTML: dict[str, Callable[[Entry, bool], str]] = {
    "text": _text_html,
    "value": _value_html,
    "refusal": _refusal_html,
    "reasoning": _reasoning_html,
    "call": lambda entry, verbose: call_html(entry.content, verbose=verbose),
    "item": lambda entry, _: _server_html(facts_of(*entry.content)),
    "citations": lambda entry, _: _citations_html(entry.content),
    "unsent": lambda entry, _: _unsent_html(entry.content),
}
_TEXT: dict[str, Callable[[Any], str]] = {
    "text": lambda text: clean(_secrets.scrub(text)),
    "value": lambda content: answer_text(*content),
    "refusal": lambda text: f"The model declined: {clean(_secrets.scrub(text))}",
    "reasoning": lambda _: "",
    "call": call_text,
    "item": lambda content: _server_text(facts_of(*content)),
    "citations": _citations_text,
    "unsent": lambda unsent: f"{_unsent_head(unsent)}\n\n{_unsent_body(unsent)}",
}


def last_line(run: Run, status: str, *, verbose: bool = False) -> str:
    """What stands below an answer: model, how it ended, tokens, tools offered, notes.

    Times and ids only if `verbose`: a saved notebook is to be the same when it is run again.
    """
    responses = run.responses
    nothing = "nothing was sent" if run.unsent is not None else "no answer"
    parts = [run.model or nothing]
    if status != "completed" and run.unsent is None:
        parts.append(_ended(run, status))
    if (usage := total_usage(responses)) is not None:
        parts.append(_tokens(usage))
    parts.append(f"tools: {', '.join(run.offered)}" if run.offered else "no tools")
    parts += run.remarks
    if verbose:
        parts += _details(run)
    return clean(" · ".join(parts))


def _tokens(usage: Usage) -> str:
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    thought = f" ({usage.reasoning_tokens:,} reasoning)" if usage.reasoning_tokens else ""
    return f"{usage.input_tokens:,}{cached} + {usage.output_tokens:,}{thought} tokens"


def _ended(run: Run, status: str) -> str:
    details = run.responses[-1].incomplete_details if run.responses else None
    reason = details.get("reason") if details and status == "incomplete" else None
    return f"cut off: {reason}" if reason else status


def _details(run: Run) -> Iterator[str]:
    responses = run.responses
    yield f"{run.seconds:.2f} s"
    yield f"{len(responses)} request{'' if len(responses) == 1 else 's'}"
    if (first := first_token_seconds(run.exchanges)) is not None:
        yield f"first token after {first:.2f} s"
    if (rate := tokens_per_second(run.exchanges)) is not None:
        yield f"{rate:,.0f} tokens/s"
    yield from (response.id for response in responses if response.id)
