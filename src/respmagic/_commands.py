"""`%responses models` and `%responses profiles`: ask servers what they have, and show it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any, TypeVar

import httpx

from respmagic import _loop
from respmagic._client import fetch
from respmagic._config import Settings
from respmagic._dialects.base import WebPage
from respmagic._dialects.errors import page_error
from respmagic._dialects.listing import Model, listed_models
from respmagic._dialects.profiles import BUILT_IN, DEMO, Profile, defined
from respmagic._dialects.responses import Responses
from respmagic._endpoint import Endpoint
from respmagic._exceptions import (
    AuthenticationError,
    ConnectionFailed,
    GatewayError,
    Interrupted,
    OptionError,
    ProtocolError,
    StatusError,
)
from respmagic._gateways import (
    Gateway,
    find_gateway,
    gateway_of,
    known_profiles,
    remember_models,
)
from respmagic._options import COMMAND_OPTIONS, did_you_mean, parse_command
from respmagic._plan import checked_url, demo_transport
from respmagic._pump import Interrupts, Pump
from respmagic._table import Table

__all__ = ["show_models", "show_profiles"]

T = TypeVar("T")

_LIST_SECONDS = 15.0
_CHECK_SECONDS = 5.0
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def show_models(line: str, settings: Settings) -> Table:
    """The models that the server lists, those whose names hold all words of `line`.

    Args:
        line: words, ``-p`` and ``--base-url``.
        settings: the notebook's.

    Raises:
        OptionError: if the line cannot be understood.
        GatewayError: if the server does not list its models.
    """
    options, words = parse_command(line, COMMAND_OPTIONS["models"])
    gateway = find_gateway(options, settings.values_by_name())
    models = _waited(_models_of(gateway, _LIST_SECONDS))
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


def show_profiles(line: str, settings: Settings) -> Table | str:
    """The gateways that may be named, or what came of ``add``.

    Args:
        line: names to show and ``--check``; or ``add``, a name and its fields.
        settings: the notebook's; ``add`` puts the new profile there.

    Raises:
        OptionError: if the line cannot be understood.
    """
    word, _, rest = line.strip().partition(" ")
    if word == "add":
        return _add(rest, settings)
    options, names = parse_command(line, COMMAND_OPTIONS["profiles"])
    values = settings.values_by_name()
    profiles, faults = _described(values)
    for name in names:
        if name not in profiles:
            raise OptionError(f"there is no profile {name!r}{did_you_mean(name, profiles)}")
    shown = [profiles[name] for name in names] or list(profiles.values())
    columns, rows = ["profile", "key variable", "key", "address", "api"], list(map(_row, shown))
    if options.get("check"):
        columns.append("reached")
        said = _waited(_checked(shown, with_key_only=not names))
        rows = [[*row, word] for row, word in zip(rows, said, strict=True)]
    return Table(columns, rows, _note(values, faults))


def _described(values: Mapping[str, Any]) -> tuple[dict[str, Profile], str]:
    """The profiles, and what is wrong with those that are left out."""
    try:
        return known_profiles(values.get("profiles")), ""
    except OptionError as error:
        return dict(BUILT_IN), str(error)


def _note(values: Mapping[str, Any], faults: str) -> str:
    if faults:
        return f"yours are left out: {faults}"
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
        found = len(await _models_of(gateway, _CHECK_SECONDS))
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


async def _models_of(gateway: Gateway, seconds: float) -> tuple[Model, ...]:
    """The models at `gateway`, kept for completion and advice."""
    endpoint = Endpoint(
        base_url=checked_url(gateway.base_url),
        dialect=Responses(gateway.profile),
        api_key=gateway.api_key,
        profile=gateway.profile,
        key_env=gateway.key_env,
    )
    transport = demo_transport() if gateway.base_url == DEMO.base_url else None
    async with httpx.AsyncClient(transport=transport) as http:
        body = await fetch(endpoint, http, "/models", seconds)
    try:
        models = listed_models(body)
    except WebPage:
        raise page_error(gateway.base_url) from None
    remember_models(gateway.base_url, tuple(model.name for model in models))
    return models


def _waited(coroutine: Coroutine[Any, Any, T]) -> T:
    """Wait on this thread; an interrupt ends it at once."""
    worker = _loop.worker()
    try:
        with Interrupts() as interrupts:
            return Pump(interrupts).wait(worker.submit(coroutine), worker)
    except KeyboardInterrupt:
        raise Interrupted("stopped") from None


def _add(line: str, settings: Settings) -> str:
    """Put a profile into the settings, and say how to keep it."""
    fields, names = parse_command(line, COMMAND_OPTIONS["profiles add"])
    if len(names) != 1 or not _NAME.fullmatch(names[0]):
        raise OptionError(
            "say %responses profiles add NAME --base-url URL --key-env VARIABLE; a name is one "
            "word of letters, digits, _, - and ."
        )
    [name] = names
    known, _ = _described(settings.values_by_name())
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
