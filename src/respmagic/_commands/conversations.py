"""`%responses conversations`: what goes on from cell to cell, told, forked, saved and let go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from respmagic import _secrets
from respmagic._conversation_file import FILE_LIMIT, read_conversation, written_conversation
from respmagic._conversations import Conversation
from respmagic._exceptions import OptionError
from respmagic._items import Usage
from respmagic._line import parse_command
from respmagic._options import COMMANDS
from respmagic._session import Session
from respmagic._spelling import did_you_mean
from respmagic._story import Story
from respmagic._table import Table
from respmagic._turns import text_of

__all__ = ["show_conversations"]

_SHOWN = 60


def show_conversations(line: str, session: Session) -> Table | Story | str:
    """The conversations, one of them, or what came of a change.

    Args:
        line: nothing, or what to do, names and a path.
        session: the notebook's.

    Raises:
        OptionError: if the line cannot be understood, or what it asks for cannot be done.
    """
    _, words = parse_command(line, ())
    if not words:
        return _listed(session)
    word, *others = words
    if word not in _ACTIONS:
        raise OptionError(
            f"%responses conversations has no {word!r}{did_you_mean(word, _ACTIONS)}; it has "
            f"{', '.join(_ACTIONS)}"
        )
    action, least, most = _ACTIONS[word]
    if not least <= len(others) <= most:
        usage = next(c.usage for c in COMMANDS if c.name == f"conversations {word}")
        raise OptionError(f"say %responses conversations {word} {usage}")
    shown: Story | str = action(session, *others)
    return shown


def _listed(session: Session) -> Table | str:
    begun = [talk for talk in session.conversations.values() if talk.turns]
    if not begun:
        return "No conversation has begun: a %%responses cell with -c begins one."
    columns = ("conversation", "turns", "tokens", "model", "last asked")
    return Table(columns, [_row(talk) for talk in begun])


def _row(talk: Conversation) -> tuple[str, ...]:
    usage = sum((turn.usage for turn in talk.turns if turn.usage is not None), Usage())
    last = talk.turns[-1]
    asked = " ".join(text_of(last.asked).split())
    asked = asked if len(asked) <= _SHOWN else asked[: _SHOWN - 1] + "…"
    return talk.name, str(len(talk)), f"{usage.total_tokens:,}", last.model, asked


def _show(session: Session, name: str) -> Story:
    return Story(session.conversation(name, create=False))


def _fork(session: Session, name: str, new: str) -> str:
    forked = session.conversation(name, create=False).fork(new)
    return f"{new} begins with the {_counted(forked)} of {name}."


def _rename(session: Session, name: str, new: str) -> str:
    session.conversations.rename(name, new)
    return f"{name} is called {new} now."


def _drop(session: Session, name: str) -> str:
    dropped = session.conversation(name, create=False)
    del session.conversations[name]
    return f"{name} is gone, and with it {_counted(dropped)}."


def _export(session: Session, name: str, path: str) -> str:
    talk = session.conversation(name, create=False)
    file = Path(path).expanduser()
    if file.exists():
        _refuse_foreign(file)
    try:
        file.write_text(written_conversation(talk), encoding="utf-8")
    except OSError as error:
        raise OptionError(f"{path} cannot be written: {_reason(error)}") from None
    return f"{_counted(talk)} of {name} written to {path}, secrets masked."


def _refuse_foreign(file: Path) -> None:
    """An older export may be written over, and nothing else."""
    try:
        read_conversation(_text_in(file))
    except OptionError:
        raise OptionError(
            f"{file} is there already and no conversation of ours: take another name"
        ) from None


def _load(session: Session, path: str, name: str = "") -> str:
    own_name, turns = read_conversation(_text_in(Path(path).expanduser()))
    talk = session.conversations.add(name or own_name, [(turn, None) for turn in turns])
    return f"{talk.name} has {_counted(talk)} now; a cell with -c {talk.name} goes on with it."


def _text_in(file: Path) -> str:
    try:
        if file.stat().st_size > FILE_LIMIT:
            raise OptionError(f"{file} is too large: more than {FILE_LIMIT:,} bytes")
        if not file.is_file():  # a device or a pipe may never end
            raise OptionError(f"{file} cannot be read: it is no file")
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise OptionError(f"{file} cannot be read: {_reason(error)}") from None
    except UnicodeDecodeError:
        raise OptionError(f"{file} is no text in UTF-8, so no conversation of ours") from None


def _reason(error: OSError) -> str:
    return str(_secrets.scrub(error.strerror or str(error)))


def _counted(talk: Conversation) -> str:
    return f"{len(talk)} turn{'' if len(talk) == 1 else 's'}"


# word -> what is done, and how many words it takes, at least and at most
_ACTIONS: dict[str, tuple[Callable[..., Any], int, int]] = {
    "show": (_show, 1, 1),
    "fork": (_fork, 2, 2),
    "rename": (_rename, 2, 2),
    "drop": (_drop, 1, 1),
    "export": (_export, 2, 2),
    "load": (_load, 1, 2),
}
