"""May this call run? Asked by buttons in the panel, never by `input()`."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from ipywidgets import Text, Textarea

from respmagic import _secrets
from respmagic._approval import Decision, is_among, unmasked
from respmagic._arguments import ArgumentsError, parse_arguments
from respmagic._calls import ToolCall
from respmagic._cards import arguments_html
from respmagic._markdown import escape
from respmagic._panel.base import Post
from respmagic._panel.style import Makes, close_all, named
from respmagic._panel.turns import error_html
from respmagic._result import wrapped

if TYPE_CHECKING:
    from respmagic._tools import Tool

__all__ = ["Buttons"]


class Buttons:
    """Asks in a panel: an `Approver`.

    Args:
        box: where the questions stand, one below the other.
        makes: makes the widgets.
        post: has the loop do what is clicked.
    """

    def __init__(self, box: Any, makes: Makes, post: Post) -> None:
        self._box = box
        self._makes = makes
        self._post = post
        self._questions: list[_Question] = []

    async def ask(self, call: ToolCall, tool: Tool | None) -> Decision:
        """Ask, and wait for a click; as `Approver.ask`."""
        question = _Question(call, tool, self._makes, self._post)
        self._box.children = (*self._box.children, question.box)
        self._questions.append(question)
        try:
            decision = await question.decision
            if decision.always:
                self._allow_others(question)
            return decision
        finally:
            self._questions.remove(question)
            self._box.children = tuple(c for c in self._box.children if c is not question.box)
            close_all(question.box)

    def _allow_others(self, question: _Question) -> None:
        for other in self._questions:
            if other.is_of_the_function_of(question):
                other.settle(Decision(True))


class _Question:
    """One call that waits for a click.

    Attributes:
        box: the widget.
        decision: done when the user has decided.
    """

    def __init__(self, call: ToolCall, tool: Tool | None, makes: Makes, post: Post) -> None:
        self.decision: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()
        self._call = call
        self._tool = tool
        self._post = post
        self._arguments: Any = None
        self._fault: Any = None
        self._reason = makes.text(
            Text,
            placeholder="why not? (the model is told)",
            tooltip="Why the call is denied; the model is told",
        )
        self._makes = makes
        self.box = makes.column(
            makes.page(_question_html(call)), makes.row(*self._buttons()), kind="approval"
        )

    def is_of_the_function_of(self, other: _Question) -> bool:
        """Whether both are about calls of one function."""
        if self._tool is None or other._tool is None:
            return False
        return is_among(self._tool.function, [other._tool.function])

    def _buttons(self) -> list[Any]:
        allow = self._button("Allow", self._allow, "Run it", button_style="primary")
        deny = self._button("Deny", self._deny, "Do not run it, and tell the model why")
        if self._tool is None:  # a server of tools makes the call: as it is, or not
            return [allow, deny, self._reason]
        always = self._button(
            "Always", self._always, "Run it, and do not ask for this function again"
        )
        edit = self._button("Edit", self._edit, "Change the arguments before it runs")
        return [allow, always, edit, deny, self._reason]

    def _button(self, text: str, act: Any, tooltip: str, **traits: Any) -> Any:
        return self._makes.button(
            text, self._post.guarded(lambda _: act()), f"{tooltip}: {self._call.name}", **traits
        )

    def _allow(self, *, always: bool = False) -> None:
        try:
            arguments = self._edited()
        except ArgumentsError as error:
            self._post.soon(self._show_fault, error)
        else:
            self._decide(Decision(True, arguments=arguments, always=always))

    def _always(self) -> None:
        self._allow(always=True)

    def _deny(self) -> None:
        self._decide(Decision(False, reason=self._reason.value.strip()))

    def _edit(self) -> None:
        self._post.soon(self._show_arguments)

    def _show_arguments(self) -> None:
        """Let the user write the arguments anew; secrets in them stay masked."""
        if self._arguments is None and not self.decision.done():
            self._arguments = self._makes.text(
                Textarea,
                value=_written(self._call),
                rows=4,
                description="Arguments",
                tooltip=f"The arguments of {self._call.name} as JSON; Allow runs it with these",
            )
            self._fault = self._makes.page()
            field = named(self._arguments, "code")
            self.box.children = (*self.box.children, field, self._fault)

    def _show_fault(self, error: ArgumentsError) -> None:
        """Say below the arguments what is wrong with them."""
        if not self.decision.done():
            self._fault.value = error_html(error)

    def _edited(self) -> str | None:
        """The arguments as the user wants them, if they were changed.

        Raises:
            ArgumentsError: if they do not fit; the question stays.
        """
        if self._tool is None or self._arguments is None:
            return None
        if self._arguments.value == _written(self._call):
            return None
        text = unmasked(self._arguments.value, self._call.sent)
        self._tool.arguments(text)
        return text

    def _decide(self, decision: Decision) -> None:
        self._post.soon(self.settle, decision)

    def settle(self, decision: Decision) -> None:
        """Decide, unless it is decided; called on the loop."""
        if not self.decision.done():
            self.decision.set_result(decision)


def _question_html(call: ToolCall) -> str:
    name = f"<code>{escape(call.name)}</code>"
    return wrapped(f'<p role="alert">May {name} run?</p>{arguments_html(call)}')


def _written(call: ToolCall) -> str:
    """The arguments as JSON to be edited."""
    return json.dumps(_secrets.scrub(parse_arguments(call.sent)), ensure_ascii=False, indent=1)
