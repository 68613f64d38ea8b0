"""A cell and a line of ours: read, run, bound to names, and failing in one short line."""

from __future__ import annotations

from typing import Any

from respmagic import _respond, _secrets
from respmagic._exceptions import Interrupted, OptionError, RespmagicError
from respmagic._line import parse_line
from respmagic._options import COMMAND_WORDS, commands_text, help_text
from respmagic._result import Result
from respmagic._session import Session
from respmagic._spelling import did_you_mean

__all__ = ["documentation", "run_cell", "run_line"]


def documentation() -> str:
    """What `%%responses?` and `%responses help` show."""
    return f"""%%responses [NAME <<] [options]

Send the cell's text to the model, with the notebook's @respmagic.tool functions as tools, and
leave the answer as a Result in _, Out[n], _response and NAME.

{help_text()}

%responses alone asks nothing of the model:
{commands_text()}

The options' long names are the keywords of respmagic.respond, and the settings of
%config ResponsesMagics.
"""


def run_cell(line: str, cell: str, session: Session) -> Any:
    """Run a `%%responses` cell.

    Args:
        line: what stands behind the magic's name.
        cell: the prompt.
        session: the notebook that the cell is in.

    Returns:
        The value that the cell is to have.

    Raises:
        RespmagicError: what went wrong, to be shown as one line.
        Interrupted: on Ctrl-C, likewise.
    """
    options: dict[str, Any] = {}
    try:
        options = parse_line(line)
        value, error = _run(cell, options, session)
    except (RespmagicError, Interrupted) as caught:
        value, error = None, caught
    if error is not None:
        raise _short(error, whole=options.get("debug", False))
    return value


def _run(
    prompt: str, options: dict[str, Any], session: Session
) -> tuple[Any, BaseException | None]:
    """The value that the cell is to have, and the error that it is to raise."""
    shell, quiet = session.shell, options.pop("quiet", False)
    with _respond.Interrupts() as interrupts:
        result, error = _respond.run_cell(prompt, options, interrupts, session, quiet=quiet)
        _bind(result, options.get("out"), session)
        if error is not None and not quiet:
            # IPython binds _ and Out by itself only of cells that end well.
            shell.displayhook(result)
        if hasattr(shell, "kernel") and _respond.is_own_cell(shell):
            interrupts.linger()
    return (None if quiet else result), error


def _bind(result: Result, name: str | None, session: Session) -> None:
    session.last = result
    session.shell.push({"_response": result}, interactive=False)
    if name is not None:
        session.shell.push({name: result})


def run_line(line: str, session: Session) -> Any:
    """Run a `%responses` line.

    Returns:
        What is to be shown; text is printed.

    Raises:
        RespmagicError: what went wrong, to be shown as one line.
        Interrupted: on Ctrl-C, likewise.
    """
    try:
        shown = _command(line, session)
    except (RespmagicError, Interrupted) as caught:
        error = caught
        if caught.result is not None:  # a run, such as a retry, that did not end well
            _bind(caught.result, None, session)
            session.shell.displayhook(caught.result)
    else:
        if isinstance(shown, Result):
            _bind(shown, None, session)
        if not isinstance(shown, str):
            return shown
        print(shown)  # noqa: T201 - what was asked for
        return None
    raise _short(error, whole=False)


def _command(line: str, session: Session) -> Any:
    word, _, rest = line.strip().partition(" ")
    if word in ("", "help"):
        return documentation()
    if word not in COMMAND_WORDS:
        raise OptionError(
            f"%responses has no {word!r}{did_you_mean(word, COMMAND_WORDS)}; it has "
            f"{', '.join(COMMAND_WORDS)}. To ask the model, begin the cell with %%responses."
        )
    from respmagic import _commands  # noqa: PLC0415 - cells need none of them

    return _commands.run_command(word, rest.strip(), session)


def _short(error: BaseException, *, whole: bool) -> BaseException:
    """`error` as one line in the cell, unless the whole traceback is wanted.

    On the instance and only here: in a user's own function the traceback shows their lines. No
    context may remain, since IPython prints all of it where an exception group is in it.
    """
    is_ours = isinstance(error, (RespmagicError, Interrupted))
    if is_ours and not whole:
        error.__context__ = error.__cause__ = None
        text = _secrets.scrub(f"{type(error).__name__}: {error}")
        error._render_traceback_ = lambda: [text]  # type: ignore[attr-defined]
    return error
