"""Arithmetic of several steps, where each tool does only one: (3 + 5) * 2 with add and multiply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respmagic.demo._arithmetic import Operation, operations
from respmagic.demo._lexicon import keys
from respmagic.demo._measures import listed_members
from respmagic.demo._schema import slots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from respmagic.demo._request import Tool
    from respmagic.demo._schema import Path, Slot

__all__ = ["Part", "in_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """One call of a formula; `needs` names the parts whose outputs it takes."""

    tool: Tool
    values: Mapping[Path, Any]
    needs: Mapping[Path, int]


def in_parts(expression: str, tools: Sequence[Tool]) -> list[Part]:
    """The calls that work out a formula, the innermost first; [] if a tool is wanting."""
    parts: list[Part] = []
    steps = operations(expression)
    for step in steps:
        part = next((p for tool in tools if (p := _part(step, tool)) is not None), None)
        if part is None:
            return []
        parts.append(part)
    return parts if len(parts) > 1 else []


def _part(step: Operation, tool: Tool) -> Part | None:
    """The call by which a tool does one operation, if it can."""
    wanted = slots(tool.parameters, f"{tool.name} {tool.description}")
    numbers = [s for s in wanted if s.kind in ("number", "integer")]
    others = [s for s in wanted if s.required and s not in numbers]
    if len(numbers) != len(step.operands):
        return None
    chosen: dict[Path, Any] = {}
    if len(others) == 1:
        member = _member(others[0], step.concept)
        if member is None:
            return None
        chosen[others[0].path] = member
    elif others or f"#{step.concept}" not in keys(tool.name.replace("_", " ")):
        return None
    pairs = list(zip(numbers, step.operands, strict=True))
    values = {slot.path: operand for slot, operand in pairs if not isinstance(operand, Operation)}
    needs = {slot.path: operand.index for slot, operand in pairs if isinstance(operand, Operation)}
    return Part(tool, {**values, **chosen}, needs)


def _member(slot: Slot, concept: str) -> str | None:
    members = [m for m in (*slot.enum, *listed_members(slot)) if isinstance(m, str)]
    return next((m for m in members if f"#{concept}" in keys(m) or m == concept), None)
