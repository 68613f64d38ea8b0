"""Which gateway is meant: a profile, an address, and the key that belongs there.

What the cell says counts more than the settings, and these more than the environment. A key goes
nowhere but to the hosts of the profile that it belongs to: a named profile has its own variable
and never falls back on another's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from respmagic import _secrets
from respmagic._dialects.profiles import (
    BUILT_IN,
    DEMO,
    OPENAI,
    PLAIN,
    Profile,
    defined,
    host_of,
    profile_for,
)
from respmagic._exceptions import OptionError
from respmagic._spelling import did_you_mean

__all__ = [
    "Gateway",
    "find_gateway",
    "gateway_of",
    "known_models",
    "known_profiles",
    "remember_models",
]

_BASE_URL, _API_KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"


@dataclass(frozen=True, slots=True)
class Gateway:
    """Whom to ask.

    Attributes:
        profile: what is to be known of it.
        base_url: where its API begins.
        api_key: the key, or None.
        key_env: the variable that holds the key, or would.
        chosen: whether the cell itself named it, rather than settings or environment.
        named: whether it was named or addressed at all.
    """

    profile: Profile
    base_url: str
    api_key: str | None = field(default=None, repr=False)
    key_env: str = ""
    chosen: bool = False
    named: bool = True


def known_profiles(
    described: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Profile], dict[str, str]]:
    """All profiles by name: the user's own, and the built-in ones as the user changed them.

    Args:
        described: the user's profiles, as the setting `profiles` holds them.

    Returns:
        The profiles, and what is wrong with those that are not described well, by name; a built-in
        one of that name is there as it was.
    """
    profiles, faults = dict(BUILT_IN), dict[str, str]()
    for name, fields in (described or {}).items():
        try:
            profiles[name] = defined(name, fields, profiles)
        except ValueError as error:
            faults[name] = f"profile {name!r} {error}"
    return profiles, faults


def find_gateway(given: Mapping[str, Any], settings: Mapping[str, Any]) -> Gateway:
    """The gateway that is meant.

    Args:
        given: the options of this cell or call: ``profile``, ``base_url``, ``api_key``.
        settings: the same of the notebook, and ``profiles``.

    Raises:
        OptionError: if there is no such profile, it needs an address or key that is not there, or
            profile and address contradict each other.
    """
    profiles, faults = known_profiles(settings.get("profiles"))
    _remember_keys(profiles.values())
    levels = [level for level in (given, settings) if _names(level)]
    level = levels[0] if levels else {}
    name, key, chosen = _text(level, "profile"), _text(given, "api_key"), level is given
    url = _text(level, "base_url")
    _secrets.remember_login(url)
    if name:
        profile = _named(profiles, faults, name)
        url = _own_address(profile, url, profiles) if url else _address(profile)
    elif url:
        profile = profile_for(url, profiles.values())
        url = _completed(profile, url)
    else:
        return _of_environment(profiles, faults, key)
    key = key or _key_of(profile)
    if not key and profile.needs_key and profile.is_at(url):
        raise OptionError(_no_key(profile))
    return Gateway(profile, url, _checked_key(key), profile.key_env, chosen)


def gateway_of(profile: Profile) -> Gateway:
    """The gateway of a profile as it stands, with or without its key.

    Raises:
        OptionError: if it has no address.
    """
    return Gateway(profile, _address(profile), _checked_key(_key_of(profile)), profile.key_env)


def _names(level: Mapping[str, Any]) -> bool:
    return bool(_text(level, "profile") or _text(level, "base_url"))


def _of_environment(
    profiles: Mapping[str, Profile], faults: Mapping[str, str], key: str
) -> Gateway:
    """Where nobody named any: OPENAI_BASE_URL, else OpenAI if there is a key, else the demo.

    By the convention of all clients OPENAI_API_KEY is the key of OPENAI_BASE_URL.
    """
    if url := _variable(_BASE_URL):
        profile = profile_for(url, profiles.values())
        own = key or _key_of(profile) or _variable(_API_KEY)
        url = _completed(profile, url)
        return Gateway(profile, url, _checked_key(own), profile.key_env or _API_KEY)
    openai = profiles[OPENAI.name]
    if key := key or _key_of(openai):
        openai = _named(profiles, faults, OPENAI.name)
        return Gateway(openai, _address(openai), _checked_key(key), openai.key_env)
    return Gateway(DEMO, DEMO.base_url, named=False)


def _named(profiles: Mapping[str, Profile], faults: Mapping[str, str], name: str) -> Profile:
    if name in faults:
        raise OptionError(faults[name])
    if name in profiles:
        return profiles[name]
    raise OptionError(
        f"there is no profile {name!r} (%responses profiles lists them, "
        f"%responses profiles add makes one){did_you_mean(name, profiles)}"
    )


def _own_address(profile: Profile, url: str, profiles: Mapping[str, Profile]) -> str:
    """`url`, if the profile's key may go there."""
    if profile.is_at(url):
        return _completed(profile, url)
    other = profile_for(url, profiles.values())
    if other is not PLAIN:
        raise OptionError(
            f"{url} is the address of {other.name}, and the key of {profile.name} is not sent "
            f"there: leave out one of profile and base URL, or name {other.name}"
        )
    return url


def _address(profile: Profile) -> str:
    said = _variable(profile.base_url_env) if profile.base_url_env else ""
    if url := said or profile.base_url:
        _secrets.remember_login(url)
        return _completed(profile, url)
    where = f"set {profile.base_url_env} or " if profile.base_url_env else ""
    raise OptionError(
        f"profile {profile.name} has another address for each user: {where}"
        f"say --base-url https://HOST{profile.path}"
    )


def _completed(profile: Profile, url: str) -> str:
    """`url` with the profile's path where it has none; one that is no address stays as it is."""
    return profile.completed(url) if profile is not PLAIN and host_of(url)[0] else url


def _checked_key(key: str) -> str | None:
    if key and not (key.isascii() and key.isprintable()):
        raise OptionError("the key has characters that no key has; was it pasted wrongly?")
    return key or None


def _key_of(profile: Profile) -> str:
    return _variable(profile.key_env) if profile.key_env else ""


def _variable(name: str) -> str:
    return os.environ.get(name, "").strip()


def _no_key(profile: Profile) -> str:
    return (
        f"profile {profile.name} needs a key, and {profile.key_env} is not set: set it in the "
        f'environment before Jupyter starts, or by os.environ["{profile.key_env}"] = '
        "getpass.getpass() in a cell"
    )


def _remember_keys(profiles: Any) -> None:
    """A tool may print the environment: no key of any profile is to be seen then."""
    for profile in profiles:
        _secrets.remember(_key_of(profile))
        for name, value in profile.headers.items():
            if _secrets.scrub({name: ""})[name]:
                _secrets.remember(value)


def _text(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name) or ""
    if not isinstance(value, str):
        raise OptionError(f"{name} must be text, not a {type(value).__name__}")
    return value.strip()


# The models that servers listed when they were last asked, by base URL.
_models: dict[str, tuple[str, ...]] = {}


def remember_models(base_url: str, names: tuple[str, ...]) -> None:
    """Keep what the server at `base_url` lists, for completion and advice."""
    _models[base_url.rstrip("/")] = names


def known_models(base_url: str) -> tuple[str, ...]:
    """What the server at `base_url` listed when it was last asked; nothing is asked now."""
    return _models.get(base_url.rstrip("/"), ())
