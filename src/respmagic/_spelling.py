"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["did_you_mean"]


def did_you_mean(word: str, known: Iterable[str], most: int = 1) -> str:
    """`` (did you mean X?)`` if some of `known` are close to `word`, else nothing."""
    import difflib  # noqa: PLC0415 - few words are wrong

    close = difflib.get_close_matches(word, list(known), n=most)
    return f" (did you mean {' or '.join(close)}?)" if close else ""
