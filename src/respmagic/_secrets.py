"""Keeping keys out of everything that is shown, saved or raised: the one room that scrubs.

The client tells this room each key that it uses (`remember`); whatever leaves the package as text
passes through `scrub`. What looks like a key is scrubbed even when nobody told.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Mapping
from typing import Any

__all__ = ["looks_secret", "remember", "remember_login", "scrub"]

MASK = "•••"

# A key shorter than this is a placeholder ("x", "none", "EMPTY", "ollama"): scrubbing it would
# spoil ordinary words and protect nothing.
_SHORTEST = 8

# Words have no digits and no capitals inside: names such as pk_customer_order_id stay readable.
# A key may follow an escaped line end, in a repr or in JSON.
_PATTERN = re.compile(
    r"(?:\b|(?<=\\[nrt]))(?:(?:sk|rk|pk|gsk|xai|hf|ghp)[-_]|AIza)"
    r"(?=[a-z_\-]*[0-9A-Z])[A-Za-z0-9_\-]{16,}"
    r"|(?i:(?<=\bbearer\s))(?=[^\s0-9]*[0-9]|\S{24})[A-Za-z0-9._~+/=\-]{8,}"
)
_FILE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/]*=*")
_HEADERS = frozenset({"authorization", "api-key", "x-api-key", "proxy-authorization", "cookie"})

_known: set[str] = set()
_logins: set[str] = set()


def remember(secret: str | None) -> None:
    """Have `secret` scrubbed from now on."""
    if secret and len(secret) >= _SHORTEST:
        _known.add(secret)


def remember_login(url: str) -> None:
    """Have whoever logs in at `url`, ``user:password``, scrubbed where addresses say so."""
    # Not by urlsplit: what is no address at all may hold a password, too.
    authority = re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]
    login, at, _ = authority.rpartition("@")
    if at:
        _logins.add(f"//{login}@")
        password = login.partition(":")[2]
        remember(password)
        remember(urllib.parse.unquote(password))


def looks_secret(text: str) -> bool:
    """Whether `text` has something in it that looks like a key, or one that is known."""
    return _scrub_text(text) != text


def scrub(value: Any) -> Any:
    """`value` with every known or likely secret masked: text, or mappings and lists of it.

    The values of headers that carry credentials are masked whole.
    """
    if isinstance(value, str):
        scrubbed = _scrub_text(value)
        return value if scrubbed == value else scrubbed  # it may be text with a form of its own
    if isinstance(value, Mapping):
        return {scrub(key): _scrub_entry(key, entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [scrub(entry) for entry in value]
    return tuple(map(scrub, value)) if isinstance(value, tuple) else value


def _scrub_entry(key: Any, value: Any) -> Any:
    # A tool's parameter may be called cookie: its schema is no secret.
    if isinstance(key, str) and key.lower() in _HEADERS and isinstance(value, str):
        return MASK
    return scrub(value)


def _scrub_text(text: str) -> str:
    for login in _logins:
        text = text.replace(login, f"//{MASK}@")
    # The longest first: one key may be the beginning of another.
    for secret in sorted(_known, key=len, reverse=True):
        text = text.replace(secret, MASK)
    if _FILE.fullmatch(text):  # whose bytes may look like anything
        return text
    return _PATTERN.sub(MASK, text)
