"""What tools of the server did, in a few words and parts to show: one row a type of item.

Source: the output items of the Responses API. Whatever a server leaves out is left out here; an
item of a type that stands in no row becomes a line that names it.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from respmagic._approval import Decision
from respmagic._images import GeneratedImage, image_in
from respmagic._items import Item

__all__ = ["Facts", "Part", "facts_of", "images_of"]

_DOING = ("in_progress", "searching", "interpreting", "generating", "listing", "calling")


class Part(NamedTuple):
    """A part of a card.

    Attributes:
        kind: ``text``, ``code`` (then `label` is its language), ``link`` (then `label` stands for
            it) or ``image``.
        label: what stands before it.
        content: the text, the URL, or a `GeneratedImage`.
    """

    kind: str
    label: str
    content: Any


class Facts(NamedTuple):
    """What is to be said of an item.

    Attributes:
        tool: which tool it is.
        subject: what it was given.
        outcome: what came of it; "" for nothing.
        status: ``running``, ``done`` or ``failed``.
        parts: what stands behind it.
    """

    tool: str
    subject: str
    outcome: str
    status: str
    parts: tuple[Part, ...]


def facts_of(item: Item, decision: Decision | None = None) -> Facts:
    """What is to be said of `item`.

    Args:
        item: of any type but messages, reasoning and calls of the notebook's own tools.
        decision: what the user said, if it asks for approval and has been answered.
    """
    kind, status = item["type"], str(item.get("status") or "")
    if kind == "mcp_approval_request":
        return _approval(item, decision)
    name, read = _ROWS.get(kind, (kind, _opaque))
    subject, outcome, parts = read(item)
    is_running = status in _DOING and not outcome
    has_failed = status in ("failed", "incomplete") or bool(item.get("error"))
    said = f"{status.replace('in_progress', 'running')}…" if is_running else outcome
    how = "running" if is_running else "failed" if has_failed else "done"
    said = said or ("" if status == "completed" else status)
    return Facts(name, subject, said, how, tuple(parts))


Read = tuple[str, str, Iterator[Part] | tuple[Part, ...]]


def _text(value: Any) -> str:
    """A field as text; JSON for what is none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    listed = value if isinstance(value, list | tuple) else ()
    return [entry for entry in listed if isinstance(entry, Mapping)]


def _texts(value: Any) -> list[str]:
    return [_text(entry) for entry in value] if isinstance(value, list | tuple) else []


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""


def _web_search(item: Item) -> Read:
    action = _mapping(item.get("action"))
    sources = [_text(source.get("url")) for source in _mappings(action.get("sources"))]
    links = (Part("link", url, url) for url in sources if url)
    url = _text(action.get("url"))
    match action.get("type"):
        case "open_page":
            return "open", url, (Part("link", url, url),)
        case "find_in_page" | "find":
            return _text(action.get("pattern")), f"in {url}", (Part("link", url, url),)
    queries = _texts(action.get("queries")) or [_text(action.get("query"))]
    return "; ".join(filter(None, queries)), _several(len(sources), "source"), links


def _file_search(item: Item) -> Read:
    results = _mappings(item.get("results"))
    parts = (Part("text", _found_in(result), _text(result.get("text"))) for result in results)
    return "; ".join(_texts(item.get("queries"))), _several(len(results), "result"), parts


def _found_in(result: Mapping[str, Any]) -> str:
    name, score = _text(result.get("filename") or result.get("file_id")), result.get("score")
    return f"{name} ({score:.2f})" if isinstance(score, int | float) else name


def _code(item: Item) -> Read:
    code = _text(item.get("code"))
    outputs = _mappings(item.get("outputs"))
    return next(iter(code.strip().splitlines()), ""), _ran(outputs), _code_parts(code, outputs)


def _ran(outputs: list[Mapping[str, Any]]) -> str:
    logs = [line for out in outputs for line in _text(out.get("logs")).strip().splitlines()]
    images = sum(out.get("type") == "image" for out in outputs)
    return "; ".join(filter(None, [logs[-1] if logs else "", _several(images, "image")]))


def _code_parts(code: str, outputs: list[Mapping[str, Any]]) -> Iterator[Part]:
    if code.strip():
        yield Part("code", "python", code)
    for output in outputs:
        url = _text(output.get("url"))
        if output.get("type") != "image":
            yield Part("text", "logs", _text(output.get("logs")))
        elif (image := image_in(url)) is not None:
            yield Part("image", "", image)
        else:
            yield Part("link", "image on the server", url)


def _image(item: Item) -> Read:
    image = _generated(item)
    parts = () if image is None else (Part("image", "", image),)
    prompt = _text(item.get("revised_prompt"))
    return prompt, "1 image" if item.get("result") else "", parts


def _generated(item: Item) -> GeneratedImage | None:
    data = _text(item.get("result") or item.get("partial_image_b64"))
    return image_in(data, _text(item.get("revised_prompt")))


def _tools(item: Item) -> Read:
    tools = _mappings(item.get("tools"))
    parts = (
        Part("text", _text(tool.get("name")), _text(tool.get("description"))) for tool in tools
    )
    error = _text(item.get("error"))
    return _label(item), error or _several(len(tools), "tool"), parts


def _server_call(item: Item) -> Read:
    arguments, output, error = (_text(item.get(key)) for key in ("arguments", "output", "error"))
    parts = (
        Part("text", "arguments", arguments),
        Part("text", "output", output),
        Part("text", "error", error),
    )
    return f"{_label(item)}({arguments})", f"failed: {error}" if error else output, parts


def _label(item: Item) -> str:
    """A call's name, with its server if it has one."""
    return ".".join(filter(None, [_text(item.get("server_label")), _text(item.get("name"))]))


def _approval(item: Item, decision: Decision | None) -> Facts:
    arguments = _text(item.get("arguments"))
    parts = (Part("text", "arguments", arguments),)
    subject = f"{_label(item)}({arguments})"
    if decision is None:
        return Facts("approval", subject, "asks whether it may run", "running", parts)
    because = f": {decision.reason}" if decision.reason else ""
    outcome = "allowed" if decision.allowed else f"not allowed{because}"
    return Facts("approval", subject, outcome, "done" if decision.allowed else "failed", parts)


def _shell(item: Item) -> Read:
    action = _mapping(item.get("action"))
    commands = _texts(action.get("commands")) or [shlex.join(_texts(action.get("command")))]
    return " && ".join(commands), "", (Part("code", "bash", "\n".join(commands)),)


def _shell_output(item: Item) -> Read:
    outputs = _mappings(item.get("output"))
    codes = [_text(_mapping(out.get("outcome")).get("exit_code")) for out in outputs]
    ended = ", ".join(f"exit code {code}" for code in codes if code)
    texts = [
        Part("text", name, _text(out.get(name))) for out in outputs for name in ("stdout", "stderr")
    ]
    if isinstance(item.get("output"), str):
        texts.append(Part("text", "output", item["output"]))
    return "", ended, tuple(texts)


def _patch(item: Item) -> Read:
    operation = _mapping(item.get("operation"))
    subject = f"{_text(operation.get('type'))} {_text(operation.get('path'))}".strip()
    return subject, "", (Part("code", "diff", _text(operation.get("diff"))),)


def _computer(item: Item) -> Read:
    action = _mapping(item.get("action"))
    return _text(action.get("type")), "", (Part("text", "action", _text(action)),)


def _custom(item: Item) -> Read:
    text = _text(item.get("input"))
    return f"{_label(item)}({text})", "", (Part("text", "input", text),)


def _output(item: Item) -> Read:
    return "", _text(item.get("output")), (Part("text", "output", _text(item.get("output"))),)


def _search(item: Item) -> Read:
    return _text(item.get("arguments")), "", ()


def _compacted(_: Item) -> Read:
    return "", "what was said before is kept in short by the server", ()


def _opaque(_: Item) -> Read:
    return "", "", ()


# type of the item -> what the tool is called, and how the item is read
_ROWS: dict[str, tuple[str, Callable[[Item], Read]]] = {
    "web_search_call": ("web search", _web_search),
    "file_search_call": ("file search", _file_search),
    "code_interpreter_call": ("code interpreter", _code),
    "image_generation_call": ("image generation", _image),
    "mcp_list_tools": ("tools of", _tools),
    "mcp_call": ("server tool", _server_call),
    "shell_call": ("shell", _shell),
    "shell_call_output": ("shell output", _shell_output),
    "local_shell_call": ("local shell, not run here:", _shell),
    "local_shell_call_output": ("local shell output", _shell_output),
    "apply_patch_call": ("patch, not applied here:", _patch),
    "apply_patch_call_output": ("patch output", _shell_output),
    "computer_call": ("computer, not run here:", _computer),
    "custom_tool_call": ("custom tool", _custom),
    "custom_tool_call_output": ("custom tool output", _output),
    "tool_search_call": ("tool search", _search),
    "tool_search_output": ("tools found", _tools),
    "compaction": ("compaction", _compacted),
}


def images_of(items: Iterator[Item]) -> Iterator[GeneratedImage]:
    """The pictures that tools of the server made, in order."""
    for item in items:
        if item["type"] == "image_generation_call" and item.get("result"):
            if (image := _generated(item)) is not None:
                yield image
        elif item["type"] == "code_interpreter_call":
            for output in _mappings(item.get("outputs")):
                if (image := image_in(_text(output.get("url")))) is not None:
                    yield image
