"""Calls that a model makes again and again: counted, told to it, and ended before they cost more.

Asking a tool again is right where it waits for something, so only calls with the same arguments
and the same outcome count, answer upon answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from respmagic._items import FunctionCall, FunctionCallOutput

__all__ = ["Repetition"]

_TOLD_AFTER = 2
_ENDED_AFTER = 6
_NOTE = (
    "(You have made this very call {times} times in a row before, with the same outcome each time. "
    "Unless you wait for it to change, answer with what you have or try another way.)"
)

_Key = tuple[str, str]


class Repetition:
    """Counts the calls of one run.

    Args:
        max_turns: how many requests the run may make; who allows many may want to wait.
    """

    def __init__(self, max_turns: int) -> None:
        self.limit = max(_ENDED_AFTER, max_turns // 2)
        self._seen: dict[_Key, tuple[Any, int]] = {}  # outcomes, and how often they were the same

    def notes(self, calls: Sequence[FunctionCall]) -> dict[str, str]:
        """What the model is to be told with the outputs of `calls`, by call id."""
        times = {call.call_id: self._seen.get(_key(call), ((), 0))[1] for call in calls}
        return {name: _NOTE.format(times=n) for name, n in times.items() if n >= _TOLD_AFTER}

    def count(
        self,
        calls: Sequence[FunctionCall],
        outputs: Sequence[FunctionCallOutput],
        notes: Mapping[str, str],
    ) -> bool:
        """Take what a round of calls came to; whether it is time to end this."""
        outcomes: dict[_Key, list[Any]] = {}
        for call, output in zip(calls, outputs, strict=True):
            note = notes.get(call.call_id, "")
            outcomes.setdefault(_key(call), []).append(_bare(output.output, note))
        self._seen = {key: (gave, self._times(key, gave)) for key, gave in outcomes.items()}
        return all(times >= self.limit for _, times in self._seen.values())

    def _times(self, key: _Key, gave: list[Any]) -> int:
        before, times = self._seen.get(key, (None, 0))
        return times + 1 if gave == before else 1


def _bare(output: Any, note: str) -> Any:
    """An output without the note that stands at its end."""
    return output.removesuffix(note).rstrip() if isinstance(output, str) else output


def _key(call: FunctionCall) -> _Key:
    """A call without its id, and its arguments however they are written."""
    try:
        return call.name, json.dumps(json.loads(call.arguments), sort_keys=True)
    except ValueError:
        return call.name, call.arguments
