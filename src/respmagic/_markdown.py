"""Foreign text made harmless: Markdown, HTML and plain text to HTML that nothing runs or loads in.

A notebook front end puts the outputs of a running kernel into the page unsanitised, and an
exported page does so always. Whatever comes from a model, a tool or a server passes through here
first: Markdown is rendered without raw HTML, coloured, and sanitised as the last step against a
short list; a tool result's own HTML is sanitised against a longer one. The libraries do the work;
what is here is their settings, and what they leave open (maths, images, links, cost).

Put the results into an element of the class `respmagic` that `STYLE` accompanies.
"""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from respmagic._controls import clean, strip_ansi
from respmagic._highlight import CLASSES, STYLE, highlight
from respmagic._links import LINK_REL, enable_links, is_link
from respmagic._maths import break_delimiters, enable_maths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import nh3
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

__all__ = ["STYLE", "clean", "escape", "escape_prose", "sanitize_html", "strip_ansi", "to_html"]

_MAX_NESTING = 60
_COLOURED = 60_000


def escape(text: str) -> str:
    """Write plain text for `<pre>` and `<code>` elements and for quoted attributes.

    Args:
        text: anything: a tool's name, its arguments, an error, printed output.

    Returns:
        Cleaned and escaped text. In running text use `escape_prose`: there the page may typeset
        what stands between dollars.
    """
    return html.escape(clean(text))


def escape_prose(text: str) -> str:
    """Write plain text for running text, such as a `<summary>` or a `<p>`; never for attributes.

    Args:
        text: anything.

    Returns:
        The text as `escape` writes it, with each dollar and backslash in a `<span>` of its own, so
        that no front end takes a part of it for maths.
    """
    return break_delimiters(escape(text))


def to_html(text: str, *, finished: bool = True) -> str:
    """Render foreign Markdown as inert HTML.

    CommonMark with tables, strikethrough, bare URLs as links, and maths; no raw HTML: a tag is
    shown as it is written, but for `<br>` in the cell of a table. An image becomes a link, and a
    link that names another host than its own shows its own. Text that would take long to parse is
    shown as it is.

    Args:
        text: the Markdown, as it came.
        finished: whether the text is complete; code gets its colours only then, as colouring is
            dear and a growing block is painted many times.

    Returns:
        HTML of the elements and attributes in this module's list, well-formed. Code in it equals
        its source but for what `clean` replaces. The empty string for text without content.
    """
    text = clean(text)
    if not _is_dear(text):
        try:
            return _render(text, _COLOURED if finished else 0)
        except Exception:  # noqa: BLE001, S110 - a parser's fault must not cost the answer
            pass
    return f"<pre><code>{html.escape(text)}</code></pre>\n"


def sanitize_html(markup: str) -> str:
    """Make the HTML that an object of the user's gives of itself inert (a DataFrame's, say).

    Tables, lists, headings, text and `data:` images stay, and of inline styles the alignment and
    colour of text. Scripts, style sheets, forms, frames, vector graphics, ids and addresses of any
    other kind go, and so does maths: dollars in it stay text.

    Args:
        markup: what `_repr_html_` returned.

    Returns:
        HTML of the elements and attributes in this module's list, well-formed; the empty string if
        nothing is left to see, or if it would take long.
    """
    if len(markup) > _LONGEST_HTML or markup.count("<") > _MOST_TAGS or _is_deep(markup):
        return ""
    once = _clean_result(clean(markup))
    inert = "".join(map(_finish, _TAG.split(once)))
    # The sanitiser has the last word, also over the spans just put in.
    inert = once if inert == once else _clean_result(inert)
    return inert if "<img" in inert or _TAG.sub("", inert).strip() else ""


# --- Markdown

_ANSWER_TAGS = """
    a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong
    table tbody td th thead tr ul
"""
_LINK_TARGET = {"a": {"target": "_blank"}}

# Thirteen markers of lists or quotes on one line; not a rule drawn as `- - -`.
_NESTED = re.compile(
    r"^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){13}",
    re.MULTILINE,
)


def _is_dear(text: str) -> bool:
    """Say whether parsing could take many seconds, going by what makes the parser slow."""
    lines = text.split("\n")
    return (
        len(text) > 400_000
        or max(map(len, lines)) > 20_000
        or text.count("]:") > 300  # definitions of links
        or max(line.count("|") for line in lines) * len(lines) > 500_000  # cells of a table
        or bool(_NESTED.search(text))
    )


def _render(text: str, coloured: int) -> str:
    md = _parser()
    env: dict[str, Any] = {"coloured": coloured}
    tokens = md.parse(text, env)
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        raise RecursionError("nested so deeply that the parser left text out")
    markup: str = md.renderer.render(tokens, md.options, env)
    # Again, since entities and encoded URLs have been decoded by now.
    return _answer_cleaner().clean(clean(markup))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - so that loading the extension stays light

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
            return is_link(url)

    options = {"html": False, "linkify": True, "maxNesting": _MAX_NESTING}
    md = Parser("commonmark", options).enable(["table", "strikethrough", "linkify"])
    if md.linkify is not None:
        # Not `example.com` without a scheme: `main.py` and `README.md` look the same.
        md.linkify.set({"fuzzy_link": False})
    md.core.ruler.before("inline", "dear_text", _keep_dear_text)
    md.core.ruler.push("cell_breaks", _mark_cells)
    enable_maths(md)
    enable_links(md)
    md.add_render_rule("text", _render_text)
    md.add_render_rule("fence", _render_fence)
    return md


def _keep_dear_text(state: StateCore) -> None:
    """Leave paragraphs as text where looking for links and emphasis in them would take long.

    The time for it grows with the product of a paragraph's length and what could begin a link.
    """
    budget = 5_000_000
    for token in state.tokens:
        if token.type != "inline":
            continue
        text = token.content
        cost = len(text) * (text.count("[") + text.count("@") + 4 * text.count("://"))
        if cost > min(300_000, budget) or len(text) > 50_000:
            token.type = "text"
        else:
            budget -= cost


def _mark_cells(state: StateCore) -> None:
    """Mark text in the cells of tables: `<br>` breaks the line there, as nothing else can."""
    for before, token in itertools.pairwise(state.tokens):
        if before.tag in {"td", "th"}:
            for child in token.children or ():
                child.meta["cell"] = True


def _render_text(
    _: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    markup = break_delimiters(html.escape(token.content))
    return re.sub(r"&lt;br ?/?&gt;", "<br>", markup) if token.meta.get("cell") else markup


def _render_fence(
    _: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    code = tokens[index].content
    env["coloured"] -= len(code)
    body = highlight(code, tokens[index].info) if env["coloured"] >= 0 else html.escape(code)
    return f"<pre><code>{body}</code></pre>\n"


@cache
def _answer_cleaner() -> nh3.Cleaner:
    import nh3  # noqa: PLC0415 - so that loading the extension stays light

    aligned = {"style": {f"text-align:{side}" for side in ("left", "center", "right")}}
    return nh3.Cleaner(
        tags=set(_ANSWER_TAGS.split()),
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        tag_attribute_values={"th": aligned, "td": aligned},
        set_tag_attribute_values=_LINK_TARGET,
        allowed_classes={"span": set(CLASSES)},
        url_schemes={"http", "https", "mailto"},
        link_rel=LINK_REL,
    )


# --- HTML

_RESULT_TAGS = """
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s samp small span strong sub summary sup
    table tbody td tfoot th thead tr u ul var
"""
# These go with all that is in them; of other elements that are not on the list the text stays.
_DROPPED_TAGS = """
    audio button canvas head iframe math noscript object script select style svg template textarea
    title video
"""
_STYLES = """
    background-color color font-style font-weight text-align text-decoration vertical-align
    white-space
"""
# Of elements like these, the next one ends the last: they do not nest for want of an end tag.
_UNCLOSED_TAGS = """
    br col dd dt hr img input li option p tbody td tfoot th thead tr wbr
"""

_LONGEST_HTML, _MOST_TAGS, _DEEPEST = 10_000_000, 50_000, 100
_TAG = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-z][a-z0-9]*)")

_SIZE = re.compile(r"\d{1,4}%?")
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
_PLAIN_STYLE = re.compile(r"(?:[-\w#%.,:; ]|(?:rgb|hsl)a?\([\d%.,/ ]*\))*")
_ALLOWED: dict[str, Callable[[str], object]] = {
    "height": _SIZE.fullmatch,
    "hidden": lambda value: not value,
    "href": is_link,
    "src": _PICTURE.fullmatch,
    "style": _PLAIN_STYLE.fullmatch,
    "width": _SIZE.fullmatch,
}


def _is_deep(markup: str) -> bool:
    """Say whether elements are nested so deeply that the sanitiser would take long."""
    depth: Counter[str] = Counter()
    unclosed = _UNCLOSED_TAGS.split()
    for slash, name in _OPEN_OR_CLOSE.findall(markup.lower()):
        if name not in unclosed:
            depth[name] = max(0, depth[name] + (-1 if slash else 1))
            if depth[name] > _DEEPEST:
                return True
    return False


def _clean_result(markup: str) -> str:
    """Sanitise a tool result's HTML."""
    failed: list[BaseException] = []

    def allow(_: str, attribute: str, value: str) -> str | None:
        # Where this raises, nh3 keeps the attribute and drops the exception, Ctrl-C included.
        try:
            is_allowed = _ALLOWED.get(attribute)
            return value if is_allowed is None or is_allowed(value) else None
        except BaseException as error:  # noqa: BLE001
            failed.append(error)
            return None

    inert = _result_cleaner(allow).clean(markup)
    if failed:
        raise failed[0]
    return inert


def _finish(part: str) -> str:
    """Drop an image that has lost its address; keep text from being typeset. Tags begin with <."""
    if part.startswith("<"):
        return "" if part.startswith("<img") and ' src="' not in part else part
    return break_delimiters(clean(part))


def _result_cleaner(allow: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    import nh3  # noqa: PLC0415 - so that loading the extension stays light

    return nh3.Cleaner(
        tags=set(_RESULT_TAGS.split()),
        clean_content_tags=set(_DROPPED_TAGS.split()),
        attributes={
            "*": {"style"},
            "a": {"href", "title"},
            "abbr": {"title"},
            "details": {"open"},
            "div": {"hidden"},  # what is to be seen only with a style sheet, in scikit-learn
            "img": {"alt", "height", "src", "width"},
            "ol": {"start"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        attribute_filter=allow,
        set_tag_attribute_values=_LINK_TARGET,
        allowed_classes={"table": {"dataframe"}},
        filter_style_properties=set(_STYLES.split()),
        url_schemes={"data", "http", "https", "mailto"},
        link_rel=LINK_REL,
    )
