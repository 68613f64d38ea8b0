"""How a panel looks: one style sheet, in JupyterLab's own colours, so that it follows the theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipywidgets import (
    HTML,
    Button,
    ButtonStyle,
    HBox,
    HTMLMath,
    Layout,
    Text,
    Textarea,
    VBox,
)
from ipywidgets.widgets.widget_string import HTMLMathStyle, TextStyle

from respmagic._highlight import STYLE

__all__ = ["KEYS", "TURN_STYLE", "Makes", "close_all", "dismantle", "named"]

TURN_STYLE = """<style>
.respmagic .respmagic-question{white-space:pre-wrap;margin:.5em 0;padding:.4em .7em;
background:var(--jp-layout-color2,#8881);border-radius:4px}
.respmagic .respmagic-who{display:block;font-weight:600;color:var(--jp-content-font-color2,inherit)}
.respmagic .respmagic-line{margin:.4em 0;color:var(--jp-content-font-color2,inherit)}
.respmagic .respmagic-error{margin:.4em 0;padding:.4em .7em;white-space:pre-wrap;
border-left:3px solid var(--jp-error-color1,#d32f2f);
background:var(--jp-rendermime-error-background,#d32f2f22)}
</style>"""
"""How turns look beside what `STYLE` says, also in a copy that is no widget."""

_SHEET = """<style>
.respmagic-panel{container-type:inline-size;max-width:100%;gap:6px;padding:8px;box-sizing:border-box;
border:1px solid var(--jp-border-color2,#8884);border-radius:6px;
color:var(--jp-content-font-color1,inherit)}
.respmagic-panel .widget-html,.respmagic-panel .widget-htmlmath{margin:0;height:auto;width:auto}
.respmagic-panel .widget-html-content,.respmagic-panel .widget-htmlmath-content{flex:1 1 auto;
min-width:0;line-height:var(--jp-content-line-height,1.6);height:auto;overflow-wrap:anywhere}
.respmagic-panel textarea{font-family:var(--jp-content-font-family,inherit);resize:vertical;
line-height:1.4;padding:6px 8px;border-radius:4px}
.respmagic-panel .respmagic-code textarea{font-family:var(--jp-code-font-family,monospace)}
.respmagic-panel :is(button,textarea,input,select,summary,label):focus-visible{
outline:2px solid var(--jp-brand-color1,#1976d2);outline-offset:1px}
.respmagic-transcript{max-height:40em;overflow:auto;display:flex;flex-direction:column-reverse;
border-bottom:1px solid var(--jp-border-color2,#8884)}
.respmagic-transcript:not(:has(.respmagic-turn)){border-bottom:none}
.respmagic-turns{flex:none}
.respmagic-turn{padding:2px 2px 8px;flex:none}
.respmagic-turn+.respmagic-turn{border-top:1px solid var(--jp-border-color3,#8882)}
.respmagic-row{flex-flow:row wrap;align-items:center;gap:2px 6px}
.respmagic-row>*{flex:0 1 auto}
.respmagic-panel .respmagic-wide{width:auto;min-width:0}
.respmagic-row>.respmagic-wide{flex:1 1 15em}
.respmagic-row>.respmagic-short{flex:0 1 20em}
.respmagic-row .jupyter-button{width:auto}
.respmagic-approval{padding:4px 8px;margin:4px 0;border-radius:4px;
border:1px solid var(--jp-warn-color1,#f57c00)}
.respmagic-tools{flex-flow:row wrap;gap:0 12px}
.respmagic-tools>*{width:auto}
@container (max-width:640px){.respmagic-row>.respmagic-wide:not(.respmagic-short){flex-basis:100%}}
</style>"""


# Core widgets know no keys. The page listens for Shift+Enter in the prompt and presses Send; where
# a page forbids script of this kind the keys make a new line, and Send still sends.
_LISTEN = """if(!window.respmagicKeys){window.respmagicKeys=true;
window.addEventListener('keydown',e=>{
if(e.key!=='Enter'||!e.shiftKey||!e.target.closest('.respmagic-prompt'))return;
e.preventDefault();e.stopPropagation();
e.target.dispatchEvent(new Event('change',{bubbles:true}));
e.target.closest('.respmagic-panel').querySelector('.respmagic-send').click()},true)}"""
_DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
KEYS = f'<img hidden alt="" src="{_DOT}" onload="{_LISTEN}">'
"""Constant, and ours: nothing from outside is in it."""


class Makes:
    """Makes the widgets that come and go; each is one comm, since they share layout and styles."""

    def __init__(self) -> None:
        self._layout = Layout()
        self._styles = {HTMLMath: HTMLMathStyle(), Button: ButtonStyle()}
        self._styles |= dict.fromkeys((Text, Textarea), TextStyle(description_width="initial"))
        self.sheet = HTML(STYLE + TURN_STYLE + _SHEET, layout=Layout(display="none"))

    def page(self, html: str = "") -> Any:
        """A widget that shows `html`, which must be inert already; maths is typeset."""
        return self._made(HTMLMath, value=html)

    def column(self, *children: Any, kind: str = "") -> Any:
        """Widgets one under the other, of a class of the style sheet."""
        return named(self._made(VBox, children=children), kind)

    def row(self, *children: Any) -> Any:
        """Widgets beside each other, as far as there is room."""
        return named(self._made(HBox, children=children), "row")

    def button(self, text: str, clicked: Callable[[Any], None], tooltip: str, **traits: Any) -> Any:
        """A button."""
        button = self._made(Button, description=text, tooltip=tooltip, **traits)
        button.on_click(clicked)
        return button

    def text(self, kind: type[Text | Textarea], **traits: Any) -> Any:
        """A field to write in; its value comes when it is left, or on Enter."""
        return named(self._made(kind, continuous_update=False, **traits), "wide")

    def close(self) -> None:
        """Close what is shared."""
        for part in (self._layout, *self._styles.values()):
            part.close()

    def _made(self, kind: Any, **traits: Any) -> Any:
        style = {"style": self._styles[kind]} if kind in self._styles else {}
        return kind(layout=self._layout, **style, **traits)


def named(widget: Any, kind: str) -> Any:
    """`widget`, with this class of the style sheet, if there is one."""
    if kind:
        widget.add_class(f"respmagic-{kind}")
    return widget


def close_all(*widgets: Any) -> None:
    """Close these widgets and all in them, but for the layout and styles that they share."""
    for widget in widgets:
        close_all(*getattr(widget, "children", ()))
        widget.close()


def dismantle(*widgets: Any) -> None:
    """Close these widgets and all in them, and how they look, too."""
    for widget in widgets:
        dismantle(*getattr(widget, "children", ()))
        for part in (widget.layout, getattr(widget, "style", None), widget):
            if part is not None:
                part.close()
