"""What of a run goes into its conversation."""

from __future__ import annotations

from collections.abc import Mapping

from respmagic._exceptions import StatusError
from respmagic._items import FunctionCallOutput
from respmagic._plan import Plan
from respmagic._result import Result
from respmagic._turns import Step, Turn, whole_part

__all__ = ["keep_turn"]

# What the server does not take would not be taken the next time either.
_REFUSED = frozenset({400, 413, 422})


def keep_turn(
    plan: Plan, result: Result, outputs: Mapping[str, FunctionCallOutput]
) -> tuple[str, ...]:
    """Add what is whole of a run to its conversation.

    Args:
        plan: what was to be done.
        result: what came of it.
        outputs: what its calls gave, by call id.

    Returns:
        What is to be said of it beside the answer.
    """
    if (place := plan.place) is None:
        return ()
    result.conversation = place.conversation
    refused = isinstance(result.error, StatusError) and result.error.status in _REFUSED
    steps = [Step(exchange.request, exchange.response) for exchange in result.run.exchanges]
    whole = whole_part(steps, outputs) if not refused else None
    if whole is None:
        return (f"not kept in {place.conversation.name}",)
    turn = Turn(
        asked=plan.request.input[plan.carried :],
        came=whole.items[len(plan.request.input) :],
        key=place.key,
        base_url=plan.endpoint.base_url,
        model=plan.request.model or "",
        response_id=whole.response_id,
        stored=max(whole.stored - plan.carried, 0),
        usage=result.usage,
    )
    old = place.commit(turn, result)
    return (f"what it replaces is kept as {old.name}",) if old is not None else ()
