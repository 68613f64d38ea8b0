"""`%responses models`: what the server has."""

from __future__ import annotations

from collections.abc import Iterable

from respmagic._commands.base import waited
from respmagic._dialects.listing import Model
from respmagic._gateways import find_gateway
from respmagic._line import parse_command
from respmagic._models import models_of
from respmagic._options import COMMAND_OPTIONS
from respmagic._session import Session
from respmagic._spelling import did_you_mean
from respmagic._table import Table

__all__ = ["show_models"]

_LIST_SECONDS = 15.0


def show_models(line: str, session: Session) -> Table:
    """The models that the server lists, those whose names hold all words of `line`.

    Args:
        line: words, ``-p`` and ``--base-url``.
        session: the notebook's.

    Raises:
        OptionError: if the line cannot be understood.
        GatewayError: if the server does not list its models.
    """
    options, words = parse_command(line, COMMAND_OPTIONS["models"])
    gateway = find_gateway(options, session.settings.values_by_name())
    models = waited(models_of(gateway, _LIST_SECONDS))
    shown = [m for m in models if all(word.lower() in m.name.lower() for word in words)]
    note = f"{len(shown):,} of {len(models):,} models at {gateway.base_url}"
    if not shown and words:
        note += did_you_mean(" ".join(words), [model.name for model in models])
    return _model_table(shown, note)


def _model_table(models: Iterable[Model], note: str) -> Table:
    rows = [(m.name, m.owner, m.created, f"{m.context:,}" if m.context else "") for m in models]
    columns = ("model", "by", "created", "context")
    # What no server says of any model needs no column.
    used = [at for at in range(len(columns)) if at == 0 or any(row[at] for row in rows)]
    return Table([columns[at] for at in used], [[row[at] for at in used] for row in rows], note)
