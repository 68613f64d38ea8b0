"""Types that JSON cannot carry as names of notebook objects: a DataFrame becomes an enum of names.

pydantic is told by a mark in the type hint. It asks the resolver for the names when a schema is
made and for the object when arguments are validated, so that both are as the notebook is then.
"""

from __future__ import annotations

import collections.abc
import datetime as dt
import numbers
from collections import deque
from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Protocol, Union, get_args, get_origin

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from respmagic._describe import type_name

__all__ = ["Resolver", "refers", "with_references", "with_text"]


class Resolver(Protocol):
    """Knows the objects of a notebook by name."""

    def offered(self, kind: type) -> Mapping[str, str]:
        """The names of those of a class, a few words about each."""

    def found(self, name: str, kind: type) -> Any:
        """The object of that name.

        Raises:
            LookupError: if there is none, or if it is of another class; the message is for the
                model.
        """


class _Reference:
    """The mark in a type hint.

    Args:
        kind: the class of the objects.
        resolver: who knows them.
        text: what is said of the parameter.
    """

    def __init__(self, kind: type, resolver: Resolver, text: str = "") -> None:
        self.kind = kind
        self.resolver = resolver
        self.text = text

    def __deepcopy__(self, _: Any) -> _Reference:
        return self  # pydantic copies hints now and then, and with this one all of the notebook

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> Any:
        return core_schema.no_info_plain_validator_function(self._object)

    def __get_pydantic_json_schema__(self, _: Any, __: GetJsonSchemaHandler) -> dict[str, Any]:
        offered = self.resolver.offered(self.kind)
        name = type_name(self.kind)
        head = f"{'an' if name[0] in 'aeiouAEIO' or name == 'ndarray' else 'a'} {name}:"
        lines = [f"- {name}: {words}" if words else f"- {name}" for name, words in offered.items()]
        listed = "\n".join([head, *lines]) if offered else f"{head} the notebook has none yet"
        description = "\n".join(filter(None, [self.text, listed]))
        # An empty enum is no schema, and a tool's output may name the first one.
        enum = {"enum": list(offered)} if offered else {}
        return {"type": "string", **enum, "description": description}

    def _object(self, name: Any) -> Any:
        if not isinstance(name, str):
            names = ", ".join(self.resolver.offered(self.kind))
            known = f"there are: {names}" if names else "the notebook has none yet"
            wanted = type_name(self.kind)
            said = f"expected the name of a variable that holds a {wanted}; {known}"
            raise PydanticCustomError("reference", "{said}", {"said": said})
        try:
            return self.resolver.found(name, self.kind)
        except LookupError as error:
            said = str(error.args[0])
            raise PydanticCustomError("reference", "{said}", {"said": said}) from None


# Generic types that stay what they are around types that JSON cannot carry.
_CONTAINERS: frozenset[Any] = frozenset(
    {list, tuple, set, frozenset, dict, deque}
    | {collections.abc.Sequence, collections.abc.Iterable, collections.abc.Mapping}
    | {collections.abc.MutableSequence, collections.abc.MutableMapping, collections.abc.Set}
)
# Classes below these are made of what JSON carries, e.g. a Timestamp of a date and time.
_MADE_OF: tuple[tuple[type, type], ...] = (
    (str, str),
    (numbers.Integral, int),
    (numbers.Real, float),
    (dt.datetime, dt.datetime),
    (dt.date, dt.date),
    (dt.timedelta, dt.timedelta),
)


def with_references(hint: Any, resolver: Resolver) -> Any:
    """`hint` with a reference for each class in it that JSON cannot carry.

    What is no class and cannot be carried either stays, for pydantic to refuse.
    """
    if hint is ... or _is_carried(hint):
        return hint
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        inner = with_references(args[0], resolver)
        # A text, or pydantic's Field for one, would stand in the way of the reference's own.
        notes = [note for note in hint.__metadata__ if not isinstance(note, str | FieldInfo)]
        return _noted(inner, *notes)
    if origin in (Union, UnionType):
        parts = [with_references(part, resolver) for part in args]
        parts.sort(key=lambda part: not refers(part))  # a name is tried before any text
        in_order = [Field(union_mode="left_to_right")] if len(set(args) - {type(None)}) > 1 else []
        return _noted(Union[tuple(parts)], *in_order)  # noqa: UP007 - made of parts
    if origin in _CONTAINERS:
        return origin[tuple(with_references(part, resolver) for part in args)]
    return _reference(origin or hint, hint, resolver)


def _reference(kind: Any, hint: Any, resolver: Resolver) -> Any:
    if not isinstance(kind, type) or kind in (type, object) or not _can_be_asked(kind):
        return hint
    for base, carried in _MADE_OF:
        if issubclass(kind, base):
            return Annotated[carried, AfterValidator(kind)]
    return Annotated[Any, _Reference(kind, resolver)]


def _can_be_asked(kind: type) -> bool:
    """Whether objects may be asked if they are of `kind`; of some protocols they may not."""
    try:
        isinstance(None, kind)
    except TypeError:
        return False
    return True


def _is_carried(hint: Any) -> bool:
    try:
        TypeAdapter(hint).json_schema()
    except Exception:  # noqa: BLE001 - pydantic raises many kinds for what it does not know
        return False
    return True


def _noted(hint: Any, *notes: Any) -> Any:
    for note in notes:
        hint = Annotated[hint, note]
    return hint


def refers(hint: Any) -> bool:
    """Whether `hint` itself is a reference."""
    return any(isinstance(note, _Reference) for note in getattr(hint, "__metadata__", ()))


def with_text(hint: Any, text: str) -> Any:
    """`hint` with what is said of the parameter; a reference says it before its names."""
    if not refers(hint):
        return Annotated[hint, Field(description=text)]
    notes = [
        _Reference(note.kind, note.resolver, text) if isinstance(note, _Reference) else note
        for note in hint.__metadata__
    ]
    return _noted(get_args(hint)[0], *notes)
