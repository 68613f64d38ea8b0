"""Whether a call may run: what was declared of it, and what the user says where that is to ask.

An approver asks. The one of cells asks by `input()` on the waiting thread; a panel brings buttons.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MethodType
from typing import TYPE_CHECKING, Any, Protocol, cast

from respmagic import _secrets
from respmagic._arguments import parse_arguments
from respmagic._calls import Foreground, ToolCall
from respmagic._capture import current_card
from respmagic._exceptions import CallDenied

if TYPE_CHECKING:
    from respmagic._tools import Tool

__all__ = [
    "Approvals",
    "Approver",
    "Decision",
    "StdinApprover",
    "is_among",
    "rule_of",
    "server_decision",
    "unmasked",
]

# rule -> why a call is not run, for the model
_REFUSALS = {
    "deny": "this tool is switched off: the user allows no call of it",
    "none": "no tool may be called for this answer (tool_choice is none): answer without",
}
NOBODY = "this call needs the user's approval, and nobody can answer here"
_MOST_QUESTIONS = 10
_LONGEST = 10_000
_OF_A_TOOL = (
    "y = yes, n = no, a = always (this function, until the kernel ends), e = edit the arguments: "
)
_OF_A_SERVER = "y = yes, n = no: "


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user says to a call.

    Attributes:
        allowed: whether it may run.
        reason: why not, in the user's words, for the model; may be empty.
        arguments: JSON text to take the place of what the model sent, or None.
        always: whether later calls of the same function are allowed without a question.
    """

    allowed: bool
    reason: str = ""
    arguments: str | None = None
    always: bool = False


class Approver(Protocol):
    """Whoever asks the user; "always" answers also for calls of the function that wait already."""

    async def ask(self, call: ToolCall, tool: Tool | None) -> Decision:
        """Ask whether `call` may run; awaited on the worker loop.

        Args:
            call: its `sent` is what the model wrote, its `arguments` what that means.
            tool: what would run; None for a call that a server of tools is to make, where
                arguments cannot be edited.

        Raises:
            CallDenied: if there is nobody to ask.
            CancelledError: if the user ends the whole run instead.
        """


def rule_of(tool: Tool, chosen: str | None, usual: str) -> str:
    """Whether `tool` may run: ``allow``, ``ask`` or ``deny``.

    The cell's word goes before the tool's, and that before the notebook's. Only a tool that is
    declared ``deny`` stays so.

    Args:
        tool: what is to run.
        chosen: what the cell or the call of `respond` says, or None.
        usual: what the notebook's settings say.
    """
    declared = tool.mark.approve
    return declared if declared == "deny" else chosen or declared or usual


async def server_decision(call: ToolCall, rule: str, approver: Approver) -> Decision:
    """Whether a server of tools may make `call`, which it asks for.

    Args:
        call: what it wants to run, and with what.
        rule: ``allow``, ``ask`` or ``deny``.
        approver: asks where that is the rule.
    """
    if rule != "ask":
        reason = "" if rule == "allow" else "the user allows no calls"
        return Decision(rule == "allow", reason)
    try:
        return await approver.ask(call, None)
    except CallDenied as denied:
        return Decision(False, str(denied))


class Approvals:
    """What may run in one run.

    Args:
        rules: ``allow``, ``ask``, ``deny`` or ``none`` by the tool's name.
        approver: asks where that is the rule.
        always: the functions that the user has allowed for good; it is added to.
    """

    def __init__(self, rules: Mapping[str, str], approver: Approver, always: list[Any]) -> None:
        self._rules = rules
        self._approver = approver
        self._always = always

    def asks(self, tool: Tool) -> bool:
        """Whether a call of `tool` is to be asked for."""
        return self._rules.get(tool.name) == "ask" and not is_among(tool.function, self._always)

    async def ask(self, call: ToolCall, tool: Tool) -> str | None:
        """The JSON text that is to take the place of the arguments, or None.

        Raises:
            CallDenied: if the call may not run; the message is for the model.
        """
        if (refusal := _REFUSALS.get(self._rules.get(tool.name, ""))) is not None:
            raise CallDenied(refusal)
        if not self.asks(tool):
            return None
        decision = await self._approver.ask(call, tool)
        if not decision.allowed:
            because = f" They say: {decision.reason}" if decision.reason else ""
            raise CallDenied(f"the user did not allow this call.{because}")
        if decision.always:
            self._always.append(tool.function)
        return decision.arguments


def is_among(function: Any, functions: Iterable[Any]) -> bool:
    """Whether `function` is one of `functions`; one that is defined again is another."""
    return any(_is_same(function, other) for other in functions)


def _is_same(function: Any, other: Any) -> bool:
    """Whether both are one function; a method is made anew each time it is looked up."""
    return function is other or (type(function) is type(other) is MethodType and function == other)


class StdinApprover:
    """Asks by `input()` on the waiting thread, one question after another.

    Args:
        foreground: the waiting thread.
        shell: the IPython shell, or None in a plain script.
    """

    def __init__(self, foreground: Foreground, shell: Any) -> None:
        self._foreground = foreground
        self._shell = shell
        self._always: list[Any] = []  # functions: further calls of them may wait already

    async def ask(self, call: ToolCall, tool: Tool | None) -> Decision:
        """Ask; as `Approver.ask`."""
        if not self._is_answered():
            raise CallDenied(NOBODY)
        outcome = await self._foreground.call(lambda: self._decision(call, tool))
        match outcome.error:
            case None:
                return cast("Decision", outcome.value)
            case KeyboardInterrupt():
                raise asyncio.CancelledError
            case EOFError() | NotImplementedError() | OSError():  # no stdin after all, or its end
                raise CallDenied(NOBODY)
            case error:
                raise error

    def _decision(self, call: ToolCall, tool: Tool | None) -> Decision:
        if tool is not None and is_among(tool.function, self._always):
            return Decision(True)
        decision = _conversation(call, tool)
        if decision.always and tool is not None:
            self._always.append(tool.function)
        return decision

    def _is_answered(self) -> bool:
        """Whether `input()` reaches anyone; kernels read it on their main thread only."""
        if self._foreground.thread is not threading.main_thread():
            return False
        if (kernel := getattr(self._shell, "kernel", None)) is not None:
            return bool(getattr(kernel, "_allow_stdin", False))
        try:
            return sys.stdin.isatty()
        except (AttributeError, ValueError):  # there is none, or it is closed
            return False


def _conversation(call: ToolCall, tool: Tool | None) -> Decision:
    """Question and answer, until that is clear; runs on the waiting thread.

    Raises:
        EOFError, NotImplementedError, OSError: if nobody can answer.
        KeyboardInterrupt: if the user ends the run.
    """
    current_card.set(None)  # what is asked is no output of the call
    choices = _OF_A_SERVER if tool is None else _OF_A_TOOL
    prompt = f"{_wanted(call)}\n{choices}"
    for _ in range(_MOST_QUESTIONS):
        answer = _asked(prompt)
        word, _, rest = answer.partition(" ")
        match word.lower().rstrip(",.:;"):
            case "y" | "yes":
                return Decision(True)
            case "n" | "no":
                return Decision(False, rest.strip() or _asked("Why not? The model is told: "))
            case "a" | "always" if tool is not None:
                return Decision(True, always=True)
            case "e" | "edit" if tool is not None:
                if (arguments := _edited(call, tool)) is not None:
                    return Decision(True, arguments=arguments)
                prompt = choices
            case _:
                prompt = f"'{_inert(answer)}' is no answer to this.\n{choices}"
    return Decision(False, "no clear answer")


def _edited(call: ToolCall, tool: Tool) -> str | None:
    """The arguments as the user wants them, as JSON text that fits; None to leave them."""
    prompt = f"The arguments: {_json(parse_arguments(call.sent))}\nAll anew (Enter to go back): "
    for _ in range(_MOST_QUESTIONS):
        if not (text := _asked(prompt)):
            return None
        try:
            text = unmasked(text, call.sent)
            tool.arguments(text)
        except ValueError as error:
            prompt = f"{_inert(str(error))}\nOnce more (Enter to go back): "
        else:
            return text
    return None


def unmasked(text: str, sent: str) -> str:
    """`text` with what was masked for showing put back."""
    if _secrets.MASK not in text:
        return text
    given, original = parse_arguments(text), parse_arguments(sent)
    masked = _secrets.scrub(original)
    kept = {key: original[key] for key in given if key in masked and masked[key] == given[key]}
    return json.dumps({**given, **kept})


def _wanted(call: ToolCall) -> str:
    """The call in lines, so that nothing in it can pass for a part of the question."""
    try:
        arguments = parse_arguments(call.sent)
    except ValueError:  # only a server's own call is asked for before it is read
        arguments = {"arguments": call.sent}
    if not arguments:
        return f"The model wants to run {_inert(call.name)} without arguments."
    lines = [f"    {_inert(name)} = {_json(value)}" for name, value in arguments.items()]
    return "\n".join([f"The model wants to run {_inert(call.name)}:", *lines])


def _json(value: Any) -> str:
    return _inert(json.dumps(_secrets.scrub(value), ensure_ascii=False))


def _inert(text: str) -> str:
    """`text` on one line: each character that is not seen as JSON writes it, secrets masked."""
    scrubbed: str = _secrets.scrub(text)
    shown = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in scrubbed[:_LONGEST])
    left_out = len(scrubbed) - _LONGEST
    return shown if left_out <= 0 else f"{shown} … and {left_out:,} more characters"


def _asked(prompt: str) -> str:
    with _interruptible():
        return input(prompt).strip()


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Have Ctrl-C raised: in an async cell the kernel's own handler would only cancel the cell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        if before is not None:  # None stands for a handler of C code, which cannot be put back
            signal.signal(signal.SIGINT, before)
