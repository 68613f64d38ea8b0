"""Tools that run on the server: how they are asked for, and what is asked to be told of them.

Source: the tools and the ``include`` list of the Responses API.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from respmagic import _secrets
from respmagic._dialects.profiles import Profile
from respmagic._exceptions import OptionError
from respmagic._items import Item
from respmagic._spelling import did_you_mean

__all__ = ["hosted_named", "hosted_tools", "included", "label_of"]

# What a tool found is told only if it is asked for.
_TOLD = {
    "web_search": "web_search_call.action.sources",
    "web_search_preview": "web_search_call.action.sources",
    "file_search": "file_search_call.results",
    "code_interpreter": "code_interpreter_call.outputs",
}
_EXAMPLE = "{'type': 'code_interpreter', 'container': {'type': 'auto'}}"


def hosted_tools(options: Mapping[str, Any], profile: Profile) -> tuple[Item, ...]:
    """The definitions of the tools of the server that are to be offered.

    Args:
        options: ``web_search``, whether to search, or further fields of that tool, and
            ``hosted``, one or a list of definitions.
        profile: the gateway.

    Raises:
        OptionError: if one is no such definition, or if the gateway has no such tools.
    """
    given = options.get("hosted") or ()
    found = [given] if isinstance(given, Mapping) else list(given)
    for tool in found:
        _check(tool)
        _remember(tool)
    if search := options.get("web_search"):
        found = _with_search(search if isinstance(search, Mapping) else {}, found)
    if found and not profile.hosted:
        raise OptionError(
            f"{profile.name} has no tools of its own such as {label_of(found[0])}: ask another "
            "gateway (-p, --base-url)"
        )
    return tuple(dict(tool) for tool in found)


def _with_search(search: Mapping[str, Any], tools: list[Any]) -> list[Any]:
    """`tools` with that one, unless one of them is a web search and says how."""
    if not any(_TOLD.get(tool["type"]) == _TOLD["web_search"] for tool in tools):
        return [{"type": "web_search", **search}, *tools]
    if search:
        raise OptionError("the web search is said twice: in web_search= and in hosted=")
    return tools


def _check(tool: Any) -> None:
    if not isinstance(tool, Mapping) or not isinstance(kind := tool.get("type"), str):
        raise OptionError(f"a tool of the server is an object such as {_EXAMPLE}, not {tool!r:.80}")
    if kind == "function":
        raise OptionError("a function of the notebook is offered by --tools (tools=)")


def _remember(tool: Mapping[str, Any]) -> None:
    """Have the keys that a server of tools is to be sent scrubbed from all that is shown."""
    headers = tool.get("headers")
    values = headers.values() if isinstance(headers, Mapping) else ()
    for value in (tool.get("authorization"), *values):
        if isinstance(value, str):
            _secrets.remember(value)
            _secrets.remember(value.rpartition(" ")[2])


def label_of(tool: Item) -> str:
    """What people call a tool of the server."""
    label = tool.get("server_label")
    return f"{tool['type']} {label}" if isinstance(label, str) and label else str(tool["type"])


def included(tools: Iterable[Item], profile: Profile) -> list[str]:
    """The ``include`` list that has the server tell what these tools found; [] for none."""
    told = [_TOLD[tool["type"]] for tool in tools if tool["type"] in _TOLD]
    if not told or not profile.tells:
        return []
    return list(dict.fromkeys([*profile.include, *told]))


def hosted_named(words: Iterable[str], namespace: Mapping[str, Any]) -> list[Any]:
    """What the words on a cell's line stand for: JSON, or a variable that holds a definition.

    Raises:
        OptionError: if one is neither.
    """
    found: list[Any] = []
    for word in words:
        value = namespace[word] if word in namespace else _json(word, namespace)
        found += value if isinstance(value, list | tuple) else [value]
    return found


def _json(word: str, namespace: Mapping[str, Any]) -> Any:
    if word.isidentifier():
        hint = did_you_mean(word, [name for name in namespace if not name.startswith("_")])
        raise OptionError(f"--hosted {word}: there is no such variable{hint}, and it is no JSON")
    try:
        return json.loads(word)
    except ValueError as error:
        raise OptionError(f"--hosted {word!r:.80} is no JSON ({error})") from None
