"""What HTML may hold to count as inert, and a parser that finds what it holds besides.

The parser is Python's own, not the sanitiser's: it must be able to contradict that.
"""

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

NOTES = Path(os.environ.get("RESPMAGIC_NOTES", Path(__file__).parents[2] / "shared" / "notes"))

LINK = {"href", "title", "target", "rel"}

BARE = "blockquote br code em h1 h2 h3 h4 h5 h6 hr li p pre s strong table tbody thead tr ul"
STYLED = """
    b blockquote br caption code col colgroup dd del div dl dt em figcaption figure h1 h2 h3 h4 h5
    h6 hr i ins kbd li mark p pre s samp small span strong sub summary sup tbody tfoot thead tr u
    ul var
"""

ANSWER = {tag: set() for tag in BARE.split()} | {
    "a": LINK,
    "ol": {"start"},
    "span": {"class"},
    "td": {"style"},
    "th": {"style"},
}
RESULT = {tag: {"style"} for tag in STYLED.split()} | {
    "a": {*LINK, "style"},
    "abbr": {"title", "style"},
    "details": {"open", "style"},
    "div": {"hidden", "style"},
    "img": {"src", "alt", "width", "height", "style"},
    "ol": {"start", "style"},
    "table": {"class", "style"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "style"},
}

# What we put around it: constant elements, whose classes are ours.
OURS = {tag: names | {"class", "open"} for tag, names in RESULT.items()} | {
    tag: {"class", "style", "open"} for tag in ("details", "div", "p", "pre", "span", "summary")
}

VOID = {"br", "col", "hr", "img"}
VALUES = {
    "href": re.compile(r"https?://[^/\s]\S*|mailto:[^\s@]+@\S+", re.I),
    "src": re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[\w+/=\s]+"),
    "class": re.compile(r"respmagic[\w -]*|c|k|kc|m|s|o|nf|nb|nd|nt|na|gd|gi|gh|dataframe|"),
    "rel": re.compile("noopener noreferrer nofollow"),
    "target": re.compile("_blank"),
    "style": re.compile(
        r"(?:(?:background-color|color|font-style|font-weight|text-align|text-decoration|"
        r"vertical-align|white-space):(?:[\w#%., -]|(?:rgb|hsl)a?\([\d%., /]*\))+;?)*"
    ),
}


class Inspector(HTMLParser):
    """Parse HTML; collect what is not allowed, the text, and the code."""

    def __init__(self, allowed):
        super().__init__(convert_charrefs=True)
        self.allowed = allowed
        self.problems, self.open, self.text, self.code = [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.allowed:
            self.problems.append(f"<{tag}>")
        for name, value in attrs:
            if name not in self.allowed.get(tag, ()):
                self.problems.append(f"<{tag} {name}>")
            elif name in VALUES and not VALUES[name].fullmatch(value or ""):
                self.problems.append(f"<{tag} {name}={value!r}>")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self.text.append(data)
        if "code" in self.open:
            self.code[-1] += data

    def handle_comment(self, data):
        self.problems.append(f"<!--{data}")

    def handle_decl(self, decl):
        self.problems.append(f"<!{decl}")

    def handle_pi(self, data):
        self.problems.append(f"<?{data}")

    unknown_decl = handle_decl


def inspect(markup, allowed):
    """Parse a piece of HTML to its end."""
    inspector = Inspector(allowed)
    inspector.feed(markup)
    inspector.close()
    inspector.problems += [f"<{tag}> stays open" for tag in inspector.open]
    return inspector


def problems(markup, allowed=ANSWER):
    """Name what in a piece of HTML is not inert; an empty list is what one hopes for."""
    return inspect(markup, allowed).problems


def text_of(markup):
    """Give what a reader sees of a piece of HTML."""
    return "".join(inspect(markup, ANSWER).text)


def code_of(markup):
    """Give the text of each `<code>` element."""
    return inspect(markup, ANSWER).code


def assert_inert(markup):
    """Fail where a piece of HTML that we made, ours around it included, is not inert."""
    assert problems(markup, OURS) == []


def corpus(name):
    """Read one of the collections of strings, or skip where it is not at hand."""
    path = NOTES / name
    if not path.is_file():
        pytest.skip(f"{path} is not there; set RESPMAGIC_NOTES to the folder that holds {name}")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def hostile_texts():
    """The hostile strings by name, and one that is always at hand."""
    own = [
        {"name": "own", "text": '"><img src=x onerror=alert(1)>$\\href{javascript:alert(1)}{x}$'}
    ]
    found = corpus("hostile.jsonl") if (NOTES / "hostile.jsonl").is_file() else []
    # Those that are slow say nothing new here: how long Markdown takes is seen to elsewhere.
    return own + [entry for entry in found if not entry["name"].startswith("slow-")]


hostile = pytest.mark.parametrize(
    "text", [pytest.param(entry["text"], id=entry["name"]) for entry in hostile_texts()]
)
"""Run a test with each hostile string as `text`."""
