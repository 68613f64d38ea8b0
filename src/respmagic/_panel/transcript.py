"""The turns of a conversation on the page, and what was asked beside it; on the worker loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from respmagic._cards import entry_html, entry_text
from respmagic._conversations import Conversation
from respmagic._dialects.profiles import DEMO
from respmagic._items import Item, Response
from respmagic._panel.asked import Asked
from respmagic._panel.style import Makes
from respmagic._panel.turns import TurnView, error_html
from respmagic._result import Result, run_body, wrapped
from respmagic._transcript import entries
from respmagic._turns import Turn

__all__ = ["Transcript"]


class Transcript:
    """All turns, the newest last.

    Turns that are of no conversation, since no whole answer came or since it still comes, stand
    behind the one that they followed.

    Args:
        makes: makes the widgets.
        actions: makes the widget that says what may be done with a turn.

    Attributes:
        box: the widget.
        views: the turns in their order; replaced, never changed.
    """

    def __init__(self, makes: Makes, actions: Callable[[TurnView], Any]) -> None:
        self.views: tuple[TurnView, ...] = ()
        self._makes = makes
        self._actions = actions
        self._name = ""
        self._turns = makes.column(kind="turns")
        self.box = makes.column(self._turns, kind="transcript")

    def begin(self, asked: Asked) -> TurnView:
        """A turn that is being asked."""
        view = TurnView(asked, self._makes)
        turns = (other.turn for other in reversed(self.views))
        view.behind = next((turn for turn in turns if turn is not None), None)
        self._show((*self.views, view))
        return view

    def finish(self, view: TurnView, result: Result) -> None:
        """The turn is over."""
        view.result = result
        plain = result._repr_mimebundle_()["text/plain"]
        view.finish(_result_html(result), plain, self._actions(view))

    @property
    def used(self) -> str:
        """How many turns there are, and the tokens of all of them."""
        results = [view.result for view in self.views]
        usages = [result.usage for result in results if result is not None and result.usage]
        read, written = sum(u.input_tokens for u in usages), sum(u.output_tokens for u in usages)
        turns = f"{len(self.views)} turn{'' if len(self.views) == 1 else 's'}"
        return f"{turns} · {read:,} + {written:,} tokens"

    def follow(self, conversation: Conversation) -> None:
        """Show the conversation as it is now."""
        by_id = {id(v.turn): v for v in self.views if v.turn is not None}
        by_id |= {id(v.result): v for v in self.views if v.result is not None}
        self._name = conversation.name
        turns = [self._view_of(turn, result, by_id) for turn, result in conversation.history]
        shown = [view for view in self.views if view.turn is None and view.behind is None]
        for view in turns:
            shown.append(view)
            shown += [v for v in self.views if v.turn is None and v.behind is view.turn]
        shown += [v for v in self.views if v.turn is None and v not in shown]
        self._show(tuple(shown))

    def clear(self) -> None:
        """Take all of them from the page, but one that is still being answered."""
        self._show(tuple(view for view in self.views if not view.html))

    def drop(self, view: TurnView) -> None:
        """Take a turn from the page."""
        self._show(tuple(other for other in self.views if other is not view))

    def _view_of(self, turn: Turn, result: Result | None, by_id: dict[int, TurnView]) -> TurnView:
        view = by_id.get(id(turn)) or by_id.get(id(result))
        if view is None:
            view = TurnView(_asked_in(turn, result, self._name), self._makes)
            if result is not None:
                self.finish(view, result)
            else:
                view.finish(*_came(turn), self._makes.column())
        view.turn = turn
        return view

    def _show(self, views: tuple[TurnView, ...]) -> None:
        gone = [view for view in self.views if view not in views]
        self.views = views
        self._turns.children = tuple(view.box for view in views)
        for view in gone:
            view.close()


def _result_html(result: Result) -> str:
    """A result as it is shown in a panel, inert."""
    failed = error_html(result.error) if result.error is not None else ""
    return run_body(result.run, result.status) + failed


def _came(turn: Turn) -> tuple[str, str]:
    """What came in a turn that was loaded from a file, as HTML and as text."""
    shown = list(entries([Response(status="completed", output=turn.came)], []))
    text = "\n\n".join(filter(None, map(entry_text, shown)))
    return wrapped("".join(map(entry_html, shown))), text


def _asked_in(turn: Turn, result: Result | None, conversation: str) -> Asked:
    """What was asked in a turn that a cell made; of one from a file, as far as the turn tells."""
    plan = result.plan if result is not None else None
    if plan is not None and not plan.remake.keywords["before"]:
        prompt, given, extra = plan.remake.args
        return Asked(prompt, {**given, "conversation": conversation}, extra)
    where = {"model": turn.model, "base_url": turn.base_url}
    options: dict[str, Any] = {} if turn.base_url == DEMO.base_url else dict(where)
    parts = [part for item in turn.asked for part in _parts(item)]
    text = "\n".join(part["text"] for part in parts if "text" in part)
    if others := [part for part in parts if "text" not in part]:
        options["files"] = others
    return Asked(text, {**options, "conversation": conversation})


def _parts(item: Item) -> list[Item]:
    content = item.get("content")
    if isinstance(content, str):
        return [{"type": "input_text", "text": content}]
    return list(content or ())
