"""`%responses tools`: what the model is told of functions, and how they run."""

from __future__ import annotations

from collections.abc import Iterator

from respmagic._approval import is_among, rule_of
from respmagic._controls import clean
from respmagic._namespace import marked_functions, named_functions
from respmagic._placement import runs_on_main_thread
from respmagic._readable import parameter_lines
from respmagic._session import Session
from respmagic._tools import Tool, tools_by_name

__all__ = ["show_tools"]

_RULES = {
    "allow": "runs without a question",
    "ask": "asks before each call",
    "deny": "is never run",
}


def show_tools(line: str, session: Session) -> str:
    """What the model is told of the functions that `line` names, or of all that are marked.

    Raises:
        UnknownToolError: if a name stands for nothing.
        ToolDefinitionError: if a function cannot be described.
    """
    wanted = line.replace(",", " ").split()
    names = session.namespace
    functions = named_functions(names, wanted) if wanted else marked_functions(names)
    if not functions:
        return "No function is marked by @respmagic.tool."
    tools = tools_by_name(functions, session.objects())
    return clean("\n\n".join("\n".join(_lines(tool, session)) for tool in tools.values()))


def _lines(tool: Tool, session: Session) -> Iterator[str]:
    description = tool.definition["description"] or "(no description)"
    yield f"{tool.name}: {description}".replace("\n", "\n    ").replace("\n    \n", "\n\n")
    yield from parameter_lines(tool.signature.loose)
    yield f"    [{'; '.join(_manners(tool, session))}]"


def _manners(tool: Tool, session: Session) -> Iterator[str]:
    yield "strict" if tool.signature.strict else "not strict"
    yield _place(tool)
    yield _approval(tool, session)
    if tool.mark.timeout is not None:
        yield f"is stopped after {tool.mark.timeout:g} s"
    if tool.mark.max_output is not None:
        yield f"tells the model up to {tool.mark.max_output:,} characters"


def _place(tool: Tool) -> str:
    if tool.is_async:
        return "runs on a loop"
    return "runs on the main thread" if runs_on_main_thread(tool) else "runs in a thread"


def _approval(tool: Tool, session: Session) -> str:
    rule = rule_of(tool, None, session.settings.approve)
    if rule == "ask" and is_among(tool.function, session.allowed):
        return "is always allowed, as you said"
    return _RULES[rule]
