"""What the user says, put together: the cell's text, values in it, images and files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from respmagic._dialects.profiles import Profile
from respmagic._exceptions import OptionError
from respmagic._inputs import Inputs, input_parts
from respmagic._templates import filled

__all__ = ["composed"]


def composed(
    prompt: str,
    options: Mapping[str, Any],
    profile: Profile,
    namespace: Mapping[str, Any],
    before: str = "",
) -> Inputs:
    """The parts of the message, in order, and what is to be said of them.

    Args:
        prompt: the text; ``{{ … }}`` in it is filled in if the option ``template`` says so.
        options: ``template``, ``images`` and ``files`` of them count here.
        profile: the gateway, which may not take all that.
        namespace: the user's variables.
        before: text that goes first, as it is.

    Raises:
        OptionError: if there is nothing to say, or something that cannot be sent there.
    """
    if not isinstance(prompt, str):
        raise OptionError(f"the prompt must be text, not a {type(prompt).__name__}")
    own = filled(prompt, namespace) if options.get("template") else _as_it_is(prompt)
    inputs = _joined(before, own)
    if not inputs.parts:
        raise OptionError("there is nothing to ask: the prompt is empty")
    for option in ("image", "file"):
        if (values := options.get(f"{option}s")) is not None:
            inputs += input_parts(values, namespace, option=option)
    _refuse_untaken(inputs, profile)
    return inputs


def _as_it_is(text: str) -> Inputs:
    return Inputs(({"type": "input_text", "text": text},)) if text.strip() else Inputs()


def _joined(before: str, own: Inputs) -> Inputs:
    first, *rest = own.parts or ({"type": "input_text", "text": ""},)
    if not before.strip():
        return own
    if first["type"] != "input_text":
        return _as_it_is(before) + own
    text = f"{before.rstrip()}\n\n{first['text']}".rstrip()
    return Inputs(({**first, "text": text}, *rest), own.notes)


def _refuse_untaken(inputs: Inputs, profile: Profile) -> None:
    kinds = {part["type"] for part in inputs.parts}
    for kind, takes in (("image", profile.images), ("file", profile.files)):
        if f"input_{kind}" in kinds and not takes:
            raise OptionError(
                f"{profile.name} takes no {kind}s: ask another gateway (-p, --base-url), or leave "
                f"the {kind}s out"
            )
