"""What is in texts from outside and is no text: control characters, terminal sequences."""

from __future__ import annotations

import re

__all__ = ["clean", "strip_ansi"]

# C0 but tab and newline, DEL and C1, lone surrogates, line separators, bidirectional overrides.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
# Colours, cursor movements, titles and links: CSI and OSC sequences, and those of two characters.
_ANSI = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-Z\\^-~]"
)


def clean(text: str) -> str:
    r"""Replace what is not text.

    Args:
        text: anything, lone surrogates included.

    Returns:
        The text with `\r\n` and `\r` as newlines, and with U+FFFD for each other control character
        (tab and newline stay), lone surrogate, line separator and bidirectional override.
    """
    return _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def strip_ansi(text: str) -> str:
    """Take terminal escape sequences (colours, cursor movements, links) out of printed text."""
    return _ANSI.sub("", text)
