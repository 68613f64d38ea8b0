"""The magics, thin doors: what `%load_ext` registers, and Tab.

The rooms that a run needs are imported when a cell runs, so that loading stays light.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from IPython.core.completer import CompletionContext, SimpleMatcherResult, context_matcher
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from respmagic import _config

__all__ = ["ResponsesMagics", "load", "unload"]


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
        """Ask a model; %responses help tells how."""
        from respmagic import _cell, _session  # noqa: PLC0415 - see the module's docstring

        session = _session.session_of(self._shell)
        if cell is None:
            return _cell.run_line(line, session)
        return _cell.run_cell(line, cell, session)


def _documentation() -> str:
    from respmagic import _cell  # noqa: PLC0415 - see the module's docstring

    return _cell.documentation()


# IPython asks for this first when it is asked %%responses?; the text is made only then.
ResponsesMagics.responses.getdoc = _documentation  # type: ignore[union-attr]  # a function here


def _matcher(shell: Any) -> Callable[[CompletionContext], SimpleMatcherResult]:
    """What Tab asks on our lines."""

    @context_matcher(identifier="respmagic")  # type: ignore[untyped-decorator]  # IPython's own
    def match(context: CompletionContext) -> SimpleMatcherResult:
        from respmagic import _completion, _session  # noqa: PLC0415 - see the module's docstring

        return _completion.complete(context, _session.session_of(shell))

    return match  # type: ignore[no-any-return]  # the decorator is untyped


def load(shell: Any) -> None:
    """Register the magics, and bind the package's name if nothing else bears it."""
    magics = ResponsesMagics(shell)
    shell.register_magics(magics)
    _config.activate(magics, shell)
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
    from respmagic import _session  # noqa: PLC0415 - see the module's docstring

    _session.end_session(shell)
    _config.activate(None, shell)
