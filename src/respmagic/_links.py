"""Links in foreign Markdown: which may be followed, what stands for an image, where they go.

A link is made for http, https and mailto only. An image never becomes one in the page, since the
page would fetch it without a click: it becomes a link. And a link whose text names another host
than it leads to is followed by the host it leads to.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from respmagic._controls import clean
from respmagic._maths import break_delimiters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

__all__ = ["LINK_REL", "enable_links", "is_link", "link_html"]

LINK_REL = "noopener noreferrer nofollow"

# With a host right behind the slashes: a browser reads `https:x` and `https:///x` as it likes.
_LINK = re.compile(r"https?://[^/\\?#\s]|mailto:[^@\s]+@[^@\s]", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?://([^/?#]*)|mailto:([^?]*)", re.IGNORECASE)

# A name with dots (those of other scripts too, which browsers take for dots) up to the path.
_NAME = re.compile(r"(?<![\w.-])(\w[\w-]*(?:[.\u3002\uff0e\uff61][\w-]+)+|localhost)(?:[/:?#]\S*)?")
# Endings that say "host" even without a scheme in front; `os.path` and `setup.cfg` are none.
_ENDING = re.compile(
    r"[a-z]{2}|com|org|net|edu|gov|mil|int|info|biz|name|pro|app|dev|xyz|io|ai|online|site|shop|"
    r"store|cloud|page|link|live|news|blog|tech|wiki|zip|bank|example|test|local|[^\x00-\x7f].*"
)
_ADDRESS = re.compile(r"\d+(?:\.\d+){3}")


def is_link(url: str) -> bool:
    """Say whether a URL may become a link: http and https with a host, and mailto."""
    return bool(_LINK.match(url))


def enable_links(md: MarkdownIt) -> None:
    """Teach a Markdown parser's renderer to write links that say where they go, and no images."""
    md.add_render_rule("link_open", _render_open)
    md.add_render_rule("link_close", _render_close)
    md.add_render_rule("image", _render_image)


def _render_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    env["link_open"] = index
    return renderer.renderToken(tokens, index, options, env)


def _render_close(
    _: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    start = env.pop("link_open")
    opening = tokens[start]
    label = "".join(map(_visible, tokens[start + 1 : index]))
    return "</a>" + _destination(
        str(opening.attrGet("href")), label, str(opening.attrGet("title") or "")
    )


def _render_image(
    _: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    label = _visible(token)
    text = break_delimiters(html.escape(label))
    url = str(token.attrGet("src"))
    # Within a link there is a link already, and HTML knows no link in a link.
    if "link_open" in env or not url.lower().startswith("http"):
        return text
    return f'<a href="{html.escape(url)}">{text}</a>{_destination(url, label)}'


def link_html(url: str, text: str) -> str:
    """A link that says where it goes, for our own HTML; just the text where it may be none.

    Args:
        url: as it came.
        text: what stands for it, as it came.
    """
    shown = break_delimiters(html.escape(clean(text)))
    if not is_link(url):
        return shown
    href = html.escape(clean("".join(url.split())))
    found = _AUTHORITY.match(url)
    host = re.sub(r":\d*$", "", (found[1] or found[2] or "").rpartition("@")[2]) if found else ""
    where = f" ({break_delimiters(html.escape(clean(host)))})" if host not in text else ""
    return f'<a href="{href}" target="_blank" rel="{LINK_REL}">{shown}</a>{where}'


def _visible(token: Token) -> str:
    """What a reader sees of a piece of inline Markdown."""
    if token.type == "image":
        return f"[image: {''.join(map(_visible, token.children or ()))}]"
    return "\n" if token.type.endswith("break") else token.content


def _destination(url: str, *texts: str) -> str:
    """Name where a link leads, if one of its texts claims that it leads elsewhere; else ""."""
    found = _AUTHORITY.match(url)
    web, mail = found.groups("") if found else ("", "")
    host = re.sub(r":\d*$", "", (web or mail).rpartition("@")[2]).lower()
    claims = {name for text in texts for name in _hosts(text)}
    if all(_is_same(host, name) for name in claims):
        return ""
    return f" ({break_delimiters(html.escape(mail or host))})"


def _hosts(text: str) -> Iterator[str]:
    """Find what reads like the name of a host."""
    text = text.lower()
    for found in _NAME.finditer(text):
        name = found[1]
        ending = re.split(r"[.\u3002\uff0e\uff61]", name)[-1]
        if (
            text.endswith("//", 0, found.start())
            or name.startswith("www.")
            or _ENDING.fullmatch(ending)
            or _ADDRESS.fullmatch(name)
            or name == "localhost"
        ):
            yield name


def _is_same(host: str, name: str) -> bool:
    name = name.removeprefix("www.")
    return host == name or host.endswith("." + name)
