"""Objects of the notebook: parameters that take one by name, and outputs that keep one by a handle.

A parameter that JSON cannot carry comes as a string with an enum of variables, described, below
what is said of it, as "a DataFrame:" and a line for each: "- sales: 120 rows x 4 columns (region:
int64, units: int64)". A call that gives such an object says under which name it is kept: "df_1:
DataFrame, 31 rows x 4 columns ...". The next call may then work on that name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import keys
from respmagic.demo._roles import role_of

if TYPE_CHECKING:
    from respmagic.demo._request import Tool
    from respmagic.demo._schema import Slot

__all__ = ["handle_in", "makes_object", "takes_object"]

_LISTED = re.compile(r"^\s*an?\s+[\w.]+\s*:", re.MULTILINE)  # "an ndarray: x (100 x 4)"
# Where there is none yet.
_TYPED = re.compile(
    r"^\s*an?\s+(?:(?:\w+\.)*[A-Z]\w*\s*(?::|$)|[\w.]+:\s.*\bnone yet\b)", re.MULTILINE
)
# What such tools do gives a new object; others, which describe or plot, only tell of one.
_MAKING = frozenset(
    "#filter #sort #drop #fill #group #aggregate #pivot #sample #join #head #tail #unique #read "
    "#create #update #train #add #convert".split()
)
_TELLING = frozenset("#plot #describe #count #statistics #check #correlation #shape".split())
_RETURNS = re.compile(
    r"\breturns?\s+(?:an?\s+|the\s+)?(?:new\s+|filtered\s+|sorted\s+)?"
    r"(?:dataframe|frame|table|array|series|model|rows)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"\s*[`'\"]?([A-Za-z_]\w*)[`'\"]?\s*:\s")


def takes_object(slot: Slot) -> bool:
    """Whether a parameter takes a variable of the notebook by its name."""
    if slot.kind != "string":
        return False
    if not slot.enum:
        return _TYPED.search(slot.description) is not None
    return role_of(slot).name == "variable" or _LISTED.search(slot.description) is not None


def makes_object(tool: Tool) -> bool:
    """Whether a call gives an object that the next call may work on, as far as the words say."""
    verb = tool.description.split(maxsplit=1)[:1]
    named = keys(" ".join([tool.name.replace("_", " "), *verb]))
    made = named & _MAKING and not named & _TELLING
    return bool(made) or _RETURNS.search(tool.description) is not None


def handle_in(output: str, slot: Slot) -> str | None:
    """The name under which an output says that its value is kept, if the parameter takes it."""
    found = _HANDLE.match(output)
    return found[1] if found and (not slot.enum or found[1] in slot.enum) else None
