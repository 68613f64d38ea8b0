"""Pictures that tools give or draw, made into parts of what the model is given of the calls."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from respmagic._calls import ToolCall
from respmagic._capture import Displayed
from respmagic._exceptions import OptionError
from respmagic._images import MIME_TYPES, Picture, looks_like, picture_of
from respmagic._items import DataUrl, Item

__all__ = ["NOTE", "add_pictures", "picture_bundle"]

NOTE = "text/x-note"
"""The MIME type under which a bundle says what was done to its picture."""
_NAME = "the picture"
_MOST = 5
"""So many pictures of one call are sent."""


def picture_bundle(value: Any) -> dict[str, str]:
    """The picture that `value` is, by its MIME type, as a notebook has it; else nothing.

    Draws figures, so it is to be called where these belong.
    """
    if not _is_picture(value):
        return {}
    try:
        picture = picture_of(value, _NAME)
    except OptionError:
        return {}
    bundle = {picture.mime: base64.b64encode(picture.data).decode()}
    return bundle | ({NOTE: picture.note} if picture.note else {})


def _is_picture(value: Any) -> bool:
    """Whether `value` is meant as one: a figure, axes, an image, or an image file's bytes."""
    if type(value) is bytes:
        return looks_like(value) in MIME_TYPES
    homes = {(kind.__module__.partition(".")[0], kind.__name__) for kind in type(value).__mro__}
    return not homes.isdisjoint(_PICTURES)


_PICTURES = frozenset(
    {("matplotlib", "Figure"), ("matplotlib", "Axes"), ("PIL", "Image"), ("seaborn", "Grid")}
)


def add_pictures(calls: Iterable[ToolCall], *, sees: bool) -> None:
    """Have the outputs of `calls` hold the pictures in their cards.

    Args:
        calls: those that are over.
        sees: whether the model is given pictures; else it is told that there are some.
    """
    for call in calls:
        if call.status == "done" and (found := dict(_pictures(call))):
            _add(call, found, sees=sees)


def _pictures(call: ToolCall) -> Iterator[tuple[bytes, str]]:
    """The pictures that it displayed, and the one that it returned, each with its note."""
    shown = [output.data for output in call.card.outputs if isinstance(output, Displayed)]
    for bundle in [*shown, call.bundle]:
        if data := _picture_in(bundle):
            yield data, str(bundle.get(NOTE, ""))


def _picture_in(bundle: Mapping[str, Any]) -> bytes:
    for mime in MIME_TYPES:
        data = bundle.get(mime)
        if isinstance(data, str):
            return base64.b64decode(data)
        if isinstance(data, bytes):
            return data
    return b""


def _add(call: ToolCall, found: Mapping[bytes, str], *, sees: bool) -> None:
    number = "1 picture" if len(found) == 1 else f"{len(found)} pictures"
    if not sees:
        call.add_pictures((), f"{number} shown to the user; pictures are not sent to this model")
        return
    parts: list[Item] = []
    notes = [f"the first {_MOST} of {number}" if len(found) > _MOST else number]
    for data, note in itertools.islice(found.items(), _MOST):
        try:
            picture = picture_of(data, _NAME)
        except OptionError as error:
            notes.append(str(error))
        else:
            parts.append(_part(picture))
            notes += filter(None, [note, picture.note])
    call.add_pictures(tuple(parts), "; ".join(notes))


def _part(picture: Picture) -> Item:
    return {"type": "input_image", "image_url": DataUrl.of(picture.data, picture.mime)}
