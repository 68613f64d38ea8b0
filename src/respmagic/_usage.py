"""The tokens that a notebook has used, by who answered and in which conversation."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import NamedTuple

from respmagic._items import Response, Usage

__all__ = ["Ledger", "Sums"]


class Sums(NamedTuple):
    """What was used in one place.

    Attributes:
        requests: how many there were.
        uncounted: how many of them the server told no tokens of.
        usage: the tokens of the others.
    """

    requests: int = 0
    uncounted: int = 0
    usage: Usage = Usage()

    def __add__(self, other: Sums) -> Sums:  # type: ignore[override]  # sums, not longer tuples
        return Sums(
            self.requests + other.requests,
            self.uncounted + other.uncounted,
            self.usage + other.usage,
        )


class Ledger:
    """Adds up what runs use; may be used from any thread."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], Sums] = {}
        self._lock = threading.Lock()

    def add(self, answers: Iterable[tuple[str, Response]], conversation: str) -> None:
        """Take in the answers of a run.

        Args:
            answers: the model that was asked, and the answer, for each request.
            conversation: the name of the one that it is of; "" where it stands alone.
        """
        with self._lock:
            for asked, response in answers:
                place = (response.model or asked, conversation)
                used = Sums(1, response.usage is None, response.usage or Usage())
                self._sums[place] = self._sums.get(place, Sums()) + used

    def by_place(self) -> dict[tuple[str, str], Sums]:
        """The sums by model and conversation, in the order in which they began."""
        with self._lock:
            return dict(self._sums)
