"""`Panel`: a conversation to look at and to go on with, by clicks; a widget.

Clicks arrive on the main thread, between cells: they check, and post the rest to the worker loop,
which asks, paints and waits. So an answer goes on while cells run.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any

from ipywidgets import VBox

from respmagic._conversations import Conversation
from respmagic._exceptions import Interrupted, OptionError, RespmagicError, UsageError
from respmagic._gateways import Gateway, find_gateway
from respmagic._options import variable_name
from respmagic._panel.approval import Buttons
from respmagic._panel.asked import OF_THE_PROMPT, Asked, cell_of, split_settings
from respmagic._panel.base import Post
from respmagic._panel.controls import CONTROLLED, Composer, Pickers, Settings
from respmagic._panel.offers import Noticed, functions_by_name, listed, noticed
from respmagic._panel.run import KernelForeground, run_turn
from respmagic._panel.static import Transcribed
from respmagic._panel.style import Makes, dismantle, named
from respmagic._panel.transcript import Transcript
from respmagic._panel.turns import Actions, TurnView, error_html, line_html
from respmagic._plan import Plan, make_plan
from respmagic._result import Result
from respmagic._runner import running_tools
from respmagic._session import Session, current_session

__all__ = ["Panel"]

NAME = "panel"
"""The conversation of a panel that was told of none, and of the next ones with a number."""


class Panel(VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A chat panel in the notebook: `%%responses` for people who would rather click.

    It is a view of a conversation, which cells go on with by ``-c NAME``. What is sent goes on
    while other cells run, but clicks wait for the cell that runs: a kernel hears of them in
    between only. Tools that need the main thread wait for it, too.

    Args:
        settings: the keywords of `respmagic.respond`, to begin with.

    Raises:
        OptionError: if a keyword or its value cannot be used.
        UsageError: where there is no notebook that could show it.
    """

    def __init__(self, **settings: Any) -> None:
        self._foreground = KernelForeground()
        self._session = current_session()
        given, self._extra = split_settings(settings)
        self._conversation = _conversation(self._session, given.pop("conversation", None))
        self._makes = Makes()
        self._post = Post(self._show_error)
        self._busy = threading.Lock()  # held while an answer is on its way
        self._answering: asyncio.Task[Any] | None = None
        self._listing: asyncio.Task[Any] | None = None
        self._noticed: Noticed | None = None
        self._pickers = Pickers(given, self._conversation.name)
        self._settings = Settings(given)
        self._given = {n: v for n, v in given.items() if n not in CONTROLLED}
        self._composer = Composer(
            self._post.guarded,
            send=self._send_prompt,
            stop=self.stop,
            retry=self.retry,
            clear=self.clear,
        )
        self._transcript = Transcript(self._makes, self._actions)
        self._notice, self._usage = self._makes.page(), self._makes.page()
        super().__init__(
            [
                self._makes.sheet,
                self._pickers.box,
                self._transcript.box,
                self._notice,
                self._composer.box,
                self._usage,
                self._settings.box,
            ]
        )
        named(self, "panel")
        self._follow_along()

    # --- What code may do with it

    @property
    def conversation(self) -> Conversation:
        """The conversation that is shown and goes on."""
        return self._conversation

    @property
    def results(self) -> tuple[Result, ...]:
        """The results of the turns that are shown, partial ones too, live objects."""
        return tuple(view.result for view in self._views() if view.result is not None)

    @property
    def result(self) -> Result | None:
        """The newest of them."""
        return self.results[-1] if self.results else None

    def ask(self, prompt: str) -> Awaitable[Result]:
        """Send `prompt`, as the button does; returns at once.

        Returns:
            What may be awaited for the result: ``await panel.ask("…")``.

        Raises:
            OptionError: if it cannot be sent so; nothing was sent.
            UsageError: while another answer is on its way, and once the panel is closed.
        """
        options = {"template": False, **self._options()}  # as `respond`: code has f-strings
        answer = asyncio.wrap_future(self._ask(prompt, options), loop=self._foreground.loop)
        # Where nobody awaits it, nobody asks what came of it, and asyncio would complain of that.
        answer.add_done_callback(lambda done: done.cancelled() or done.exception())
        return answer

    def stop(self) -> None:
        """Stop the answer that is on its way; what has come of it is kept."""
        self._post.soon(self._cancel)

    def retry(self) -> None:
        """Take the last turn back, and ask the same with the settings as they are now.

        Raises:
            OptionError: if there is none.
            UsageError: while another answer is on its way, and once the panel is closed.
        """
        self._refuse_unless_ready()
        self._leave_dropped()
        if not (views := self._views()):
            raise OptionError("there is nothing to ask again")
        last, newest = views[-1], self._conversation.turns[-1:]
        asked = {n: v for n, v in last.asked.options.items() if n in OF_THE_PROMPT}
        options = {**asked, **self._options()}
        turn = last.turn if last.turn in newest else None
        if turn is not None:
            self._conversation.undo()
        try:
            self._ask(last.asked.prompt, options, last.asked.uploads)
        except Exception:
            if turn is not None:
                self._conversation.commit(turn, last.result)
            raise
        self._post.soon(self._transcript.drop, last)

    def clear(self) -> None:
        """Begin anew under the same name; what there was is kept under another.

        Raises:
            UsageError: while an answer is on its way, and once the panel is closed.
        """
        self._refuse_unless_ready()
        self._post.soon(self._transcript.clear)
        if self._conversation.turns:
            self._conversation.clear()

    def cell(self) -> str:
        """The `%%responses` cell that asks what was asked last.

        Raises:
            OptionError: if nothing was asked yet.
        """
        if not (views := self._views()):
            raise OptionError("nothing was asked in this panel yet")
        return self._source(views[-1])

    def static(self) -> Transcribed:
        """All of the transcript as a value that needs no kernel: to be a cell's last line."""
        return Transcribed(self._conversation.name, self._views())

    def _views(self) -> tuple[TurnView, ...]:
        """The turns, as the conversation is by now."""
        self._post.settle()
        return self._transcript.views

    def close(self) -> None:
        """Stop what goes on, and take the panel from the page; the conversation stays."""
        if self._is_open:
            self._session.panels.remove(self)
            self._follow_no_more()
            self._post.last(self._dismantle)

    @property
    def _is_open(self) -> bool:
        # Python closes it, too, and may do so before there is all of it.
        panels = getattr(getattr(self, "_session", None), "panels", ())
        return any(self is panel for panel in panels)

    def _dismantle(self) -> None:
        dismantle(*self.children)
        self._makes.close()
        self.layout.close()
        super().close()

    def __repr__(self) -> str:
        number = len(self._views())
        turns = f"{number} turn{'' if number == 1 else 's'}"
        return f"<Panel of the conversation {self._conversation.name}, {turns}>"

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**options)
        return {**bundle, "text/plain": _WITHOUT_KERNEL}

    # --- Clicks, on the main thread

    def _send_prompt(self) -> None:
        if self._busy.locked() and not self._composer.prompt:
            return  # a double click: the first one has sent it
        options = {"template": True, **self._options()}  # as a cell
        self._ask(self._composer.prompt, options, self._composer.uploads)
        self._composer.clear()

    def _ask(
        self, prompt: str, options: dict[str, Any], uploads: tuple[tuple[str, bytes], ...] = ()
    ) -> concurrent.futures.Future[Result]:
        """Check what is asked, and have the loop send it."""
        self._refuse_unless_ready()
        asked = Asked(prompt, options, self._extra, uploads)
        given, notes = asked.given()
        running = running_tools.get()
        plan = make_plan(prompt, given, self._extra, running=running, session=self._session)
        plan = replace(plan, notes=(*plan.notes, *notes))
        answer: concurrent.futures.Future[Result] = concurrent.futures.Future()
        if not self._busy.acquire(blocking=False):  # another thread was quicker
            self._refuse_unless_ready()
        self._post.soon(self._begin, asked, plan, answer)
        return answer

    def _refuse_unless_ready(self) -> None:
        if not self._is_open:
            raise UsageError("this panel is closed: %responses panel shows another")
        if self._busy.locked():
            raise UsageError("an answer is still on its way: wait for its end, or press Stop")

    def _options(self) -> dict[str, Any]:
        """The keywords of `respmagic.respond`, as they are set now."""
        self._leave_dropped()
        options = {**self._given, **self._pickers.given(), **self._settings.given()}
        offered = functions_by_name(self._session.namespace, self._given.get("tools"))
        if left_out := self._settings.left_out & set(offered):
            options["tools"] = [offered[name] for name in offered if name not in left_out]
        return {**options, "conversation": self._conversation}

    def _choose_conversation(self, change: Mapping[str, Any]) -> None:
        name = change["new"].strip() or self._conversation.name
        if name == self._conversation.name:
            self._pickers.conversation.value = name
            return
        try:
            self._refuse_unless_ready()
            chosen = self._session.conversation(name)
        except RespmagicError:
            self._pickers.conversation.value = self._conversation.name
            raise
        self._show_instead(chosen)

    def _show_instead(self, chosen: Conversation) -> None:
        """Show another conversation, and go on with that."""
        self._conversation.changed.unsubscribe(self._changed)
        self._conversation = chosen
        chosen.changed.subscribe(self._changed)
        self._post.soon(self._transcript.clear)
        self._changed()

    def _leave_dropped(self) -> None:
        """Begin anew where the conversation was dropped: no cell could go on with it any more."""
        name = self._conversation.name
        if self._conversation.is_dropped and self._is_open and not self._busy.locked():
            self._show_instead(self._session.conversation(name))
            said = f"the conversation {name} was dropped: another one of that name begins here"
            self._post.soon(self._say, said)

    def _choose_gateway(self, _: Any = None) -> None:
        """Have the models of the gateway listed that is chosen now."""
        given = {**self._given, **self._pickers.given()}
        gateway = find_gateway(given, self._session.settings.values_by_name())
        self._post.soon(self._list_models, gateway)

    def _look_around(self, *_: Any) -> None:
        """See what the notebook has now; after each cell."""
        self._leave_dropped()
        self._pickers.conversation.value = self._conversation.name  # it may have been renamed
        found = noticed(self._session, self._given.get("tools"))
        if found != self._noticed:
            self._noticed = found
            self._post.soon(self._offer, found)

    def _follow_along(self) -> None:
        """From now on take part in what the notebook does."""
        guarded = self._post.guarded
        self._looking = guarded(self._look_around)
        self._session.panels.append(self)
        self._conversation.changed.subscribe(self._changed)
        if self._session.shell is not None:
            self._session.shell.events.register("post_run_cell", self._looking)
        self._pickers.conversation.observe(guarded(self._choose_conversation), "value")
        self._pickers.profile.observe(guarded(self._choose_gateway), "value")
        self._looking()
        guarded(self._choose_gateway)()
        self._changed()

    def _follow_no_more(self) -> None:
        self._conversation.changed.unsubscribe(self._changed)
        if self._session.shell is not None:
            with contextlib.suppress(ValueError):  # the shell has been reset meanwhile
                self._session.shell.events.unregister("post_run_cell", self._looking)

    def _changed(self) -> None:
        """The conversation has changed; on whichever thread that was."""
        self._post.soon(self._show_conversation)

    def _keep(self, view: TurnView, name: str) -> None:
        """Bind a turn's result to a name."""
        if not name:
            return
        try:
            variable_name(name)
        except ValueError as error:
            raise OptionError(f"{name!r} cannot hold the result: it is {error}") from None
        self._session.namespace[name] = view.result
        self._post.soon(self._say, f"{name} holds this result now")

    def _source(self, view: TurnView) -> str:
        """The cell that asks what was asked in this turn."""
        return cell_of(view.asked, self._session.namespace)

    # --- What is shown, on the worker loop

    def _begin(self, asked: Asked, plan: Plan, answer: concurrent.futures.Future[Result]) -> None:
        self._notice.value = ""
        view = self._transcript.begin(asked)
        self._composer.set_running(True)
        self._pickers.conversation.disabled = True
        self._answering = self._post.start(self._answer(view, plan, answer))
        self._show_usage()

    async def _answer(
        self, view: TurnView, plan: Plan, answer: concurrent.futures.Future[Result]
    ) -> None:
        """Run a turn to its end, whatever that is."""
        approver = Buttons(view.questions, self._makes, self._post)
        try:
            result, error = await run_turn(plan, self._foreground, approver, view.paint, self._post)
            if not self._post.closed:
                self._transcript.finish(view, result)
        finally:
            self._composer.set_running(False)
            self._pickers.conversation.disabled = False
            self._show_conversation()
            self._busy.release()
        if error is None or isinstance(error, Interrupted):
            answer.set_result(result)  # a KeyboardInterrupt would end the loop that awaits it
        else:
            answer.set_exception(error)

    def _cancel(self) -> None:
        if self._answering is not None:
            # Not before its first step: that would leave the turn without an end.
            asyncio.get_running_loop().call_soon(self._answering.cancel)

    def _show_conversation(self) -> None:
        self._transcript.follow(self._conversation)
        self._show_usage()

    def _show_usage(self) -> None:
        said = [self._conversation.name, self._transcript.used, "clicks wait for the running cell"]
        self._usage.value = line_html(" · ".join(said))

    def _offer(self, found: Noticed) -> None:
        self._pickers.profile.options = found.profiles
        self._pickers.conversation.options = found.conversations
        self._composer.offer_variables(found.variables)
        self._settings.offer_tools(found.tools)

    def _list_models(self, gateway: Gateway) -> None:
        if self._listing is not None:
            self._listing.cancel()
        self._settings.take(gateway.profile.ignores)
        self._composer.take_files(taken=gateway.profile.images or gateway.profile.files)
        self._pickers.profile.placeholder = gateway.profile.name
        self._pickers.model.placeholder = gateway.profile.model or "name one"
        self._pickers.model.options = ()
        self._listing = self._post.start(listed(gateway, self._show_models))

    def _show_models(self, names: tuple[str, ...], fault: str) -> None:
        self._pickers.model.options = names
        if fault:
            self._say(f"the models are not listed: {fault}")

    def _say(self, text: str) -> None:
        self._notice.value = line_html(text)

    def _show_error(self, error: BaseException) -> None:
        self._notice.value = error_html(error)

    def _actions(self, view: TurnView) -> Any:
        return Actions(
            self._makes,
            self._post,
            keep=lambda name: self._keep(view, name),
            source=lambda: self._source(view),
        ).box


_WITHOUT_KERNEL = (
    "A respmagic panel: it needs the kernel that it was made in. %responses panel shows it anew; "
    "%responses panel --static leaves its transcript as an output that stays."
)


def _conversation(session: Session, wanted: str | Conversation | None) -> Conversation:
    if isinstance(wanted, Conversation):
        return wanted
    if wanted is not None:
        return session.conversation(wanted)
    free = NAME not in session.conversations
    return session.conversation(NAME if free else session.conversations.free(NAME))
