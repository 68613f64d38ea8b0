"""The notebook's objects by name: its variables, and what tools gave, kept under handles.

A handle (`df_1`) is a name that only models and we know: nothing is bound in the notebook, and a
variable of the same name hides it. What is kept stays alive until it is forgotten, until the cell
that made it is run again, or until many newer objects are kept.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Collection, Iterator, Mapping
from types import ModuleType
from typing import Any, NamedTuple

from respmagic import _secrets
from respmagic._describe import summary, type_name
from respmagic._exceptions import OptionError
from respmagic._spelling import did_you_mean

__all__ = ["Kept", "KeptObject", "NotebookObjects"]

MOST_KEPT = 200
"""So many objects are kept; then the oldest goes for each new one."""
_MOST_OFFERED = 200
_MOST_SAID = 20
_WORDS = 300  # characters about one object,
_ALL_WORDS = 4_000  # and about all of one parameter

# What handles of a class, and of those below it, begin with.
_STEMS = {
    ("pandas", "DataFrame"): "df",
    ("polars", "DataFrame"): "df",
    ("polars", "LazyFrame"): "query",
    ("pyarrow", "Table"): "table",
    ("pandas", "Series"): "series",
    ("polars", "Series"): "series",
    ("numpy", "ndarray"): "array",
    ("matplotlib", "Figure"): "figure",
    ("matplotlib", "Axes"): "axes",
    ("PIL", "Image"): "image",
    ("IPython", "Image"): "image",
    ("sklearn", "BaseEstimator"): "model",
}


class KeptObject(NamedTuple):
    """An object that a tool gave.

    Attributes:
        value: the object itself.
        tool: the tool's name.
        cell: the cell in which it was called, and its execution; None where nobody can say.
    """

    value: Any
    tool: str
    cell: tuple[str, str] | None


class Kept:
    """What tools gave, by handle, the oldest first. Any thread may use it."""

    def __init__(self) -> None:
        self._objects: dict[str, KeptObject] = {}
        self._dropped: set[str] = set()  # handles that conversations may still speak of
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._objects)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._objects))

    def __contains__(self, name: object) -> bool:
        return name in self._objects

    def __getitem__(self, name: str) -> KeptObject:
        return self._objects[name]

    def items(self) -> list[tuple[str, KeptObject]]:
        """Handle and object of each."""
        return list(self._objects.items())

    def keep(self, kept: KeptObject, taken: Collection[str]) -> str:
        """Keep an object under a new handle, none of `taken`."""
        with self._lock:
            stem = _stem(type(kept.value))
            names = (f"{stem}_{number}" for number in itertools.count(1))
            known = self._objects.keys() | self._dropped
            name = next(name for name in names if name not in known and name not in taken)
            if len(self._objects) == MOST_KEPT:
                oldest = next(iter(self._objects))
                del self._objects[oldest]
                self._dropped.add(oldest)
            self._objects[name] = kept
        return name

    def forget(self, *names: str) -> None:
        """Let go of the objects of these handles.

        Raises:
            OptionError: if one is none; then nothing is let go.
        """
        with self._lock:
            for name in names:
                if name not in self._objects:
                    hint = did_you_mean(name, self._objects)
                    raise OptionError(f"nothing is kept as {name!r}{hint}")
            for name in set(names):
                del self._objects[name]

    def clear(self) -> int:
        """Let go of everything; how much that was."""
        with self._lock:
            number = len(self._objects)
            self._objects.clear()
            self._dropped.clear()
        return number

    def replace(self, cell: tuple[str, str] | None) -> None:
        """Let go of what earlier executions of this cell made: it is being run again."""
        with self._lock:
            for name in [name for name, kept in self._objects.items() if _is_older(kept, cell)]:
                del self._objects[name]


def _is_older(kept: KeptObject, cell: tuple[str, str] | None) -> bool:
    """Whether an earlier execution of `cell` made it."""
    if cell is None or kept.cell is None:
        return False
    return kept.cell[0] == cell[0] and kept.cell[1] != cell[1]


def _stem(kind: type) -> str:
    homes = ((base.__module__.partition(".")[0], base.__name__) for base in kind.__mro__)
    return next((_STEMS[home] for home in homes if home in _STEMS), "object")


class NotebookObjects:
    """What may be named in one run: the resolver of its tools.

    Args:
        namespace: the user's variables.
        kept: what tools gave.
        hidden: variables that are not the user's own, by name.
        cell: the cell that runs, and its execution; what its earlier executions made is left out.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        kept: Kept,
        *,
        hidden: Mapping[str, Any] | None = None,
        cell: tuple[str, str] | None = None,
    ) -> None:
        self._namespace = namespace
        self._kept = kept
        self._hidden = hidden or {}
        self._cell = cell
        self._offered: dict[type, dict[str, str]] | None = None

    @contextlib.contextmanager
    def steady(self) -> Iterator[None]:
        """Inside, what is offered stays as it is: many parameters may be of one class."""
        self._offered = {}
        try:
            yield
        finally:
            self._offered = None

    def offered(self, kind: type) -> dict[str, str]:
        """The names of the objects of a class, with a few words about each.

        Of very many the newest, and words only about as many as there is room for.
        """
        if self._offered is None:
            return self._listed(kind)
        if kind not in self._offered:
            self._offered[kind] = self._listed(kind)
        return self._offered[kind]

    def _listed(self, kind: type) -> dict[str, str]:
        fitting = [(name, value) for name, value in self._all() if _is_a(value, kind)]
        said: dict[str, str] = {}
        known: dict[int, str] = {}
        room = _ALL_WORDS
        for name, value in fitting[-_MOST_OFFERED:]:
            first = known.setdefault(id(value), name)
            same = f"the same as {first}" if first != name else ""
            words = same or (_secrets.scrub(summary(value, _WORDS)) if room > 0 else "")
            said[name] = words
            room -= len(words)
        return said

    def found(self, name: str, kind: type) -> Any:
        """The object of that name, as the notebook is now.

        Raises:
            LookupError: if there is none of that class; the message is for the model.
        """
        everything = dict(self._all())
        value = everything.get(name, _NOTHING)
        if _is_a(value, kind):
            return value
        wanted = type_name(kind)
        names = [other for other, value in everything.items() if _is_a(value, kind)]
        known = ", ".join(names[-_MOST_SAID:])
        rest = f"; there are: {known}" if names else "; the notebook has none yet"
        if value is _NOTHING:
            raise LookupError(f"there is no {wanted} {name!r}{did_you_mean(name, names)}{rest}")
        raise LookupError(f"{name} is no {wanted}, but of type {type_name(type(value))}{rest}")

    def keep(self, value: Any, tool: str) -> str:
        """The name under which models may speak of `value`, kept under a handle if it has none."""
        for name, other in self._all():
            if other is value:
                return name
        self.settle()
        taken = [*self._namespace]
        return self._kept.keep(KeptObject(value, tool, self._cell), taken)

    def settle(self) -> None:
        """What the cell made before goes: it has made something else, or has ended well."""
        self._kept.replace(self._cell)

    def _all(self) -> Iterator[tuple[str, Any]]:
        """Variables and then handles; not what is private, a module, or not the user's own."""
        names = set()
        for name, value in list(self._namespace.items()):
            names.add(name)
            is_own = self._hidden.get(name, _NOTHING) is not value
            if is_own and not name.startswith("_") and not issubclass(type(value), ModuleType):
                yield name, value
        for name, kept in self._kept.items():
            if name not in names and not _is_older(kept, self._cell):
                yield name, kept.value


_NOTHING = object()


def _is_a(value: Any, kind: type) -> bool:
    """Whether `value` is of that class; its own class is asked, not the object."""
    if value is _NOTHING:
        return False
    own = type(value)
    if issubclass(own, type) and not issubclass(kind, type):
        return False  # a class is called like a function, and is not what `Callable` means
    try:
        return issubclass(own, kind)
    except TypeError:  # a protocol with attributes can only be told from the object
        return _looks_like(value, kind)
    except Exception:  # noqa: BLE001 - classes may check by code of the user's
        return False


def _looks_like(value: Any, kind: type) -> bool:
    try:
        return isinstance(value, kind)
    except Exception:  # noqa: BLE001 - see above
        return False
