"""`%responses usage`: the tokens that this notebook has used."""

from __future__ import annotations

from respmagic._exceptions import OptionError
from respmagic._session import Session
from respmagic._table import Table
from respmagic._usage import Sums

__all__ = ["show_usage"]

_COLUMNS = ("model", "conversation", "requests", "input", "cached", "output", "reasoning", "total")


def show_usage(line: str, session: Session) -> Table | str:
    """The tokens by model and conversation, and all together.

    Args:
        line: nothing.
        session: the notebook's.

    Raises:
        OptionError: if anything stands there.
    """
    if line:
        raise OptionError("%responses usage takes no words")
    sums = session.usage.by_place()
    if not sums:
        return "Nothing was asked yet."
    rows = [_row(model, talk or "none", used) for (model, talk), used in sums.items()]
    total = sum(sums.values(), Sums())
    if len(rows) > 1:
        rows.append(_row("all", "", total))
    note = f"requests without a word of tokens: {total.uncounted:,}" if total.uncounted else ""
    return Table(_COLUMNS, rows, note)


def _row(model: str, conversation: str, used: Sums) -> tuple[str, ...]:
    usage = used.usage
    numbers = (
        used.requests,
        usage.input_tokens,
        usage.cached_tokens,
        usage.output_tokens,
        usage.reasoning_tokens,
        usage.total_tokens,
    )
    return model, conversation, *(f"{number:,}" for number in numbers)
