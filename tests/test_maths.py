r"""Maths reaches the page's typesetter as it was meant, and nothing else does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inert import code_of, problems, text_of
from respmagic._markdown import to_html
from respmagic._maths import may_typeset

# What MathJax (as JupyterLab and nbconvert set it up) takes for the beginning of maths in a text.
# It never joins text across elements, so each run of text between two tags stands by itself.
BEGINNING = re.compile(r"\$|\\[(\[]|\\begin\{|\\(?:eq)?ref\b|\\[\\$]")

ACTING = r"""
    \href{javascript:alert(1)}{x} \url{x} \class{jp-x}{y} \style{position:fixed}{x} \cssId{a}{x}
    \data{a=b}{x} \htmlData{a=b}{c} \htmlStyle{x}{y} \htmlId{x}{y} \require{html} \include{x}
    \input{/etc/passwd} \includegraphics{https://e.x/a.png} \mmlToken{mi}[href="x"]{y}
    \unicode[x]{65} \bbox[border:1px]{x} \toggle{a}{b} \mathtip{a}{b} \texttip{a}{b}
    \definecolor{a}{b}{c} \def\frac{x} \gdef\x{y} \edef\x{y} \xdef\x{y} \let\frac\sqrt
    \futurelet\x \global\x \csname \catcode\x \newcommand{\x}{y} \renewcommand{\x}{y}
    \providecommand{\x}{y} \newenvironment{x}{y}{z} \renewenvironment{x}{y}{z} \newtagform{x}
    \DeclareMathOperator{\x}{y} \DeclarePairedDelimiter{\x}{y} \Newextarrow{\x}{y}{z}
    \usepackage{x} \setOptions{x} \mathtoolsset{x} \write18{x} \special{x} \openout\x \read\x
"""


def typeset(markup):
    """Give the pieces of text that a page would look for maths in and find some."""
    without_code = re.sub(r"<code>.*?</code>", "<i>", markup, flags=re.S)
    texts = re.split(r"<[^>]*>", without_code)
    return [text.strip() for text in texts if len(text) > 1 and BEGINNING.search(text)]


class TestFound:
    """What is maths."""

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Inline $a<b$ and $E = mc^2$.", ["$a&lt;b$", "$E = mc^2$"]),
            ("$n$ is 10", ["$n$"]),
            (r"ends in a backslash: $n$ \\", ["$n$"]),
            (r"Euler: \(e^{i\pi} + 1 = 0\).", [r"$e^{i\pi} + 1 = 0$"]),
            (r"\( x \)", ["$x$"]),
            (r"so \[ x^2 \] holds", ["$$ x^2 $$"]),
            ("so $$x^2$$ holds", ["$$x^2$$"]),
            ("$$x$$", ["$$x$$"]),
            ("$$\n\\int_0^1 f\n$$", ["$$\n\\int_0^1 f\n$$"]),
            ("\\[\n\\sum_k k\n\\]", ["$$\n\\sum_k k\n$$"]),
            ("$$\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}$$",
             ["$$\\begin{pmatrix} a &amp; b \\\\ c &amp; d \\end{pmatrix}$$"]),
            ("\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}",
             ["\\begin{align*}\na &amp;= b \\\\\nc &amp;= d\n\\end{align*}"]),
            (r"$\text{costs } \$5$", [r"$\text{costs } \$5$"]),
            (r"$a\\$", [r"$a\\$"]),
            (r"$$\text{if $x$}$$ b", [r"$$\text{if $x$}$$"]),
            ("$$\n\\text{if $x$}\n$$", ["$$\n\\text{if $x$}\n$$"]),
            ("**$x$** and [$y$](http://a.b)", ["$x$", "$y$"]),
            ("| $a$ |\n|---|\n| \\(b\\) |", ["$a$", "$b$"]),
            ("# $t$", ["$t$"]),
        ],
    )  # fmt: skip
    def test_maths_is_left_for_the_page_to_typeset(self, text, found):
        shown = to_html(text)
        assert typeset(shown) == found
        assert problems(shown) == []

    def test_no_markdown_is_read_in_maths(self):
        assert to_html("$a_1 * b_2 * c$ and \\(x_i * y_i * z\\)") == (
            "<p><span>$a_1 * b_2 * c$</span> and <span>$x_i * y_i * z$</span></p>\n"
        )

    @pytest.mark.parametrize(("opener", "closer"), [("$$", "$$"), (r"\[", r"\]")])
    def test_lines_of_display_maths_are_no_list_quote_or_heading(self, opener, closer):
        text = f"We get\n{opener}\na\n- b\n+ c\n> 0\n# d\n=\n{closer}\nso it is."
        assert to_html(text) == (
            "<p>We get</p>\n<p>$$\na\n- b\n+ c\n&gt; 0\n# d\n=\n$$</p>\n<p>so it is.</p>\n"
        )

    def test_display_maths_stands_in_lists_and_quotes(self):
        assert typeset(to_html("1. a\n\n   $$\n   x\n   $$\n2. b")) == ["$$\nx\n$$"]
        assert typeset(to_html("> $$\n> x\n> - y\n> $$\n> b")) == ["$$\nx\n- y\n$$"]

    def test_an_environment_may_stand_within_dollars(self):
        text = "$$\n\\begin{align}\na\n\\end{align}\n$$"
        assert to_html(text) == f"<p>{text}</p>\n"


class TestText:
    """What is none, and is kept from a page that would find some."""

    @pytest.mark.parametrize(
        "text",
        [
            "It costs $5 today and $6 tomorrow.",
            "from $5-$6 or $7",
            "$ x $",
            "$x",
            "$$",
            "$HOME and $PATH: $",
            "a $$ b",
            "$$ is the process",
            "\\begin{align} x",
            "\\begin{verse}\nx\n\\end{verse}",
            "\\ref{a} \\eqref{b}",
            "C:\\dir\\sub",
            "[a $b](http://a.b) $c",
        ],
    )
    def test_text_is_shown_as_it_is_and_not_typeset(self, text):
        shown = to_html(text)
        assert typeset(shown) == []
        assert text_of(shown).strip() == text.replace("[a $b](http://a.b)", "a $b")

    def test_a_blank_line_ends_the_search(self):
        shown = to_html("$$\n\nx\n\n$$")
        assert text_of(shown).split() == ["$$", "x", "$$"]
        assert typeset(shown) == []

    @pytest.mark.parametrize("text", ["\\[ x", "\\( x \\]", "\\(\\)", "\\( a $ b \\)"])
    def test_brackets_that_are_no_pair_are_escaped_brackets(self, text):
        shown = to_html(text)
        assert typeset(shown) == []
        assert text_of(shown).strip() == text.replace("\\", "")

    def test_escaped_delimiters_are_text(self):
        shown = to_html(r"\$x\$ and \\(y\\) and \\[z\\]")
        assert text_of(shown).strip() == r"$x$ and \(y\) and \[z\]"
        assert typeset(shown) == []

    def test_a_container_ends_the_search(self):
        assert typeset(to_html("> $$\n> x\n\ny\n$$")) == []
        assert typeset(to_html("- $$\n  x\n\ny\n$$")) == []

    @pytest.mark.parametrize(
        "text",
        [
            "`$x$`",
            "`\\(x\\)`",
            "```\n$$\nx\n$$\n```",
            "    $$x$$",
            "- a\n\n      $$x$$",
            "`$` $ `$`",
        ],
    )
    def test_code_is_not_searched(self, text):
        shown = to_html(text)
        assert typeset(shown) == []
        assert "$" in "".join(code_of(shown)) or "\\(" in "".join(code_of(shown))

    @given(
        st.lists(
            st.sampled_from(["$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "\\$", "a", " ", "\n",
                             "{", "}", "\\href{javascript:x}{y}", "\\begin{align}", "\\end{align}",
                             "`", "- ", "*", "[", "](http://a.b)", "&#36;", "&bsol;", "|", "\n\n"])
        ).map("".join)
    )  # fmt: skip
    def test_nothing_that_acts_is_ever_found_by_a_typesetter(self, text):
        for source in typeset(to_html(text)):
            assert may_typeset(source)
            assert re.match(r"\$|\\begin\{align\}", source), source


class TestCommands:
    """Maths that would do more than be shown."""

    @pytest.mark.parametrize("command", ACTING.split())
    def test_a_command_that_acts_is_shown_as_code(self, command):
        for source in (f"${command}$", f"$$a {command}$$", f"\\(\\text{{{command}}}\\)"):
            shown = to_html(f"see {source}.")
            assert code_of(shown) == [source]
            assert typeset(shown) == []
        block = f"\\[\na\n{command}\n\\]"
        assert code_of(to_html(block)) == [block + "\n"]

    @pytest.mark.parametrize(
        "source",
        [r"\frac{a}{b}", r"\hrefx", r"\leq \lets \defeq", r"a \\ b", r"\setminus", r"\newline",
         r"\color{red}{x}", r"\label{eq:1}", r"\text{the class and style}", r"\degree", r"\delta"],
    )  # fmt: skip
    def test_other_commands_are_typeset(self, source):
        assert may_typeset(source)
        assert typeset(to_html(f"${source}$")) == [f"${source}$"]

    def test_maths_of_great_length_is_shown_as_code(self):
        assert code_of(to_html(f"$${'x+' * 2_500}x$$"))
        assert not code_of(to_html(f"$${'x+' * 2_000}x$$"))
