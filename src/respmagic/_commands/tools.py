"""`%responses tools`: what the model is told of functions."""

from __future__ import annotations

from respmagic._namespace import marked_functions, named_functions
from respmagic._session import Session
from respmagic._tools import readable, tools_by_name

__all__ = ["show_tools"]


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
    return "\n".join(
        readable(tool) for tool in tools_by_name(functions, session.objects()).values()
    )
