"""What is asked in a panel: the keywords it was made with, a turn's own, and the cell of a turn."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any

from respmagic._conversations import Conversation
from respmagic._exceptions import OptionError
from respmagic._inputs import Inputs, uploaded
from respmagic._line import written
from respmagic._mark import mark_of
from respmagic._options import OPTIONS
from respmagic._parameters import refuse_unknown
from respmagic._respond import respond

__all__ = ["OF_THE_PROMPT", "Asked", "cell_of", "split_settings"]

OF_THE_PROMPT = frozenset({"template", "images", "files"})
"""The keywords of `respmagic.respond` that say what is asked; the others say how."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked.

    Attributes:
        prompt: the text.
        options: the keywords of `respmagic.respond` that went along.
        extra: further parameters of the request.
        uploads: name and content of the files that the browser sent.
    """

    prompt: str
    options: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    uploads: tuple[tuple[str, bytes], ...] = ()

    @property
    def attached(self) -> tuple[str, ...]:
        """What to call all that goes along beside the text."""
        given = [each for n in ("images", "files") for each in _listed(self.options.get(n))]
        return (*map(_called, given), *(name for name, _ in self.uploads))

    def given(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """The keywords of `respmagic.respond`, files among them, and what was done to these.

        Raises:
            OptionError: if one of the files cannot be sent.
        """
        if not self.uploads:
            return dict(self.options), ()
        files = sum((uploaded(data, name) for name, data in self.uploads), Inputs())
        given = [*_listed(self.options.get("files")), *files.parts]
        return {**self.options, "files": given}, files.notes


def split_settings(settings: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The keywords of `respmagic.respond` among them, and further parameters of the request.

    Raises:
        OptionError: if one is misspelled, or is nothing that a panel could be told.
    """
    keywords = set(inspect.signature(respond).parameters) - {"prompt", "show", "extra"}
    given = {name: value for name, value in settings.items() if name in keywords}
    extra = {name: value for name, value in settings.items() if name not in keywords}
    for name in ("prompt", "show"):
        if name in extra:
            raise OptionError(f"a panel takes no {name}: it asks and shows by itself")
    refuse_unknown(dict.fromkeys(keywords) | given, extra)
    return {name: value for name, value in given.items() if value is not None}, extra


def cell_of(asked: Asked, namespace: Mapping[str, Any]) -> str:
    """The `%%responses` cell that asks the same.

    Objects stand there by the names of their variables, files from the browser by theirs, as if
    they lay beside the notebook. What no cell can say, such as a key, is left out.

    Args:
        asked: what was asked.
        namespace: the user's variables.
    """
    names = {option.name for option in OPTIONS}
    spelled = {n: _spelled(v, namespace) for n, v in asked.options.items() if n in names}
    files = [file for file in _listed(spelled.pop("files", None)) if isinstance(file, str)]
    files += [name for name, _ in asked.uploads]
    more: dict[str, Any] = {"files": files or None, "extra": asked.extra or None}
    if isinstance(search := spelled.get("web_search"), Mapping):
        del spelled["web_search"]
        tools = [{"type": "web_search", **search}, *_listed(spelled.get("hosted"))]
        spelled["hosted"] = tools
    # A cell fills in what stands between double braces, unless it is told not to.
    raw = not spelled.pop("template", False) and "{{" in asked.prompt
    options = {**spelled, **more, "template": False if raw else None}
    return written({n: v for n, v in options.items() if v is not None}, asked.prompt)


def _spelled(value: Any, namespace: Mapping[str, Any]) -> Any:
    """A value as the option of a cell holds it; None if it cannot."""
    if isinstance(value, Conversation):
        return value.name
    if isinstance(value, list | tuple):
        words = (_spelled(each, namespace) for each in value)
        return tuple(word for word in words if word is not None)
    if value is None or isinstance(value, str | int | float | Mapping):
        return value
    if (mark := mark_of(value)) is not None and mark.name:
        return mark.name
    bound = [name for name, known in list(namespace.items()) if known is value]
    return next((name for name in bound if not name.startswith("_")), None)


def _called(value: Any) -> str:
    """What to call an image or a file: as it was named, else what it is."""
    if isinstance(value, Mapping):  # the part of a message
        return str(value.get("filename") or str(value.get("type")).removeprefix("input_"))
    return str(value) if isinstance(value, str | PathLike) else type(value).__name__


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
