"""The doors: options in, `Result` out. Cells, Python calls and tools all come here."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from respmagic._capture import Card, Printed
from respmagic._conversations import Conversation
from respmagic._hosted import hosted_named
from respmagic._inputs import text_from
from respmagic._items import shortened
from respmagic._jobs import BackgroundJob, job_named
from respmagic._namespace import named_type
from respmagic._plan import Plan, make_plan
from respmagic._pump import Interrupts
from respmagic._renderers import cell_renderer
from respmagic._renderers.base import Renderer, is_own_cell
from respmagic._renderers.plain import Plain
from respmagic._renderers.whole import Whole
from respmagic._result import Result
from respmagic._runner import running_tools
from respmagic._running import arun_plan, run_plan
from respmagic._session import Session, current_session

__all__ = ["Interrupts", "arespond", "is_own_cell", "respond", "resume", "run_cell", "run_shown"]


def respond(
    prompt: str,
    *,
    model: str | None = None,
    profile: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    api: str | None = None,
    tools: Iterable[Any] | None = None,
    tool_choice: Any = None,
    approve: str | None = None,
    instructions: str | None = None,
    template: bool = False,
    images: Any = None,
    files: Any = None,
    web_search: bool | Mapping[str, Any] | None = None,
    hosted: Any = None,
    schema: Any = None,
    repair: int | None = None,
    conversation: str | Conversation | None = None,
    store: bool | None = None,
    truncate: str | None = None,
    background: bool | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    max_output_tokens: int | None = None,
    effort: str | None = None,
    summary: str | None = None,
    verbosity: str | None = None,
    max_parallel_tools: int | None = None,
    max_turns: int | None = None,
    stream: bool | None = None,
    timeout: float | None = None,
    retries: int | None = None,
    dry_run: bool = False,
    show: bool = False,
    verbose: bool | None = None,
    **extra: Any,
) -> Result:
    """Ask the model, run the tools it calls, and return what came of it.

    What is None is taken from the notebook's settings (`%config ResponsesMagics`), else left to
    the server. Works in scripts, cells, loops, threads and sync tools.

    Args:
        prompt: what to ask.
        model: the model's name.
        profile: the gateway to ask, e.g. ``openrouter``; ``%responses profiles`` lists them.
        base_url: where the API is, e.g. ``http://localhost:11434/v1``; by default
            ``OPENAI_BASE_URL``, then OpenAI's own where there is a key, then the embedded model.
        api_key: by default what the profile's variable holds, ``OPENAI_API_KEY`` without one.
        api: the dialect: ``responses``, ``chat``, or ``auto``, the default: the Responses API,
            and where a server does not know that, chat.completions; profiles may know better.
        tools: functions or names of functions; None for the marked functions of the notebook,
            without those that run around this call; empty for none.
        tool_choice: ``auto``, ``none``, ``required``, a tool's name, or the wire's own object.
        approve: ``allow`` to run tools, ``ask`` to be asked by `input()` before each call,
            ``deny`` to run none; by default what each tool and the settings say.
        instructions: what the model is to keep to.
        template: whether ``{{ expression }}`` in `prompt` and `instructions` is filled in from the
            notebook's variables, as a cell does. Not by default: a text that is built here may hold
            what others wrote, and the expressions in it would be run.
        images: one or a list of: a figure, a Pillow image, a NumPy array of pixels, bytes, a
            path, a pattern of paths, a URL, which is passed on, or the name of a variable.
        files: the same of PDFs, which go as they are, and text files, whose text goes.
        web_search: whether the server may search the web; a dict for further fields of that tool.
        hosted: one or a list of other tools of the server as the wire has them, e.g.
            ``{"type": "code_interpreter", "container": {"type": "auto"}}``.
        schema: what the answer is to look like: a pydantic model, a dataclass, a TypedDict, an
            Enum, a Literal, a list of such, a plain type, or a dict that is a JSON Schema; the
            result's ``parsed`` is a value of it.
        repair: how often an answer that does not fit goes back to the model with what is wrong,
            by default never.
        conversation: the conversation to go on with and to add to, by name or as it is; one that
            is not there yet begins. None for a run that stands alone. An id such as ``conv_…``
            names one that the server keeps.
        store: whether the server is to keep what is said, so that only what is new is sent to it;
            by default it is told to keep nothing, and all is sent each time.
        background: whether the server is to go on if this call is interrupted, or the connection
            breaks; it is followed to its end all the same.
        truncate: ``auto`` to have the server cut what is too long for the model.
        temperature: 0 for the likeliest words.
        top_p: choose among the likeliest words that make up this share, instead.
        max_output_tokens: the longest answer in tokens, reasoning included.
        effort: how hard to reason, e.g. ``low``.
        summary: what of the reasoning is to be told: ``auto``, ``concise`` or ``detailed``.
        verbosity: how much to say: ``low``, ``medium`` or ``high``.
        max_parallel_tools: how many calls of tools run at once, by default 16.
        max_turns: how many requests may be made, by default 10.
        stream: whether to ask for the answer as it is written, by default True.
        timeout: seconds without a byte until the server is given up, by default 600.
        retries: how often to try again before an answer begins, by default 2.
        dry_run: send nothing; the result's ``requests`` holds what would have been sent.
        show: display the run in the cell while it goes on, and the result at its end.
        verbose: show ids, times and details too, where the result is shown.
        extra: further parameters of the request, by their names on the wire; those whose names
            mean something else here in a dict: ``extra={"prompt": …}``.

    Returns:
        The result; its ``text`` is the answer.

    Raises:
        OptionError: if an argument cannot be used; nothing was sent.
        GatewayError: if no whole answer came; its ``result`` holds what did.
        OutputError: if an answer that was to have a form has it not; it says why.
        MaxTurnsExceeded: if the model asks for tools again after the last turn.
        Interrupted: on Ctrl-C; its ``result`` holds what had arrived.
        UsageError: inside an async tool, where `arespond` is to be awaited.
    """
    plan = make_plan(prompt, _given(locals()), extra, running=running_tools.get())
    return _ran(plan, show=show)


def resume(
    name: str = "",
    *,
    model: str | None = None,
    profile: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    tools: Iterable[Any] | None = None,
    show: bool = False,
) -> Result:
    """Go on with the answer of a job (``background=True``) that was no longer waited for.

    One that this notebook or script began goes on as it was asked, in its conversation. Of one that
    was begun elsewhere only the server's name is known: where to ask is told as to `respond`.

    Args:
        name: the server's name for it, ``resp_…``; by default the newest that was begun here.
        model: the model that was asked.
        profile: the gateway.
        base_url: where the API is.
        api_key: by default what the profile's variable holds.
        tools: functions, for calls in the answer.
        show: display the run in the cell while it goes on, and the result at its end.

    Returns:
        The result, as of `respond`.

    Raises:
        OptionError: if there is no such job, or an argument cannot be used.
        RespmagicError: as `respond` does.
    """
    session = current_session()
    job = job_named(name, session, _given(locals()))
    session.jobs.pop(job.name, None)
    return _ran(job.plan, show=show, left=job)


def _ran(plan: Plan, *, show: bool, left: BackgroundJob | None = None) -> Result:
    """What comes of `plan`; raises what ends it."""
    renderer = _shower(plan.session.shell) if show else None
    with Interrupts() as interrupts:
        result, error, _ = run_plan(plan, interrupts=interrupts, renderer=renderer, left=left)
        if renderer is not None:
            renderer.finish(result)
    if error is not None:
        raise error
    return result


def run_cell(
    prompt: str,
    options: dict[str, Any],
    interrupts: Interrupts,
    session: Session,
    *,
    quiet: bool = False,
) -> tuple[Result, BaseException | None]:
    """Run a `%%responses` cell: as `respond`, but shown as the cell's options say.

    Args:
        prompt: the cell's text.
        options: by `Option.name`.
        interrupts: the guard that is entered around this call.
        session: the notebook that the cell is in.
        quiet: whether to show nothing.

    Returns:
        The result, whole or partial, and the error that ended the run, if one did.

    Raises:
        OptionError: if an option cannot be used; nothing was sent.
    """
    given = {name: value for name, value in options.items() if name not in _CELL_OPTIONS}
    given.setdefault("conversation", session.settings.conversation)
    text = prompt.strip("\n")
    given.setdefault("template", True)  # the cell's text is the user's own code, like an f-string
    if "schema" in options:
        given["schema"] = named_type(options["schema"], session.namespace)
    if "hosted" in options:
        given["hosted"] = hosted_named(options["hosted"], session.namespace)
    before = (
        text_from(options["prompt_from"], session.namespace) if "prompt_from" in options else ""
    )
    extra, running = options.get("extra", {}), running_tools.get()
    plan = make_plan(text, given, extra, running=running, session=session, before=before)
    wanted = options.get("renderer", session.settings.renderer)
    result, error = run_shown(plan, interrupts, "final" if quiet else wanted)
    if options.get("debug"):
        sent = json.dumps(result.requests, indent=1, ensure_ascii=False)
        print(shortened(sent))  # noqa: T201 - asked for
    return result, error


def run_shown(
    plan: Plan, interrupts: Interrupts, renderer: str, job: BackgroundJob | None = None
) -> tuple[Result, BaseException | None]:
    """Run `plan` and show it while it goes on; what remains is the cell's value.

    Args:
        plan: what to do.
        interrupts: the guard that is entered around this call.
        renderer: the name of one.
        job: what is gone on with, if it was begun before.

    Returns:
        The result, whole or partial, and the error that ended the run, if one did.
    """
    shell = plan.session.shell
    shower = cell_renderer(renderer, shell)
    result, error, others = run_plan(plan, interrupts=interrupts, renderer=shower, left=job)
    shower.finish(result)
    if shower.to_clear:
        _clear(shell, others)
    return result, error


# The options of a cell that say how to run and show, not what to ask.
_CELL_OPTIONS = ("out", "renderer", "debug", "extra", "prompt_from")


def _clear(shell: Any, others: Card) -> None:
    """Clear what was painted; what others printed meanwhile is shown again."""
    shell.display_pub.clear_output(wait=True)
    for output in others.outputs:
        if isinstance(output, Printed):
            getattr(sys, output.stream).write(output.text)
        else:
            shell.display_pub.publish(dict(output.data), dict(output.metadata))


# The arguments of `respond` that say how to run, not what to ask.
_NOT_OPTIONS = ("prompt", "show", "extra", "name", "session")


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in _NOT_OPTIONS}


def _shower(shell: Any) -> Renderer:
    if shell is None or getattr(shell, "kernel", None) is None:
        return Plain()
    return Whole(shell, live=bool(getattr(shell.kernel, "_allow_stdin", False)))


async def arespond(
    prompt: str,
    *,
    model: str | None = None,
    profile: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    api: str | None = None,
    tools: Iterable[Any] | None = None,
    tool_choice: Any = None,
    approve: str | None = None,
    instructions: str | None = None,
    template: bool = False,
    images: Any = None,
    files: Any = None,
    web_search: bool | Mapping[str, Any] | None = None,
    hosted: Any = None,
    schema: Any = None,
    repair: int | None = None,
    conversation: str | Conversation | None = None,
    store: bool | None = None,
    truncate: str | None = None,
    background: bool | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    max_output_tokens: int | None = None,
    effort: str | None = None,
    summary: str | None = None,
    verbosity: str | None = None,
    max_parallel_tools: int | None = None,
    max_turns: int | None = None,
    stream: bool | None = None,
    timeout: float | None = None,  # noqa: ASYNC109 - a server's silence, not this call's length
    retries: int | None = None,
    dry_run: bool = False,
    show: bool = False,
    verbose: bool | None = None,
    **extra: Any,
) -> Result:
    """`respond` for async code: takes and returns the same, and holds up nothing.

    Async tools run on the caller's loop, as do tools that need the main thread. A question whether
    a tool may run is asked there, too, and holds up the loop until it is answered; where the loop
    does not run on the main thread nobody can answer, which means no.

    Raises:
        CancelledError: if the awaiting task is cancelled; the request and the tools are, too. Its
            ``result`` holds what had arrived, also that of a TimeoutError's ``__cause__``.
        RespmagicError: as `respond` does.
    """
    plan = make_plan(prompt, _given(locals()), extra, running=running_tools.get())
    renderer = _shower(plan.session.shell) if show else None
    result, error = await arun_plan(plan, renderer)
    if renderer is not None:
        renderer.finish(result)
    if error is not None:
        raise error
    return result
