"""What is asked, of whom and how: the prompt, the pickers and the settings of a panel.

The user's side: what is entered is read and cleared on the main thread. What is offered, such as
the names of models, is written by the worker loop.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ipywidgets import (
    HTML,
    Accordion,
    Button,
    Checkbox,
    Combobox,
    FileUpload,
    HBox,
    Text,
    Textarea,
    VBox,
)

from respmagic._exceptions import OptionError
from respmagic._options import EFFORTS, OPTIONS, Option
from respmagic._panel.style import KEYS, named

__all__ = ["CONTROLLED", "Composer", "Pickers", "Settings"]

Guarded = Callable[[Callable[..., None]], Callable[..., None]]
_OPTIONS: dict[str, Option] = {option.name: option for option in reversed(OPTIONS)}


def _field(kind: Any, description: str, tooltip: str, **traits: Any) -> Any:
    """A field with a label; its value comes when it is left, or on Enter."""
    style = {"description_width": "initial"}
    widget = kind(
        description=description, tooltip=tooltip, style=style, continuous_update=False, **traits
    )
    return named(widget, "wide")


class Pickers:
    """Whom to ask, and which conversation goes on."""

    def __init__(self, given: Mapping[str, Any], conversation: str) -> None:
        self.profile = _field(
            Combobox, "Gateway", "The gateway to ask", value=given.get("profile") or ""
        )
        self.model = _field(Combobox, "Model", "The model to ask", value=given.get("model") or "")
        self.conversation = _field(
            Combobox,
            "Conversation",
            "The conversation that goes on; a new name begins one",
            value=conversation,
        )
        self.box = named(HBox([self.profile, self.model, self.conversation]), "row")

    def given(self) -> dict[str, Any]:
        """The keywords of `respmagic.respond` that are chosen."""
        said = {"profile": self.profile.value.strip(), "model": self.model.value.strip()}
        return {name: text for name, text in said.items() if text}


class Settings:
    """How to ask: instructions, tools, and what the gateway takes beside.

    Args:
        given: the keywords of `respmagic.respond` to begin with.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        begun = {name: str(given[name]) for name in _FIELDS if given.get(name) is not None}
        self._fields = {
            name: _field(kind, label, _OPTIONS[name].help, value=begun.get(name, ""), **traits)
            for name, (kind, label, traits) in _FIELDS.items()
        }
        self._boxes: dict[str, Any] = {}
        self._tools = named(VBox(), "tools")
        further = named(HBox([self._fields[name] for name in _FIELDS if name != _TEXT]), "row")
        inside = VBox([self._fields[_TEXT], self._tools, further])
        self.box = Accordion([inside], titles=["Settings and tools"], selected_index=None)

    def given(self) -> dict[str, Any]:
        """The keywords of `respmagic.respond` that are set.

        Raises:
            OptionError: if one cannot be read.
        """
        shown = {n: f for n, f in self._fields.items() if f.layout.display != "none"}
        return {name: _read(name, f.value) for name, f in shown.items() if f.value.strip()}

    @property
    def left_out(self) -> frozenset[str]:
        """The names of the tools that are not to go along."""
        return frozenset(name for name, box in list(self._boxes.items()) if not box.value)

    def offer_tools(self, names: Collection[str]) -> None:
        """Show a box for each of these tools; those that stay keep their mark."""
        if list(names) == list(self._boxes):
            return
        gone = {name: self._boxes[name] for name in self._boxes if name not in names}
        self._boxes = {name: self._boxes.get(name) or _tool_box(name) for name in names}
        self._tools.children = tuple(self._boxes.values())
        for box in gone.values():
            box.close()

    def take(self, ignored: Collection[str]) -> None:
        """Hide what the gateway does nothing with."""
        for name, field in self._fields.items():
            display = "none" if name in ignored else None
            if field.layout.display != display:
                field.layout.display = display


_TEXT = "instructions"
_FIELDS: dict[str, tuple[Any, str, dict[str, Any]]] = {
    _TEXT: (Textarea, "Instructions", {"rows": 2}),
    "effort": (Combobox, "Effort", {"options": EFFORTS}),
    "temperature": (Text, "Temperature", {}),
    "max_output_tokens": (Text, "Max tokens", {}),
}
CONTROLLED = frozenset({"profile", "model", *_FIELDS})
"""The keywords of `respmagic.respond` that have a control each."""


def _read(name: str, text: str) -> Any:
    try:
        return _OPTIONS[name].parse(text.strip())
    except (ValueError, TypeError) as error:
        raise OptionError(f"{_FIELDS[name][1]} {text!r}: {error}") from None


def _tool_box(name: str) -> Any:
    tooltip = f"Whether {name} is offered to the model"
    return Checkbox(True, description=name, indent=False, tooltip=tooltip)


class Composer:
    """Where the user writes, and the buttons below it.

    Args:
        guarded: makes a callback, see `Post.guarded`.
        send, stop, retry, clear: what the buttons do.
    """

    def __init__(
        self,
        guarded: Guarded,
        *,
        send: Callable[[], None],
        stop: Callable[[], None],
        retry: Callable[[], None],
        clear: Callable[[], None],
    ) -> None:
        self._prompt = named(
            _field(Textarea, "", "What to ask; Shift+Enter sends it", rows=3), "prompt"
        )
        self._prompt.placeholder = "Ask something. Shift+Enter sends."
        buttons = {
            "Send": (send, "primary", "Send the prompt (Shift+Enter)"),
            "Stop": (stop, "", "Stop the answer; what has come is kept"),
            "Retry": (retry, "", "Take the last turn back and ask the same again"),
            "Clear": (clear, "", "Begin anew; the old conversation is kept under another name"),
        }
        self._buttons = {
            text: _button(text, style, tooltip, guarded(lambda _, act=act: act()))
            for text, (act, style, tooltip) in buttons.items()
        }
        named(self._buttons["Send"], "send")
        self._upload = FileUpload(description="Attach", multiple=True, tooltip=_ATTACH)
        self._variable = _field(
            Combobox, "", "A variable of the notebook, to be put into the prompt"
        )
        self._variable.placeholder = "insert a variable"
        self._variable.observe(guarded(self._insert), "value")
        below = [*self._buttons.values(), self._upload, self._variable]
        self.box = VBox([self._prompt, named(HBox(below), "row"), HTML(KEYS, layout=_GONE)])
        self.set_running(False)

    @property
    def prompt(self) -> str:
        """What is written."""
        return str(self._prompt.value)

    @property
    def uploads(self) -> tuple[tuple[str, bytes], ...]:
        """The files that are attached: name and content."""
        return tuple((str(file["name"]), bytes(file["content"])) for file in self._upload.value)

    def clear(self) -> None:
        """It was sent: be ready for the next."""
        self._prompt.value = ""
        self._upload.value = ()

    def set_running(self, running: bool) -> None:
        """Whether an answer is on its way."""
        for name, button in self._buttons.items():
            button.disabled = running != (name == "Stop")

    def take_files(self, *, taken: bool) -> None:
        """Whether the gateway takes images or files at all."""
        self._upload.disabled = not taken
        self._upload.tooltip = _ATTACH if taken else _NO_FILES

    def offer_variables(self, names: tuple[str, ...]) -> None:
        """Have these to choose from."""
        if self._variable.options != names:
            self._variable.options = names

    def _insert(self, change: Mapping[str, Any]) -> None:
        name = change["new"]
        if name in self._variable.options:
            self._prompt.value = f"{self._prompt.value}{{{{ {name} }}}}"
            self._variable.value = ""


_GONE = {"display": "none"}
_ATTACH = "Images, PDFs and text to go along"
_NO_FILES = "This gateway takes neither images nor files: choose another to attach some"


def _button(text: str, style: str, tooltip: str, clicked: Callable[[Any], None]) -> Any:
    button = Button(description=text, button_style=style, tooltip=tooltip)
    button.on_click(clicked)
    return button
