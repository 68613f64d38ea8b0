"""Values in bounded words, for models: text as it is, plain data as JSON, objects in outline.

Nothing here copies or reads more of a value than it tells. Whatever an object of the user's does
while it is looked at, a text comes out; all of this may run code of the user's (a `repr`).
"""

from __future__ import annotations

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from respmagic._outlines import Outline, outline_of

__all__ = [
    "Part",
    "described",
    "describer",
    "is_object",
    "parts_of",
    "safe_repr",
    "summary",
    "type_name",
]

BUDGET = 20_000
"""Characters, unless another number is asked for."""

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_SEVERAL = (list, tuple, set, frozenset, deque)
_SETS = (set, frozenset)
_SORTABLE = {str, bytes, int, float}
_MOST_SORTED = 100_000  # so many are looked at in no time
_DEEPEST = 30
_INSIDE = 400  # characters for an object inside a list or dict
_FIRST_BYTES = 40
_MOST_PARTS = 10
_LABEL = 60

F = TypeVar("F", bound=Callable[[Any], str])

_registered: dict[type, Callable[[Any], str]] = {}


def describer(kind: type) -> Callable[[F], F]:
    """Have a function say what models are told of objects of a class, and of those below it.

    It takes the object and returns text, whose first line serves where there is room for only a
    few words. The text is cut where it is too long.

        @respmagic.describer(Portfolio)
        def portfolio(value):
            return f"{len(value.positions)} positions in {value.currency}"

    A class may say the same for itself by a method `_repr_llm_()`; one that is registered wins.

    Args:
        kind: the class.

    Raises:
        TypeError: if `kind` is no class.
    """
    if not isinstance(kind, type):
        raise TypeError(f"describer takes a class, not {safe_repr(kind)}: @describer(MyClass)")

    def register(function: F) -> F:
        _registered[kind] = function
        return function

    return register


def described(value: Any, budget: int = BUDGET) -> str:
    """What a model is given of `value`, in at most `budget` characters; what was cut is said.

    Text stays as it is. A DataFrame, an array and the like become a line that says what they hold,
    and their first rows; lists, numbers, dates, models become JSON; all else its type and `repr`.
    What can be read only once (a cursor, a file) is not read.
    """
    if issubclass(type(value), str):
        return _sendable(_cut(str(value), budget))
    if issubclass(type(value), bytes | bytearray) and not _is_text(value[: 4 * budget]):
        return _cut(f"{len(value):,} bytes, beginning with {bytes(value[:_FIRST_BYTES])!r}", budget)
    own = _own_words(value)
    if own is not None:
        text = _cut(f"{type_name(type(value))}, {own}", budget)
    elif (outline := _outline(value, budget // 2)) is not None:
        text = _assembled(f"{type_name(type(value))}, {outline.head}", outline, budget)
    elif issubclass(type(value), Iterator):
        text = _cut(safe_repr(value), budget)
    else:
        text = _json(value, budget)
    return _sendable(text)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start > len(data) - 4 and len(data) > 4  # a character may be cut in two
    return True


def summary(value: Any, limit: int) -> str:
    """A few words about `value`, on one line of at most `limit` characters, without its type."""
    own = _own_words(value)
    if own is None:
        outline = _outline(value, limit)
        own = safe_repr(value) if outline is None else outline.head
    line = " ".join(own.lstrip()[: 4 * limit].partition("\n")[0].split())
    return _sendable(line if len(line) <= limit else f"{line[: limit - 1]}…")


def type_name(kind: type) -> str:
    """What people call a class: with its library, unless that is plain."""
    home = kind.__module__.partition(".")[0]
    return kind.__name__ if home in _PLAIN_HOMES else f"{home}.{kind.__name__}"


_PLAIN_HOMES = frozenset({"builtins", "__main__", "pandas", "numpy", "matplotlib"})


def is_object(value: Any) -> bool:
    """Whether `value` is an object that JSON cannot carry, such as a DataFrame or a connection."""
    kind = type(value)  # isinstance would ask the object for its class
    if (
        value is None
        or _is_missing(value)
        or issubclass(kind, (str, int, float, bytes, Mapping, ModuleType, *_SEVERAL))
    ):
        return False
    if any((base.__module__, base.__name__) == ("numpy", "generic") for base in kind.__mro__):
        return False
    if issubclass(kind, Iterator):
        return True
    from pydantic_core import to_json  # noqa: PLC0415 - see _json

    try:
        to_json(value)
    except Exception:  # noqa: BLE001 - an object of the user's, whose parts may raise
        return True
    return False


def _is_missing(value: Any) -> bool:
    """Whether it is what pandas has where there is no value."""
    kind = type(value)
    return kind.__name__ in ("NaTType", "NAType") and kind.__module__.startswith("pandas.")


class Part(NamedTuple):
    """What a model is given of a value, or of one of those in it.

    Attributes:
        words: as `described` has them.
        value: the object, if it is one that may be kept and spoken of by a name.
        is_object: whether it is.
        label: what it is called in the value; "" for the value itself.
    """

    words: str
    value: Any = None
    is_object: bool = False
    label: str = ""


def parts_of(value: Any, budget: int = BUDGET) -> tuple[Part, ...]:
    """What a model is given of `value`, in parts where a few data objects are returned together."""
    if is_object(value):
        return (Part(described(value, budget), value, True),)
    entries = _entries(value)
    if not any(_is_data(entry) for _, entry in entries):
        return (Part(described(value, budget)),)
    share = max(budget // len(entries) - _LABEL, 0)
    return tuple(
        Part(described(entry, share), entry, True, label)
        if is_object(entry)
        else Part(described(entry, share), label=label)
        for label, entry in entries
    )


def _entries(value: Any) -> list[tuple[str, Any]]:
    """Labels and values of a small tuple, list or dict."""
    if not issubclass(type(value), tuple | list | dict) or len(value) > _MOST_PARTS:
        return []
    pairs = value.items() if issubclass(type(value), dict) else enumerate(value)
    return [(safe_repr(key)[:_LABEL], entry) for key, entry in pairs]


def _is_data(value: Any) -> bool:
    return _outline(value, 1) is not None


def safe_repr(value: Any) -> str:
    """The `repr` of an object of the user's, whatever it does, without its address in memory.

    The address says nothing to a model, and would be another one each time a notebook is run.
    """
    try:
        return _ADDRESS.sub("", _set_repr(value) if type(value) in _SETS and value else repr(value))
    except Exception as error:  # noqa: BLE001 - an object of the user's
        return f"<{type(value).__name__}, whose repr raises {_told(error)}>"


def _set_repr(value: Any) -> str:
    members = ", ".join(map(safe_repr, _in_order(value)))
    return f"{{{members}}}" if type(value) is set else f"frozenset({{{members}}})"


def _in_order(members: Any) -> Any:
    """The members of a set in an order that is the same each time: the hash of a text is not."""
    if len(members) > _MOST_SORTED:
        return members
    kinds = {type(member) for member in members}
    return sorted(members, key=None if len(kinds) == 1 and kinds <= _SORTABLE else safe_repr)


def _told(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001 - an exception of the user's, whose str may raise
        return type(error).__name__


def _own_words(value: Any) -> str | None:
    """What a registered describer, or the class itself, says of `value`."""
    said = [_registered[kind] for kind in type(value).__mro__ if kind in _registered][:1]
    # Of the class: an object that has any attribute one asks for would have this one, too.
    if (own := getattr(type(value), "_repr_llm_", None)) is not None:
        said.append(own)
    for say in said:
        try:
            text: Any = say(value)
        except Exception:  # noqa: BLE001, S112 - code of the user's; there are words without it
            continue
        if isinstance(text, str) and text.strip():  # it may return what it likes
            return text
    return None


def _outline(value: Any, room: int = BUDGET) -> Outline | None:
    try:
        return outline_of(value, room)
    except Exception:  # noqa: BLE001 - a library's object in a state that it did not foresee
        return None


def _assembled(head: str, outline: Outline, budget: int) -> str:
    """The head and as many lines as there is room for."""
    text, shown = head, 0
    try:
        for line in outline.lines:
            note = _left_out(outline, shown + 1)
            if len(text) + 1 + len(line) + len(note) > budget:
                break
            text, shown = f"{text}\n{line}", shown + 1
    except Exception as error:  # noqa: BLE001 - see above
        text = f"{text}\n[the rest cannot be shown: {_told(error)[:200]}]"
    note = _left_out(outline, shown)
    return (_cut(text, budget - len(note)) + note)[: max(budget, 0)]


def _left_out(outline: Outline, shown: int) -> str:
    left = outline.total - max(shown - outline.extra, 0)
    return f"\n[{left:,} of {outline.total:,} {outline.unit} left out]" if left > 0 else ""


def _cut(text: str, budget: int) -> str:
    """`text` in at most `budget` characters, with a note of what is left out."""
    if len(text) <= budget:
        return text
    # The longest that the note may be: its own length decides how much is left out.
    kept = text[: max(budget - len(_note(len(text), len(text))), 0)]
    return (kept + _note(len(text) - len(kept), len(text)))[: max(budget, 0)]


def _note(left: int, of: int) -> str:
    return f"\n[cut: {left:,} of {of:,} characters left out]"


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()  # half a character pair cannot be sent


def _json(value: Any, budget: int) -> str:
    """JSON, with ever less of its lists, dicts and texts until it fits; `repr` of what has none."""
    from pydantic_core import to_json  # noqa: PLC0415 - most runs tell the model of no value

    def inside(part: Any) -> Any:
        if (plain := _numbers(part)) is not None:
            return plain
        if part is value:
            raise TypeError
        return _inside(part)

    try:
        for most in _halved(max(budget // 2, 1)):
            sample = _Sample(budget, most).of(value)
            text = to_json(sample, fallback=inside, inf_nan_mode="constants").decode()
            if len(text) <= budget:
                return text
    except Exception:  # noqa: BLE001 - e.g. a list that holds itself, or a property that raises
        text = _with_type(value)
    return _cut(text, budget)


def _halved(number: int) -> Iterator[int]:
    while number:
        yield number
        number //= 2


def _with_type(value: Any) -> str:
    text, name = safe_repr(value), type(value).__name__
    is_plain = type(value).__module__ == "builtins"
    return (
        text if is_plain or name in text[: len(name) + 40] else f"{type_name(type(value))}, {text}"
    )


class _Sample:
    """Takes of a value only as much as may be told; what is left out is said in its place.

    Args:
        values: how many values may be looked at in all.
        most: how many of one list or dict may be taken; of a text some characters for each.
    """

    def __init__(self, values: int, most: int) -> None:
        self._left = values
        self._most = most

    def of(self, value: Any, depth: int = 0) -> Any:
        """A copy that is small enough; what is no list, dict or text stays as it is."""
        self._left -= 1
        if _is_missing(value):
            return None
        kind = type(value)
        if issubclass(kind, str):
            return _cut(value, 80 + 4 * self._most)
        if not issubclass(kind, (dict, *_SEVERAL)) or depth > _DEEPEST:
            return value
        members = _in_order(value) if issubclass(kind, _SETS) else value
        first = itertools.islice(members, self._most)
        taken = itertools.takewhile(lambda _: self._left > 0, first)
        if issubclass(kind, dict):
            pairs = {key: self.of(value[key], depth + 1) for key in taken}
            left = len(value) - len(pairs)
            return pairs | ({"…": f"{left:,} more left out"} if left > 0 else {})
        items = [self.of(item, depth + 1) for item in taken]
        left = len(value) - len(items)
        return items + ([f"… {left:,} more left out"] if left > 0 else [])


def _numbers(value: Any) -> Any:
    """The plain value of NumPy's numbers and arrays, if not too large, else None."""
    if type(value).__module__ != "numpy" or not 0 <= getattr(value, "size", -1) <= BUDGET:
        return None
    is_time = value.dtype.kind in "mM"  # as plain values these would be bare numbers
    return (value.astype(str) if is_time else value).tolist()


def _inside(value: Any) -> str:
    """What stands in JSON for an object that JSON cannot carry."""
    is_known = _own_words(value) is not None or _outline(value) is not None
    return described(value, _INSIDE) if is_known else safe_repr(value)
