r"""Maths in Markdown: what counts as maths, and what of it may reach a page's typesetter.

A page that typesets (JupyterLab, Notebook, nbconvert) looks for delimiters in the finished HTML,
not in the Markdown. So two things are kept apart here: what the Markdown means as maths is written
back as text between dollars, alone in an element, for the page to typeset; every other dollar or
backslash gets an element of its own, because no typesetter joins text across elements. Without the
second half the page would typeset what was never looked at, `\href` included.

The `$` rules are Pandoc's: no space just inside, no digit just after, so that prices stay text.
`\( \)`, `\[ \]` and the bare `align`-like environments count too. All are rules of the Markdown
parser, which is how it, and not a pattern, decides what is code.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererProtocol
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

__all__ = ["break_delimiters", "enable_maths", "maths_closer", "may_typeset"]

# What links, loads, defines, sets or styles, or takes attributes, in MathJax 2 to 4 and in KaTeX.
_COMMANDS = r"""
    href url class style cssId data html\w* require input include\w* mmlToken unicode bbox
    toggle mathtip texttip definecolor [egx]?def let futurelet global csname catcode
    (?:re)?new(?:command|environment|tagform|columntype|counter|if|length) providecommand
    Newextarrow usetagform usepackage Declare\w* mathtoolsset setOptions
    special write immediate openin openout read
"""
_FORBIDDEN = re.compile(rf"\\(?:{'|'.join(_COMMANDS.split())})(?![A-Za-z])")
_LONGEST = 5_000

_OPENER = re.compile(
    r"\$\$|\\\[|\\begin\{((?:align|alignat|eqnarray|equation|flalign|gather|multline)\*?)\}"
)
_AS_DOLLARS = {"$": "$", "\\(": "$", "$$": "$$", "\\[": "$$"}

# Inline maths by its opener. A backslash is taken with what follows it, so that `\\)` and `\$`
# close nothing; a second opener ends the search, so that a line of nothing but openers is read
# once, not once for each of them.
_INLINE = {
    "$": re.compile(
        r"\$\$(?:[^$\\]|\\.|\$(?!\$))+\$\$|\$(?![\s$])(?:[^$\\]|\\.)+(?<!\s)\$(?!\d)", re.DOTALL
    ),
    "\\(": re.compile(r"\\\((?:[^$\\]|\\[^()])+\\\)", re.DOTALL),
    "\\[": re.compile(r"\\\[(?:[^\\]|\\[^\[\]])+\\\]", re.DOTALL),
}


def may_typeset(source: str) -> bool:
    """Say whether maths may go to the page's typesetter: not too long, no command that acts."""
    return len(source) <= _LONGEST and not _FORBIDDEN.search(source)


def break_delimiters(markup: str) -> str:
    r"""Keep a typesetter from finding maths in text.

    Args:
        markup: text that is escaped already and holds no tags.

    Returns:
        The same text with each `$` and each backslash in a `<span>` of its own.
    """
    return re.sub(r"[$\\]", r"<span>\g<0></span>", markup)


def maths_closer(line: str) -> str:
    """Name what ends the display maths that a line begins; "" where it begins none."""
    if not (opener := _OPENER.match(line)):
        return ""
    closer = {"$$": "$$", "\\[": "\\]"}.get(opener[0]) or f"\\end{{{opener[1]}}}"
    rest = line[opener.end() :].rstrip()
    # Closed with text after it: that is maths within a sentence.
    return "" if closer in rest and not rest.endswith(closer) else closer


def enable_maths(md: MarkdownIt) -> None:
    """Teach a Markdown parser to find maths and to write it as inert HTML."""
    interrupted = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "maths_block", _find_block, {"alt": interrupted})
    md.inline.ruler.before("escape", "maths_inline", _find_inline)
    md.add_render_rule("maths_block", _render_block)
    md.add_render_rule("maths_inline", _render_inline)


def _find_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take display maths that has its lines to itself; with a blank line in it, it is none."""
    closer = maths_closer(_line(state, start))
    if not closer or state.is_code_block(start):
        return False
    last = _last_line(state, start, end, closer)
    if last is None:
        return False
    if not silent:
        token = state.push("maths_block", "", 0)
        token.map = [start, last + 1]
        token.content = "\n".join(_line(state, number) for number in range(start, last + 1))
        state.line = last + 1
    return True


def _last_line(state: StateBlock, start: int, end: int, closer: str) -> int | None:
    opening = _line(state, start)
    opener = opening[: opening.find("}") + 1] if closer.startswith("\\end") else opening[:2]
    if opening.rstrip().endswith(closer, len(opener)):
        return start
    # Further left than its container, the line is being asked whether it ends that.
    indent = min(state.blkIndent, state.sCount[start])
    for number in range(start + 1, end):
        line = _line(state, number)
        if state.isEmpty(number) or state.sCount[number] < indent:
            return None
        if line.rstrip().endswith(closer):
            return number
        if line.startswith(opener):
            return None
    return None


def _line(state: StateBlock, number: int) -> str:
    """A line without its indentation and the markers of the containers around it."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _find_inline(state: StateInline, silent: bool) -> bool:
    here = state.src[state.pos : state.pos + 2]
    rule = _INLINE.get(here) or _INLINE.get(here[:1])
    found = rule.match(state.src, state.pos, state.posMax) if rule else None
    if not found:
        return False
    if not silent:
        state.push("maths_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _with_dollars(source: str) -> str:
    r"""Write maths with dollars, whatever its delimiters were; an environment needs none."""
    source = source.rstrip()
    opener = source[:2] if source[:2] in _AS_DOLLARS else source[:1]
    if not (mark := _AS_DOLLARS.get(opener)):
        return source
    body = source[len(opener) : -len(opener)]
    return f"{mark}{body.strip() if mark == '$' else body}{mark}"


def _render_block(
    _: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    source = tokens[index].content
    if may_typeset(source):
        return f"<p>{html.escape(_with_dollars(source))}</p>\n"
    return f"<pre><code>{html.escape(source)}\n</code></pre>\n"


def _render_inline(
    _: RendererProtocol, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    source = tokens[index].content
    if may_typeset(source):
        return f"<span>{html.escape(_with_dollars(source))}</span>"
    return f"<code>{html.escape(source)}</code>"
