"""The magics, thin doors: parse the line, run, bind, raise in one short line.

The rooms that a run needs are imported when a cell runs, so that `%load_ext` stays light.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from IPython.core.completer import CompletionContext, SimpleMatcherResult, context_matcher
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from respmagic import _config, _secrets
from respmagic._exceptions import Interrupted, OptionError, RespmagicError
from respmagic._line import parse_line
from respmagic._options import COMMAND_WORDS, commands_text, did_you_mean, help_text
from respmagic._session import end_session, session_of

if TYPE_CHECKING:
    from respmagic._result import Result

__all__ = ["ResponsesMagics", "load", "unload"]

_HELP = f"""%%responses [NAME <<] [options]

Send the cell's text to the model, with the notebook's @respmagic.tool functions as tools, and
leave the answer as a Result in _, Out[n], _response and NAME.

{help_text()}

%responses alone asks nothing of the model:
{commands_text()}

The options' long names are the keywords of respmagic.respond, and the settings of
%config ResponsesMagics.
"""


@magics_class
class ResponsesMagics(_config.Settings, Magics):
    """`%%responses` and `%responses`, and their settings."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell=shell)
        self._shell = shell
        self.bound_package = False
        self.matcher = _matcher(shell)

    @no_var_expand
    @line_cell_magic
    def responses(self, line: str, cell: str | None = None) -> Any:
        """See `_HELP`, which stands here at run time."""
        options: dict[str, Any] = {}
        try:
            if cell is None:
                return self._command(line)
            options = parse_line(line)
            value, error = self._cell(cell, options)
        except (RespmagicError, Interrupted) as caught:
            value, error = None, caught
        if error is None:
            return value
        raise _short(error, whole=options.get("debug", False))

    responses.__doc__ = _HELP

    def _cell(self, prompt: str, options: dict[str, Any]) -> tuple[Any, BaseException | None]:
        """Run a cell: the value that it is to have, and the error that it is to raise."""
        from respmagic import _respond  # noqa: PLC0415 - see the module's docstring

        quiet = options.pop("quiet", False)
        with _respond.Interrupts() as interrupts:
            result, error = _respond.run_cell(
                prompt, options, interrupts, session_of(self._shell), quiet=quiet
            )
            self._bind(result, options.get("out"))
            if error is not None and not quiet:
                # IPython binds _ and Out by itself only of cells that end well.
                self._shell.displayhook(result)
            if hasattr(self._shell, "kernel") and _respond.is_own_cell(self._shell):
                interrupts.linger()
        return (None if quiet else result), error

    def _bind(self, result: Result, name: str | None) -> None:
        session_of(self._shell).last = result
        self._shell.push({"_response": result}, interactive=False)
        if name is not None:
            self._shell.push({name: result})

    def _command(self, line: str) -> Any:
        word, _, rest = line.strip().partition(" ")
        if word in ("", "help"):
            print(_HELP)  # noqa: T201 - what was asked for
            return None
        if word not in COMMAND_WORDS:
            raise OptionError(
                f"%responses has no {word!r}{did_you_mean(word, COMMAND_WORDS)}; it has "
                f"{', '.join(COMMAND_WORDS)}. To ask the model, begin the cell with %%responses."
            )
        from respmagic import _commands  # noqa: PLC0415 - see the module's docstring

        shown = _commands.run_command(word, rest.strip(), session_of(self._shell))
        if isinstance(shown, str):
            print(shown)  # noqa: T201 - what was asked for
            return None
        return shown


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


def _matcher(shell: Any) -> Callable[[CompletionContext], SimpleMatcherResult]:
    """What Tab asks on our lines."""

    @context_matcher(identifier="respmagic")  # type: ignore[untyped-decorator]  # IPython's own
    def match(context: CompletionContext) -> SimpleMatcherResult:
        from respmagic import _completion  # noqa: PLC0415 - see the module's docstring

        return _completion.complete(context, shell.user_ns)

    return match  # type: ignore[no-any-return]  # the decorator is untyped


def load(shell: Any) -> None:
    """Register the magics, and bind the package's name if nothing else bears it."""
    magics = ResponsesMagics(shell)
    shell.register_magics(magics)
    _config.activate(magics)
    if shell.Completer is not None:
        shell.Completer.custom_matchers.append(magics.matcher)
    package = sys.modules["respmagic"]
    if "respmagic" not in shell.user_ns:
        shell.push({"respmagic": package}, interactive=False)
        magics.bound_package = True


def unload(shell: Any) -> None:
    """Take away all that `load` brought."""
    manager = shell.magics_manager
    magics = manager.registry.pop(ResponsesMagics.__name__, None)
    for kind in ("line", "cell"):
        manager.magics[kind].pop("responses", None)
    if magics in shell.configurables:
        shell.configurables.remove(magics)
    if shell.Completer is not None and magics is not None:
        kept = [m for m in shell.Completer.custom_matchers if m is not magics.matcher]
        shell.Completer.custom_matchers[:] = kept
    if magics is not None and magics.bound_package:
        shell.drop_by_id({"respmagic": sys.modules["respmagic"]})
    end_session(shell)
    _config.activate(None)
