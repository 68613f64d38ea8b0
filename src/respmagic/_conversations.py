"""Conversations that go on from cell to cell: lines of turns by name, shared between threads."""

from __future__ import annotations

import itertools
import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from respmagic._exceptions import OptionError
from respmagic._items import Item, State
from respmagic._options import MAIN
from respmagic._spelling import did_you_mean
from respmagic._turns import Key, Turn, before, carried, stored_state, told_apart

__all__ = ["Conversation", "Conversations", "Place", "Subscribers", "checked_name"]

_SERVERS = "conv_"  # how ids of conversations begin that a server keeps
_NAME = re.compile(r"[\w.][\w.~+-]{0,99}")


def checked_name(name: Any) -> str:
    """`name` as the name of a conversation.

    Raises:
        OptionError: if it is none.
    """
    if isinstance(name, str) and _NAME.fullmatch(name):
        return name
    raise OptionError(
        f"{name!r} is no name of a conversation: it is one word of letters, digits, _, -, . and ~, "
        f"such as {MAIN}"
    )


class Subscribers:
    """Callbacks, called in the order in which they came; what one raises is logged."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []

    def subscribe(self, callback: Callable[[], None]) -> None:
        """Have `callback` called from now on, on the thread of whoever made the change."""
        self._callbacks.append(callback)

    def unsubscribe(self, callback: Callable[[], None]) -> None:
        """Call it no more; one that is not there is passed over."""
        self._callbacks = [known for known in self._callbacks if known != callback]

    def call(self) -> None:
        """Call them all."""
        for callback in list(self._callbacks):
            try:
                callback()
            except Exception:  # nothing of the conversation may get lost by it
                logging.getLogger(__name__).exception("a subscriber of a conversation failed")


class Conversation:
    """A line of turns under a name; may be used from any thread.

    Args:
        name: a word.
        family: the conversations that it is one of; by default it stands alone.
        turns: to begin with, each with its result, or None for that.

    Attributes:
        name: the same, until it is renamed.
        is_servers: whether it is one that a server keeps, by its id; then the server has the turns,
            and those here are what was said to it from here.
        changed: told after each commit, undo and the like.
    """

    def __init__(
        self,
        name: str = MAIN,
        family: Conversations | None = None,
        turns: Iterable[tuple[Turn, Any]] = (),
    ) -> None:
        self.name = checked_name(name)
        self.is_servers = name.startswith(_SERVERS)
        self.changed = Subscribers()
        self._family = family if family is not None else Conversations()
        self._family.setdefault(self.name, self)
        self._turns = tuple(turns)
        self._lock = threading.RLock()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was asked and what came of it, the newest last."""
        return tuple(turn for turn, _ in self._turns)

    @property
    def results(self) -> tuple[Any, ...]:
        """The results of its turns, live objects; turns that were loaded from a file have none."""
        return tuple(result for _, result in self._turns if result is not None)

    @property
    def history(self) -> tuple[tuple[Turn, Any], ...]:
        """The turns, each with its result; None for that of a turn from a file."""
        return self._turns

    @property
    def is_dropped(self) -> bool:
        """Whether it is in the notebook no more, so that no name leads to it."""
        return self._family.get(self.name) is not self

    def items(self, *, base_url: str, model: str) -> tuple[Item, ...]:
        """What a request to `model` at `base_url` carries before its own new items."""
        return carried(self.turns, base_url=base_url, model=model)

    def turn_of(self, result: Any) -> Turn | None:
        """The turn that `result` is of, if it is in this conversation."""
        return next((turn for turn, own in self._turns if own is result), None)

    def place(
        self,
        key: Key | None,
        *,
        base_url: str,
        model: str,
        store: bool = False,
        instead_of: Turn | None = None,
    ) -> Place:
        """Where a run stands in this conversation that begins now.

        Args:
            key: the cell that runs, and its execution; None where that is not known.
            base_url: where it asks.
            model: the model that it asks.
            store: whether the server is to keep what is said.
            instead_of: a turn that is asked again.
        """
        turns = self.turns[: self._kept(key, instead_of)]
        items = carried(turns, base_url=base_url, model=model)
        state = None
        if self.is_servers:
            state = State(self.name, len(items), "conversation")
        elif store:
            state = stored_state(turns, base_url=base_url, model=model)
        return Place(self, key, items, len(turns) + 1, state, instead_of)

    def _kept(self, key: Key | None, instead_of: Turn | None) -> int:
        """How many turns stay before one that is made there now."""
        if self.is_servers:  # what it has, it has
            return len(self._turns)
        turns = before(self.turns, key)
        again = (number for number, turn in enumerate(turns) if turn is instead_of)
        return next(again, len(turns))

    def commit(
        self,
        turn: Turn,
        result: Any = None,
        *,
        instead_of: Turn | None = None,
        after: int | None = None,
    ) -> Conversation | None:
        """Add a whole turn.

        Turns that an earlier execution of the same cell made are replaced, with all behind them.

        Args:
            turn: what was asked and what came of it.
            result: the `Result` of the run.
            instead_of: a turn that is replaced, too.
            after: how many turns there were when it was asked; if others came since, the server
                did not see them, and what it keeps is not gone on from.

        Returns:
            What was replaced: the line as it was before, under a name of its own, or None.
        """
        with self._lock:
            kept = self._kept(turn.key, instead_of)
            old = self.fork() if kept < len(self._turns) else None
            if after is not None and kept != after:
                turn = replace(told_apart(turn, self.turns[:kept]), stored=0)
            self._turns = (*self._turns[:kept], (turn, result))
        self.changed.call()
        return old

    def undo(self) -> Turn:
        """Take back the last turn, and return it.

        Raises:
            OptionError: if there is none.
        """
        self.refuse_servers("its turns can be taken back")
        with self._lock:
            if not self._turns:
                raise OptionError(f"conversation {self.name} has no turn to take back")
            *kept, (turn, _) = self._turns
            self._turns = tuple(kept)
        self.changed.call()
        return turn

    def clear(self) -> Conversation | None:
        """Begin anew, and return what there was, under a name of its own; None if nothing was."""
        with self._lock:
            old = self.fork() if self._turns else None
            self._turns = ()
        self.changed.call()
        return old

    def fork(self, name: str | None = None) -> Conversation:
        """Another conversation with the same turns; the two go on apart.

        Args:
            name: what it is to be called; by default this one's name and a number.

        Raises:
            OptionError: if the name is taken, or is none.
        """
        self.refuse_servers("it can be forked")
        free = self._family.free(self.name) if name is None else name
        return self._family.add(free, self._turns)

    def refuse_servers(self, what: str) -> None:
        """Say that `what` is to be done at the server, if it keeps this.

        Raises:
            OptionError: if it does.
        """
        if self.is_servers:
            raise OptionError(f"the server keeps {self.name}: only there {what}")

    def __len__(self) -> int:
        return len(self._turns)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        number = len(self)
        return f"<Conversation {self.name}: {number} turn{'' if number == 1 else 's'}>"


class Conversations(MutableMapping[str, Conversation]):
    """The conversations of a notebook by name, in the order in which they began."""

    def __init__(self) -> None:
        self._by_name: dict[str, Conversation] = {}
        self._lock = threading.RLock()

    def named(self, name: str, *, create: bool = True) -> Conversation:
        """The conversation called `name`.

        Args:
            name: a word.
            create: whether one begins where there is none.

        Raises:
            OptionError: if it is no name, or there is none and none is to begin.
        """
        name = checked_name(name)
        with self._lock:
            if (found := self._by_name.get(name)) is not None:
                return found
            if create:
                return Conversation(name, self)
        hint = did_you_mean(name, self._by_name)
        raise OptionError(
            f"there is no conversation {name!r}{hint}. %responses conversations lists them; "
            f"a cell with -c {name} begins it."
        )

    def add(self, name: str, turns: Iterable[tuple[Turn, Any]] = ()) -> Conversation:
        """A new conversation, with these turns and their results.

        Raises:
            OptionError: if the name is taken, or is none.
        """
        with self._lock:
            self._refuse_taken(checked_name(name))
            return Conversation(name, self, turns)

    def rename(self, name: str, new: str) -> None:
        """Call a conversation otherwise.

        Raises:
            OptionError: if there is none, or the new name is taken or is none.
        """
        with self._lock:
            conversation = self.named(name, create=False)
            conversation.refuse_servers("it can be renamed")
            self._refuse_taken(checked_name(new))
            conversation.name = new
            self._by_name = {known.name: known for known in self._by_name.values()}
        conversation.changed.call()

    def free(self, name: str) -> str:
        """The first of NAME-1, NAME-2, … that is not taken."""
        names = (f"{name}-{number}" for number in itertools.count(1))
        return next(free for free in names if free not in self._by_name)

    def _refuse_taken(self, name: str) -> None:
        if name.startswith(_SERVERS):
            raise OptionError(f"{name} would be a conversation that a server keeps: name it else")
        if name in self._by_name:
            raise OptionError(
                f"there is a conversation {name!r} already: take another name, or "
                f"%responses conversations drop {name}"
            )

    def __getitem__(self, name: str) -> Conversation:
        return self._by_name[name]

    def __setitem__(self, name: str, conversation: Conversation) -> None:
        self._by_name[name] = conversation

    def __delitem__(self, name: str) -> None:
        del self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._by_name))

    def __len__(self) -> int:
        return len(self._by_name)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a conversation a run stands.

    Attributes:
        conversation: the one that goes on.
        key: the cell that runs, and its execution.
        items: what goes before its own items.
        number: which turn it is to be, from 1.
        state: what the server keeps of them; None where nothing is to be kept there.
        instead_of: the turn that it is to replace, if it asks that again.
    """

    conversation: Conversation
    key: Key | None
    items: tuple[Item, ...]
    number: int
    state: State | None = None
    instead_of: Turn | None = None

    @property
    def note(self) -> str:
        """What is said of it beside the answer."""
        if self.conversation.is_servers:
            return f"conversation {self.conversation.name}, kept by the server"
        return f"conversation {self.conversation.name}, turn {self.number}"

    def commit(self, turn: Turn, result: Any) -> Conversation | None:
        """Add a whole turn there, as `Conversation.commit` does."""
        return self.conversation.commit(
            turn, result, instead_of=self.instead_of, after=self.number - 1
        )
