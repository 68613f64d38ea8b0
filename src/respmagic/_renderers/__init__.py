"""The ways to show a run while it goes on; what remains at the end is the same for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from respmagic._capture import publisher_beneath
from respmagic._renderers.base import Final, Renderer, fitting
from respmagic._renderers.blocks import Blocks
from respmagic._renderers.plain import Plain

__all__ = ["cell_renderer"]

_RENDERERS: dict[str, Callable[[Any], Renderer]] = {
    "blocks": lambda shell: Blocks(publisher_beneath(shell)),
    "final": lambda _: Final(),
    "plain": lambda _: Plain(),
}


def cell_renderer(name: str, shell: Any) -> Renderer:
    """The renderer called `name`; ``auto`` for the one that fits where the cell runs."""
    return _RENDERERS[fitting(shell) if name == "auto" else name](shell)
