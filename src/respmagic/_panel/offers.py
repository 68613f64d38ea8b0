"""What a panel offers to choose from: gateways, models, conversations, tools, variables.

The notebook is looked at on the main thread, gateways are asked on the worker loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from respmagic._exceptions import RespmagicError
from respmagic._gateways import Gateway, known_profiles
from respmagic._mark import mark_of
from respmagic._models import models_of
from respmagic._namespace import marked_by_name
from respmagic._session import Session

__all__ = ["Noticed", "functions_by_name", "listed", "noticed"]

LIST_SECONDS = 15.0
_MOST_VARIABLES = 500


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the notebook has just now.

    Attributes:
        profiles, conversations, tools, variables: their names.
    """

    profiles: tuple[str, ...]
    conversations: tuple[str, ...]
    tools: tuple[str, ...]
    variables: tuple[str, ...]


def noticed(session: Session, tools: Any) -> Noticed:
    """Look at the notebook; on the main thread.

    Args:
        session: the notebook.
        tools: the functions, or their names, that the panel was told to offer; None for those that
            are marked.
    """
    return Noticed(
        profiles=tuple(known_profiles(session.settings.profiles)[0]),
        conversations=tuple(session.conversations),
        tools=tuple(functions_by_name(session.namespace, tools)),
        variables=_variables(session.namespace),
    )


def functions_by_name(namespace: Mapping[str, Any], tools: Any) -> dict[str, Any]:
    """The functions to be offered by name; those that the panel was told of may be names, too."""
    if tools is None:
        return dict(marked_by_name(namespace))
    return {_name_of(tool): tool for tool in ([tools] if isinstance(tools, str) else tools)}


def _name_of(tool: Any) -> str:
    mark = mark_of(tool)
    return str((mark and mark.name) or (tool if isinstance(tool, str) else tool.__name__))


def _variables(namespace: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the notebook's data."""
    found = [
        name
        for name, value in list(namespace.items())
        if not name.startswith("_")
        and name not in ("In", "Out", "exit", "quit", "get_ipython", "open")
        and not issubclass(type(value), type | ModuleType)
        and not callable(value)
    ]
    return tuple(found[-_MOST_VARIABLES:])


async def listed(gateway: Gateway, show: Callable[[tuple[str, ...], str], None]) -> None:
    """Have the gateway's models shown, or why there are none.

    Args:
        gateway: whom to ask; that may take a while.
        show: takes the names, and what is to be said of it.
    """
    try:
        models = await models_of(gateway, LIST_SECONDS)
    except RespmagicError as error:
        show((), str(error))
    else:
        show(tuple(model.name for model in models), "")
