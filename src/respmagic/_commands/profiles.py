"""`%responses profiles`: the gateways by name, whose keys are set, and who is there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from typing import Any

from respmagic._commands.base import waited
from respmagic._config import Settings
from respmagic._dialects.profiles import Profile, defined
from respmagic._exceptions import (
    AuthenticationError,
    ConnectionFailed,
    GatewayError,
    OptionError,
    ProtocolError,
    StatusError,
)
from respmagic._gateways import find_gateway, gateway_of, known_profiles
from respmagic._line import parse_command
from respmagic._models import models_of
from respmagic._options import COMMAND_OPTIONS
from respmagic._plan import checked_url
from respmagic._session import Session
from respmagic._spelling import did_you_mean
from respmagic._table import Table

__all__ = ["show_profiles"]

_CHECK_SECONDS = 5.0
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def show_profiles(line: str, session: Session) -> Table | str:
    """The gateways that may be named, or what came of ``add``.

    Args:
        line: names to show and ``--check``; or ``add``, a name and its fields.
        session: the notebook's; ``add`` puts the new profile into its settings.

    Raises:
        OptionError: if the line cannot be understood.
    """
    word, _, rest = line.strip().partition(" ")
    if word == "add":
        return _add(rest, session.settings)
    options, names = parse_command(line, COMMAND_OPTIONS["profiles"])
    values = session.settings.values_by_name()
    profiles, faults = known_profiles(values.get("profiles"))
    for name in names:
        if name in faults:
            raise OptionError(faults[name])
        if name not in profiles:
            raise OptionError(f"there is no profile {name!r}{did_you_mean(name, profiles)}")
    shown = [profiles[name] for name in names] or list(profiles.values())
    columns, rows = ["profile", "key variable", "key", "address", "api"], list(map(_row, shown))
    if options.get("check"):
        columns.append("reached")
        said = waited(_checked(shown, with_key_only=not names))
        rows = [[*row, word] for row, word in zip(rows, said, strict=True)]
    return Table(columns, rows, _note(values, faults))


def _note(values: Mapping[str, Any], faults: Mapping[str, str]) -> str:
    if faults:
        return f"left out: {'; '.join(faults.values())}"
    try:
        gateway = find_gateway({}, values)
    except OptionError as error:
        return str(error)
    return f"a cell that names none asks {gateway.profile.name} at {gateway.base_url}"


def _row(profile: Profile) -> list[str]:
    try:
        address = gateway_of(profile).base_url
    except OptionError:
        address = f"as {profile.base_url_env or '--base-url'} says"
    return [profile.name, profile.key_env, _key_state(profile), address, profile.api]


def _key_state(profile: Profile) -> str:
    """Whether there is a key, never which."""
    if not profile.key_env:
        return "none"
    if _has_key(profile):
        return "set"
    return "not set" if profile.needs_key else "not set (optional)"


def _has_key(profile: Profile) -> bool:
    try:
        return gateway_of(profile).api_key is not None
    except OptionError:  # no address, but perhaps a key
        return False


async def _checked(profiles: Iterable[Profile], *, with_key_only: bool) -> list[str]:
    """What came of asking each, all at once."""
    return await asyncio.gather(
        *(_reached(profile, with_key_only=with_key_only) for profile in profiles)
    )


async def _reached(profile: Profile, *, with_key_only: bool) -> str:
    try:
        gateway = gateway_of(profile)
    except OptionError as error:
        return f"not asked: {error}"
    if with_key_only and profile.needs_key and not gateway.api_key:
        return "not asked: no key"
    try:
        found = len(await models_of(gateway, _CHECK_SECONDS))
    except (GatewayError, OptionError) as error:
        return _outcome(error, gateway.base_url, has_key=gateway.api_key is not None)
    return f"yes, {found:,} model{'' if found == 1 else 's'}"


def _outcome(error: GatewayError | OptionError, url: str, *, has_key: bool) -> str:
    match error:
        case AuthenticationError():
            return "yes, but the key was refused" if has_key else "yes, but it wants a key"
        case StatusError():
            return f"yes, but it lists no models (HTTP {error.status})"
        case ProtocolError():
            return f"yes, but it lists no models: {error}"
        case ConnectionFailed():
            reason = str(error).partition(". ")[0]
            return f"no: {reason.partition(f'{url}: ')[2] or reason}"
        case _:
            return f"not asked: {error}"


def _add(line: str, settings: Settings) -> str:
    """Put a profile into the settings, and say how to keep it."""
    fields, names = parse_command(line, COMMAND_OPTIONS["profiles add"])
    if len(names) != 1 or not _NAME.fullmatch(names[0]):
        raise OptionError(
            "say %responses profiles add NAME --base-url URL --key-env VARIABLE; a name is one "
            "word of letters, digits, _, - and ."
        )
    [name] = names
    known, _ = known_profiles(settings.profiles)
    if name not in known and "base_url" not in fields and "like" not in fields:
        raise OptionError(f"profile {name!r} needs an address: --base-url https://host/v1")
    try:
        profile = defined(name, fields, known)
    except ValueError as error:
        raise OptionError(f"profile {name!r} {error}") from None
    if profile.base_url:
        checked_url(profile.base_url)
    row = _row(profile)
    settings.profiles = {**settings.profiles, name: fields}
    key = f"key from {profile.key_env} ({row[2]})" if profile.key_env else "no key"
    return (
        f"{name}: {row[3]} · {key} · api {profile.api}\n"
        f"%%responses -p {name} asks it, until the kernel ends. To have it always, put this into\n"
        "the file ipython_config.py in the folder that `ipython locate profile` names:\n"
        f"c.ResponsesMagics.profiles.update({ {name: fields} })"
    )
