"""Links lead to the web, say where if they claim otherwise, and stand for images."""

import re

import pytest

from inert import ANSWER, inspect, problems, text_of
from respmagic._links import is_link
from respmagic._markdown import to_html


def hrefs(markup):
    """Give the addresses that a piece of HTML links to."""
    return re.findall(r'href="([^"]*)"', markup)


class TestLinks:
    """What becomes a link."""

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("[a](https://a.b/c?x=1&y=2#z)", "https://a.b/c?x=1&amp;y=2#z"),
            ("[a](HTTP://A.B)", "HTTP://A.B"),
            ("[a][r]\n\n[r]: http://a.b", "http://a.b"),
            ("<https://a.b/c>", "https://a.b/c"),
            ("see https://a.b/c_d.", "https://a.b/c_d"),
            ("[a](mailto:me@a.b)", "mailto:me@a.b"),
            ("<me@a.b>", "mailto:me@a.b"),
            ("me@example.com", "mailto:me@example.com"),
            (
                "[x](https://en.wikipedia.org/wiki/Foo_(bar))",
                "https://en.wikipedia.org/wiki/Foo_(bar)",
            ),
            ("[a](http://ü.example/ß)", "http://xn--tda.example/%C3%9F"),
        ],
    )
    def test_an_address_of_the_web_or_of_mail_is_a_link(self, text, address):
        shown = to_html(text)
        assert hrefs(shown) == [address]
        assert 'target="_blank" rel="noopener noreferrer nofollow"' in shown
        assert problems(shown) == []

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "data:text/html;base64,AA",
         "data:image/png;base64,AA", "file:///etc/passwd", "ftp://x.y", "blob:x", "vscode://x/y",
         "/lab?reset", "//evil.example/x", "#cell-id=1", "x", "../x", "https:x", "https:/x",
         "https:///x", "http://", "http://?x", "mailto:", "mailto:x", "https:javascript:alert(1)",
         "javascript%3Aalert(1)", "&#x6A;avascript:alert(1)", "java&NewLine;script:alert(1)"],
    )  # fmt: skip
    def test_any_other_address_is_text(self, address):
        for text in (
            f"[a]({address})",
            f"[a](<{address}>)",
            f"[a]\n\n[a]: {address}",
            f"![a]({address})",
        ):
            shown = to_html(text)
            assert "<a " not in shown
            assert "a" in text_of(shown)
            assert problems(shown) == []

    @pytest.mark.parametrize(
        "text", ["main.py", "README.md", "example.com", "os.path", "//a.b", "www.a.b"]
    )
    def test_a_name_with_a_dot_is_no_link_by_itself(self, text):
        assert to_html(text) == f"<p>{text}</p>\n"

    @pytest.mark.parametrize(
        "text",
        [
            '[a](<http://x" onmouseover=alert(1) y=">)',
            '[a](http://x "t\' onmouseover=alert(1) \\" x=\\"")',
            '<https://a"onmouseover=alert(1)>',
            'http://a.b/"onmouseover=alert(1)',
            "[a](http://a.b '<img src=x onerror=alert(1)>')",
            "[<img src=x onerror=alert(1)>](http://a.b)",
        ],
    )
    def test_an_address_or_title_does_not_break_out(self, text):
        assert problems(to_html(text)) == []

    @pytest.mark.parametrize(
        ("url", "may"),
        [("http://a", True), ("HTTPS://a/b", True), ("mailto:a@b", True), ("http:a", False),
         ("http:///a", False), ("http://\\a", False), ("mailto:@", False), ("", False)],
    )  # fmt: skip
    def test_a_link_needs_a_host(self, url, may):
        assert is_link(url) is may


class TestDestination:
    """Where a link leads, if its text names another host."""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("[https://bank.example/login](https://evil.example/x)", "(evil.example)"),
            ("[bank.com](https://evil.example)", "(evil.example)"),
            ("[www.bank.anything](http://evil.example:8080/x)", "(evil.example)"),
            ("[`bank.com`](https://evil.example)", "(evil.example)"),
            ("[**bank**.com](https://evil.example)", "(evil.example)"),
            ("[go to bank.com now](https://evil.example)", "(evil.example)"),
            ("[x](https://evil.example 'bank.com')", "(evil.example)"),
            ("[bank.com](https://bank.com.evil.example)", "(bank.com.evil.example)"),
            ("[bank.com](https://evilbank.com)", "(evilbank.com)"),
            ("[bank.com](https://bank.com@evil.example/)", "(evil.example)"),
            ("https://bank.com@evil.example/", "(evil.example)"),
            ("[localhost:8888](http://evil.example)", "(evil.example)"),
            ("[10.0.0.1](http://evil.example)", "(evil.example)"),
            ("[bank\u3002com](http://evil.example)", "(evil.example)"),
            ("[b\u0430nk.com](https://b\u0430nk.com)", "(xn--bnk-6cd.com)"),
            ("[банк.рф](http://evil.example)", "(evil.example)"),
            ("[me@bank.com](mailto:you@evil.example)", "(you@evil.example)"),
            ("[bank.com](mailto:you@evil.example?subject=x)", "(you@evil.example)"),
            ("![bank.com](https://evil.example/a.png)", "(evil.example)"),
            ("[![bank.com](x)](https://evil.example)", "(evil.example)"),
            ("[bank.com][r]\n\n[r]: https://evil.example", "(evil.example)"),
        ],
    )
    def test_a_link_that_names_another_host_is_followed_by_its_own(self, text, shown):
        markup = to_html(text)
        assert f"</a> {shown}</p>" in markup
        assert problems(markup) == []

    @pytest.mark.parametrize(
        "text",
        [
            "[the docs](https://docs.python.org/3/)",
            "[python.org](https://www.python.org/x)",
            "[www.python.org](https://python.org)",
            "[Python.org](https://docs.python.org)",
            "[https://a.example/b.c/d.com](https://a.example/b)",
            "https://web.archive.org/web/https://google.com/",
            "<https://a.example/x?y=b.com>",
            "[os.path.join](https://docs.python.org)",
            "[`numpy.linalg.norm`](https://numpy.org/doc)",
            "[version 3.11.7](https://python.org)",
            "me@example.com",
            "[e.g. this](https://a.example)",
            "![A plot. It rises](https://a.example/p.png)",
        ],
    )
    def test_a_link_that_claims_nothing_false_stands_alone(self, text):
        assert to_html(text).endswith("</a></p>\n")

    def test_a_host_that_says_maths_is_not_typeset(self):
        assert "<span>$</span>" in to_html("[bank.com](http://a$b$c.example)")


class TestImages:
    """An image is fetched by a click alone."""

    def test_an_image_becomes_a_link_with_its_name(self):
        shown = to_html("![A *plot* of `x`](https://a.b/p.png?q=SECRET 'title')")
        assert text_of(shown).strip() == "[image: A plot of x]"
        assert hrefs(shown) == ["https://a.b/p.png?q=SECRET"]

    def test_an_image_of_mail_is_text(self):
        assert to_html("![a](mailto:x@y.z)") == "<p>[image: a]</p>\n"

    @pytest.mark.parametrize(
        "address", ["data:image/png;base64,AA", "attachment:a.png", "/x.png", "x.png"]
    )
    def test_an_image_from_elsewhere_is_shown_as_its_source(self, address):
        assert to_html(f"![a]({address})") == f"<p>![a]({address})</p>\n"

    def test_an_image_in_a_link_is_the_text_of_the_link(self):
        shown = to_html("[![badge](https://i.b/a.svg)](https://a.b) ![c](https://d.e)")
        assert hrefs(shown) == ["https://a.b", "https://d.e"]
        assert text_of(shown).strip() == "[image: badge] [image: c]"

    def test_an_image_in_the_name_of_an_image_is_named(self):
        assert "[image: a [image: b] c]" in to_html("![a ![b](http://x.y) c](http://z.w)")

    def test_no_image_is_ever_in_the_page(self):
        for text in (
            "![](http://a.b)",
            "![a][r]\n\n[r]: http://a.b",
            "| ![a](http://b.c) |\n|---|",
        ):
            assert "<img" not in to_html(text)
            assert inspect(to_html(text), ANSWER).problems == []
