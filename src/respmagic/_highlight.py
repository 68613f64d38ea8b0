"""Colour for code: spans with a few class names, and the style sheet that gives them colours.

Which token gets which class, and which colour, is one table; the style sheet and the sanitiser's
list are made from it. Colours are JupyterLab's own variables, so that they follow its theme; where
there are none (an exported page, another front end) the fallbacks stand out some 4:1 from white and
from near black alike.
"""

from __future__ import annotations

import html
import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["CLASSES", "STYLE", "highlight"]

# class: (Pygments' tokens, JupyterLab's --jp-mirror-editor-…-color, fallback)
_COLOURS = {
    "c": ("Comment", "comment", "#328585"),
    "k": ("Keyword Operator.Word", "keyword", "#0a8e07"),
    "kc": ("Keyword.Constant", "atom", "#4f70e0"),
    "m": ("Literal.Number", "number", "#0a8e07"),
    "s": ("Literal.String", "string", "#d24b4b"),
    "o": ("Operator", "operator", "#a755cd"),
    "nf": ("Name.Function Name.Class", "def", "#2b76e7"),
    "nb": ("Name.Builtin", "builtin", "#188c2b"),
    "nd": ("Name.Decorator Comment.Preproc", "meta", "#985bd6"),
    "nt": ("Name.Tag", "tag", "#188c2b"),
    "na": ("Name.Attribute Name.Property", "attribute", "#2b76e7"),
    "gd": ("Generic.Deleted", "error", "#d24b4b"),
    "gi": ("Generic.Inserted", "quote", "#188c2b"),
    "gh": ("Generic.Heading Generic.Subheading", "header", "#2b76e7"),
}
_CLASS_OF = {token: name for name, (tokens, *_) in _COLOURS.items() for token in tokens.split()}

CLASSES = frozenset(_COLOURS)
"""Every class name that `highlight` may write."""

STYLE = (
    "<style>\n"
    ".respmagic pre{overflow-x:auto;white-space:pre;margin:.5em 0;padding:.5em .7em;"
    "background:var(--jp-cell-editor-background,#8881);border-radius:3px}\n"
    ".respmagic table{border-collapse:collapse;margin:.5em 0}\n"
    ".respmagic th,.respmagic td{padding:.25em .6em;"
    "border-bottom:1px solid var(--jp-border-color2,#8884)}\n"
    ".respmagic table:not(.dataframe) th,.respmagic table:not(.dataframe) td{text-align:left}\n"
    ".respmagic details{margin:.5em 0;padding:.3em .7em;"
    "border:1px solid var(--jp-border-color2,#8884);border-radius:4px}\n"
    ".respmagic details[open]>summary{margin-bottom:.3em}\n"
    ".respmagic summary{cursor:pointer;color:var(--jp-content-font-color1,inherit)}\n"
    + "".join(
        f".respmagic pre .{name}{{color:var(--jp-mirror-editor-{variable}-color,{fallback})}}\n"
        for name, (_, variable, fallback) in _COLOURS.items()
    )
    + ".respmagic pre .c{font-style:italic}\n.respmagic pre .k{font-weight:bold}\n</style>"
)
"""The style sheet, in its element; every selector begins with `.respmagic`, the wrapper's class."""

# What a fence may be called, by Pygments' name for the lexer. Not all of Pygments' languages: many
# of its lexers take seconds or for ever on a few KB made for it, and looking up a name that it does
# not know imports every plug-in installed. Java's and C#'s own are among the slow ones; the
# JavaScript lexer knows their comments, strings, numbers and most of their keywords.
_LANGUAGES = {
    "bash": "bash sh shell zsh",
    "c": "c h",
    "console": "console shell-session",
    "cpp": "cpp c++ cc hpp cuda",
    "css": "css scss less",
    "diff": "diff patch udiff",
    "docker": "docker dockerfile",
    "go": "go golang",
    "graphql": "graphql",
    "haskell": "haskell hs",
    "html": "html",
    "ini": "ini cfg properties",
    "javascript": "javascript js jsx mjs java csharp c# cs",
    "json": "json jsonc json5 jsonl",
    "julia": "julia jl",
    "kotlin": "kotlin kt",
    "latex": "latex tex",
    "lua": "lua",
    "make": "make makefile",
    "markdown": "markdown md",
    "matlab": "matlab octave",
    "perl": "perl pl",
    "php": "php",
    "powershell": "powershell ps1 pwsh",
    "pycon": "pycon",
    "pytb": "pytb traceback",
    "python": "python py python3 ipython ipython3",
    "r": "r",
    "ruby": "ruby rb",
    "rust": "rust rs",
    "scala": "scala",
    "sql": "sql sqlite postgresql postgres mysql",
    "swift": "swift",
    "toml": "toml",
    "typescript": "typescript ts tsx",
    "xml": "xml svg",
    "yaml": "yaml yml",
}
_LEXER_OF = {name: lexer for lexer, names in _LANGUAGES.items() for name in names.split()}

# Even these take time that grows with the square of a line's length or of a run of blanks.
_LONGEST, _LONGEST_LINE = 20_000, 1_000
_LONG_BLANK = re.compile(r"\s{100}")


def highlight(code: str, info: str) -> str:
    """Colour code.

    Args:
        code: the source, control characters cleaned.
        info: what stands behind the fence's opening marks, such as `python title=x`.

    Returns:
        HTML whose text is exactly the source; without spans where the language is unknown or
        colouring it could take long.
    """
    plain = html.escape(code)
    found = re.match(r"[{.\s]*([\w+#-]{1,30})", info.lower())
    name = _LEXER_OF.get(found[1].removeprefix("language-")) if found else None
    if not name or not _is_quick(code):
        return plain
    try:
        tokens = list(_lexer(name).get_tokens(code))
    except Exception:  # noqa: BLE001 - a lexer's fault must not cost the answer
        return plain
    # A lexer may normalise what it reads (a leading byte order mark goes, for one).
    return "".join(_spans(tokens)) if "".join(text for _, text in tokens) == code else plain


def _is_quick(code: str) -> bool:
    return (
        len(code) <= _LONGEST
        and max(map(len, code.split("\n"))) <= _LONGEST_LINE
        and not _LONG_BLANK.search(code)
    )


def _spans(tokens: Iterable[tuple[Any, str]]) -> Iterator[str]:
    """Write tokens as HTML, neighbours of one class in one span."""
    for css_class, run in itertools.groupby(tokens, lambda token: _class_of(token[0])):
        text = html.escape("".join(text for _, text in run))
        yield f'<span class="{css_class}">{text}</span>' if css_class else text


@cache
def _class_of(token_type: Any) -> str:
    """The class of a token type: that of the nearest of its ancestors that has one."""
    path = str(token_type).split(".")[1:]
    names = (".".join(path[:length]) for length in range(len(path), 0, -1))
    return next((_CLASS_OF[name] for name in names if name in _CLASS_OF), "")


@cache
def _lexer(name: str) -> Any:
    # Here, because it costs 50 ms that most cells need not pay; Pygments comes without types.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped] # noqa: PLC0415

    # Pygments drops blank lines at both ends and adds one unless told not to.
    return get_lexer_by_name(name, stripnl=False, ensurenl=False, startinline=True)
