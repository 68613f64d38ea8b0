"""Reasoning that a server leaves in the text: ``<think>…</think>`` before the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

__all__ = ["Said", "ThinkTags"]

_NAMES = ("think", "thinking", "thought")
_OPENING = re.compile(rf"\s*<({'|'.join(_NAMES)})>")
_OPENINGS = tuple(f"<{name}>" for name in _NAMES)


class Said(NamedTuple):
    """A piece of what was said, and what it is."""

    kind: Literal["text", "reasoning", "refusal"]
    text: str


class ThinkTags:
    """Splits text that comes in pieces cut anywhere.

    Only tags at the very beginning count: later ones are what the answer talks about. The space
    around the tags belongs to neither side.
    """

    def __init__(self) -> None:
        self._held = ""
        self._closing = ""
        self._is_plain = False  # whether the rest is text, with no tag to be looked for
        self._skips_space = False

    def feed(self, text: str) -> Iterator[Said]:
        """What `text` adds; a piece that may be the beginning of a tag is held back."""
        if not self._is_plain:
            self._held += text
            yield from self._before_text()
            text = self._after_tags()
        if self._skips_space:
            text = text.lstrip()
            self._skips_space = not text
        if text:
            yield Said("text", text)

    def end(self) -> Iterator[Said]:
        """What is held back, now that nothing follows."""
        if self._held.strip() or (self._held and not self._closing):
            yield Said("reasoning" if self._closing else "text", self._held)
        self._held = ""

    def _before_text(self) -> Iterator[Said]:
        if not self._closing:
            self._open()
        if self._closing:
            yield from self._reasoning()

    def _after_tags(self) -> str:
        """What stands behind the tags, if they are over."""
        if not self._is_plain:
            return ""
        text, self._held = self._held, ""
        return text

    def _open(self) -> None:
        """See whether the text begins with a tag, as soon as it is clear."""
        if match := _OPENING.match(self._held):
            self._closing = f"</{match[1]}>"
            self._held = self._held[match.end() :]
            self._skips_space = True
        else:
            start = self._held.lstrip()
            self._is_plain = not any(opening.startswith(start) for opening in _OPENINGS)

    def _reasoning(self) -> Iterator[Said]:
        """The reasoning that is certain, up to the closing tag or what may become one."""
        if self._skips_space:
            self._held = self._held.lstrip()
        text, closing, rest = self._held.partition(self._closing)
        if closing:
            self._held, self._closing, self._is_plain = rest, "", True
        else:
            text = text[: len(text) - _begun(text, self._closing)]
        said = text.rstrip()
        if not closing:
            self._held = self._held[len(said) :]
        self._skips_space = bool(closing) or (self._skips_space and not said)
        if said:
            yield Said("reasoning", said)


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of `text` may be the beginning of `tag`."""
    lengths = range(min(len(tag) - 1, len(text)), 0, -1)
    return next((length for length in lengths if text.endswith(tag[:length])), 0)
