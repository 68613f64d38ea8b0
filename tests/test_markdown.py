"""Foreign Markdown, HTML and plain text come out as HTML that nothing runs or loads in."""

import html
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inert import ANSWER, RESULT, code_of, corpus, problems, text_of
from respmagic import _markdown
from respmagic._markdown import (
    STYLE,
    clean,
    escape,
    escape_prose,
    sanitize_html,
    strip_ansi,
    to_html,
)

PNG = "data:image/png;base64,iVBORw0KGgo="
LINK = 'target="_blank" rel="noopener noreferrer nofollow"'

# Pieces that mean something to a Markdown parser, a browser or a typesetter, to be put together at
# random: arbitrary characters alone would seldom be more than text.
MEANING = """
    <script> </script> <img/src=x/onerror=alert(1)> <a/href="javascript:alert(1)"> <svg/onload=x>
    <style> <!-- --> <![CDATA[ ]]> <br> <br/> </td> </details> </code> </pre> " ' > & &lt; &#60;
    &#x202e; &NewLine; javascript: JaVaScRiPt:x data:text/html,x vbscript:x http://a.b
    https://evil.example/x mailto:a@b.c www.a.b //a.b [a]( [a]: [a][a] ![a]( ![ ](x) ) ] [ ` ``
    ``` ~~~ ```python ```html ```"onload=x $ $$ \\( \\) \\[ \\] \\$ \\\\ \\href{javascript:x}{y}
    \\begin{align} \\end{align} * ** _ ~~ # > - 1. | |-|-| |a|b| --- === \\< \x00 \x1b[31m \u202e
    \ud800 é 漢
"""
PIECES = st.sampled_from(MEANING.split())
SPACES = st.sampled_from([" ", "\n", "\n\n", "    ", "\t", "\r\n", "\u2028"])
MARKDOWN = st.lists(st.one_of(PIECES, SPACES, st.text(max_size=4))).map("".join)


class TestMarkdown:
    """What the Markdown says is what is shown."""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            (
                "a *b* **c** ~~d~~ `e`",
                "<p>a <em>b</em> <strong>c</strong> <s>d</s> <code>e</code></p>",
            ),
            ("# One\n\ntwo\n===", "<h1>One</h1>\n<h1>two</h1>"),
            ("a  \nb", "<p>a<br>\nb</p>"),
            ("5. x\n6. y", '<ol start="5">\n<li>x</li>\n<li>y</li>\n</ol>'),
            ("> q", "<blockquote>\n<p>q</p>\n</blockquote>"),
            ("---", "<hr>"),
            ("    x < y", "<pre><code>x &lt; y\n</code></pre>"),
            ("&copy; &amp; AT&T", "<p>© &amp; AT&amp;T</p>"),
            ("1986\\. A", "<p>1986. A</p>"),
            ("- [ ] todo", "<ul>\n<li>[ ] todo</li>\n</ul>"),
            ("", ""),
            (" \n\n ", ""),
        ],
    )
    def test_common_markdown_is_rendered(self, text, shown):
        assert to_html(text).strip() == shown

    def test_a_table_keeps_its_alignment(self):
        shown = to_html("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
        for cell in (
            '<th style="text-align:left">a</th>',
            '<td style="text-align:center">2</td>',
            '<td style="text-align:right">3</td>',
        ):
            assert cell in shown

    def test_br_breaks_the_line_in_a_cell_of_a_table(self):
        shown = to_html("| a<br>b | c |\n|---|---|\n| d<br/>e | **f<br />g** |")
        assert "<th>a<br>b</th>" in shown
        assert "<td>d<br>e</td>" in shown
        assert "<strong>f<br>g</strong>" in shown

    def test_br_outside_a_table_is_text(self):
        assert to_html("a <br> b") == "<p>a &lt;br&gt; b</p>\n"
        assert "<code>&lt;br&gt;</code>" in to_html("| `<br>` |\n|---|")

    @pytest.mark.parametrize(
        "text",
        [
            "List<int> and Map<String, List<T>>; a<b and c>d, x <= y && z >= w.",
            "<script>alert(1)</script>",
            "</summary></details><h1>Fake</h1>",
            "<!-- hide everything after",
            "<plaintext>",
            "<!DOCTYPE x><?xml ?><![CDATA[x]]>",
            '<div style="position:fixed">x</div>',
        ],
    )
    def test_a_tag_is_shown_as_it_is_written(self, text):
        shown = to_html(text)
        assert text_of(shown).strip() == text
        assert problems(shown) == []

    def test_entities_do_not_become_tags(self):
        assert to_html("&lt;img src=x&gt; &#60;b&#62; &LT;i&GT;") == (
            "<p>&lt;img src=x&gt; &lt;b&gt; &lt;i&gt;</p>\n"
        )

    def test_what_follows_unclosed_markup_is_still_shown(self):
        assert text_of(to_html("<!-- x\n\nafter\n\n<style>\n\nmore")).split() == [
            "<!--", "x", "after", "<style>", "more",
        ]  # fmt: skip

    def test_control_characters_that_entities_stand_for_are_replaced_too(self):
        assert to_html("a&#x202e;b&#1;c") == "<p>a\ufffdb\ufffdc</p>\n"
        assert "\u202e" not in to_html("http://a.b/%E2%80%AEx and [a](http://a.b '&#x202e;')")

    def test_carriage_returns_are_newlines(self):
        assert to_html("# a\r\n\r\nb\rc") == "<h1>a</h1>\n<p>b\nc</p>\n"

    def test_lone_surrogates_do_no_harm(self):
        assert to_html("a\ud800b `\udfff`") == "<p>a\ufffdb <code>\ufffd</code></p>\n"


class TestCode:
    """Code in the page is the code that the model wrote."""

    @pytest.mark.parametrize("finished", [True, False])
    @pytest.mark.parametrize(
        "code",
        [
            "if a < b and c & d:\n    print('<b>', \"x\")\n",
            "\n\n  leading and trailing blank lines\n\n\n",
            "\ttabs\t\n",
            "$$ \\( x \\) $y$ \\href{x}{y}\n",
            "&lt; &amp; &#60;\n",
            "</code></pre><script>alert(1)</script>\n",
            "\ufeffbyte order mark\n",
            "<br> | a | b |\n",
            "ends in spaces   \n",
        ],
    )
    @pytest.mark.parametrize("info", ["", "python", "html", "tex", "nosuchlanguage", "mermaid"])
    def test_a_fence_shows_its_source_exactly(self, code, info, finished):
        shown = to_html(f"```{info}\n{code}```", finished=finished)
        assert code_of(shown) == [code]
        assert problems(shown) == []

    @given(st.text().map(clean), st.sampled_from(["", "python", "js", "html", "bash", "yaml", "c"]))
    def test_any_source_survives_a_fence(self, code, info):
        code = code.replace("~", "-")
        shown = to_html(f"~~~~ {info}\n{code}\n~~~~")
        assert code_of(shown) == [code + "\n"]

    @given(st.lists(PIECES).map(" ".join).map(clean))
    def test_any_indented_source_survives(self, code):
        code = f"x{code}".rstrip()
        assert code_of(to_html(f"    {code}")) == [code + "\n"]

    def test_an_unfinished_fence_is_code_already(self):
        assert to_html("```py\nx = 1", finished=False) == "<pre><code>x = 1</code></pre>\n"

    def test_code_gets_colours_when_it_is_finished(self):
        text = "```python\nif x: pass\n```"
        assert '<span class="k">if</span>' in to_html(text)
        assert "span" not in to_html(text, finished=False)

    def test_the_info_string_does_not_reach_the_page(self):
        shown = to_html('```x" autofocus onfocus=alert(1) y="\nx\n```\n\n```{=html}\ny\n```')
        assert shown == "<pre><code>x\n</code></pre>\n<pre><code>y\n</code></pre>\n"

    def test_colouring_stops_where_there_is_very_much_of_it(self):
        fence = "```python\n" + "import x\n" * 2_000 + "```\n\n"
        shown = to_html(fence * 5)
        assert shown.count('<span class="k">') == 3 * 2_000
        assert text_of(shown).count("import x\n") == 5 * 2_000


class TestDearText:
    """What would take long to parse is shown as it is."""

    @pytest.mark.parametrize(
        "text",
        [
            "a\n" * 200_001,
            "x" * 20_001,
            ">" * 3_000 + "x",
            "1. " * 13 + "x",
            "- * + > " * 4 + "x",
            "[a]: http://b.c\n" * 301,
            "|" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "|a\n" * 1_000,
            "\n".join("  " * depth + "- <b>" for depth in range(100)),
        ],
        ids=["size", "line", "quotes", "items", "markers", "definitions", "cells", "nesting"],
    )
    def test_dear_text_is_shown_as_its_source(self, text):
        assert to_html(text) == f"<pre><code>{html.escape(text)}</code></pre>\n"

    @pytest.mark.parametrize("unit", ["[", "![", "[a](", "<![CDATA[", "http://a.b/", "a@b.c "])
    def test_a_paragraph_full_of_beginnings_of_links_stays_text(self, unit):
        text = unit * 1_500
        shown = to_html(f"# Title\n\n{text}\n\n*after*")
        assert shown.startswith("<h1>Title</h1>\n<p>")
        assert shown.endswith("<p><em>after</em></p>\n")
        assert text.strip() in text_of(shown)
        assert "<a " not in shown

    def test_many_small_paragraphs_of_that_kind_do_not_add_up(self):
        paragraph = "[a" * 380
        shown = to_html("\n\n".join([paragraph] * 60))
        assert text_of(shown).split() == [paragraph] * 60

    @pytest.mark.parametrize(
        "text",
        [
            "- " * 20,
            "* * * * * * * * * * * * * * * *",
            "-" * 500,
            "*" * 300 + "\n\n" + "~" * 3,
            "[a]: http://b.c\n" * 20,
            "```json\n" + "[[1, 2], [3, 4]],\n" * 3_000 + "```",
        ],
    )
    def test_what_only_looks_dear_is_rendered(self, text):
        assert not to_html(text + "\n\nend").startswith("<pre><code>" + html.escape(text[:3]))

    def test_a_fault_of_the_parser_does_not_cost_the_answer(self, monkeypatch):
        def fail(*_):
            raise IndexError("string index out of range")

        monkeypatch.setattr(_markdown, "_render", fail)
        assert to_html("*<b>*") == "<pre><code>*&lt;b&gt;*</code></pre>\n"


class TestPlainText:
    """Names, arguments, errors and printed output."""

    @pytest.mark.parametrize(
        ("text", "cleaned"),
        [
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
            ("\x00\x07\x0b\x0c\x1b\x7f\x85\x9f", "\ufffd" * 8),
            ("\ud800x\udfff", "\ufffdx\ufffd"),
            ("a\u2028b\u2029c", "a\ufffdb\ufffdc"),
            ("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "\ufffd" * 9),
            ("é漢🎉\u200e\u200b\xa0", "é漢🎉\u200e\u200b\xa0"),
            ("", ""),
        ],
    )
    def test_clean_replaces_what_is_not_text(self, text, cleaned):
        assert clean(text) == cleaned

    @given(st.text())
    def test_clean_is_done_once(self, text):
        assert clean(clean(text)) == clean(text)
        clean(text).encode()

    @pytest.mark.parametrize(
        ("text", "escaped"),
        [
            ("<b> & \"q\" 'p'", "&lt;b&gt; &amp; &quot;q&quot; &#x27;p&#x27;"),
            ("x\u202ey", "x\ufffdy"),
            ("$5 \\n", "$5 \\n"),
        ],
    )
    def test_escape_makes_text_fit_for_elements_and_attributes(self, text, escaped):
        assert escape(text) == escaped

    @given(st.one_of(st.text(), MARKDOWN))
    def test_escaped_text_reads_as_the_cleaned_text(self, text):
        assert html.unescape(escape(text)) == clean(text)
        assert text_of(f"<p>{escape(text)}</p>") == clean(text)
        assert not set("<>\"'") & set(escape(text))

    def test_escaped_prose_gives_a_typesetter_nothing(self):
        assert escape_prose("f($x$) \\[<b>") == (
            "f(<span>$</span>x<span>$</span>) <span>\\</span>[&lt;b&gt;"
        )

    @given(st.one_of(st.text(), MARKDOWN))
    def test_escaped_prose_reads_as_the_cleaned_text(self, text):
        markup = f"<p>{escape_prose(text)}</p>"
        assert text_of(markup) == clean(text)
        assert problems(markup) == []

    @pytest.mark.parametrize(
        ("printed", "text"),
        [
            ("\x1b[31mred\x1b[0m", "red"),
            ("\x1b[1;38;5;196mbold\x1b[m \x9b4munder", "bold under"),
            ("a\x1b[2K\x1b[1Gb", "ab"),
            ("\x1b]8;;http://a.b\x1b\\link\x1b]8;;\x07", "link"),
            ("\x1b]0;title\x07x", "x"),
            ("\x1b(Bx\x1b=y\x1bMz", "xyz"),
            ("[31m stays", "[31m stays"),
            ("\x1b]unclosed\nnext", "\x1b]unclosed\nnext"),
            ("100%|███| \r\n", "100%|███| \r\n"),
        ],
    )
    def test_escape_sequences_of_terminals_are_taken_out(self, printed, text):
        assert strip_ansi(printed) == text


class TestResultHtml:
    """The HTML that an object of the user's gives of itself."""

    def test_a_data_frame_stays_a_table(self):
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"price": [1.5, 2.0], "note": ["<b>", "$5 and $6"]})
        shown = sanitize_html(frame._repr_html_())
        assert '<table class="dataframe">' in shown
        assert '<tr style="text-align:right">' in shown
        assert "<td>&lt;b&gt;</td>" in shown
        assert "<td><span>$</span>5 and <span>$</span>6</td>" in shown
        assert "<style" not in shown
        assert problems(shown, RESULT) == []

    def test_a_styler_loses_its_style_sheet_and_ids_and_stays_a_table(self):
        pandas = pytest.importorskip("pandas")
        pytest.importorskip("jinja2")
        styler = pandas.DataFrame({"a": [1, 2]}).style.highlight_max()
        shown = sanitize_html(styler.to_html())
        assert "<td>2</td>" in shown
        assert problems(shown, RESULT) == []

    def test_an_estimator_is_a_line_where_its_style_sheet_is_gone(self):
        linear_model = pytest.importorskip("sklearn.linear_model")
        shown = sanitize_html(linear_model.LinearRegression()._repr_html_())
        seen, _, unseen = shown.partition('<div hidden="">')
        assert "<pre>LinearRegression()</pre>" in seen
        assert "Parameters" in unseen
        assert problems(shown, RESULT) == []

    @pytest.mark.parametrize(
        ("markup", "shown"),
        [
            ('<div hidden="x" id="y">a</div>', "<div>a</div>"),
            ("<h2>a</h2><ul><li>b</li></ul>", "<h2>a</h2><ul><li>b</li></ul>"),
            ("<details open><summary>s</summary>t</details>",
             '<details open=""><summary>s</summary>t</details>'),
            ("<pre>x\n  y</pre><code>z</code>", "<pre>x\n  y</pre><code>z</code>"),
            ('<td colspan="2">x</td>', "x"),
            ('<table><tr><td colspan="2" onclick="x()">x</td></tr></table>',
             '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
            (f'<img src="{PNG}" alt="" width="9" onerror="x()">',
             f'<img src="{PNG}" alt="" width="9">'),
            ("a < b & c", "a &lt; b &amp; c"),
            ("<p>open", "<p>open</p>"),
            ("</div></details>x", "x"),
            ("a&#x202e;b&#1;", "a\ufffdb\ufffd"),
        ],
    )  # fmt: skip
    def test_harmless_markup_stays(self, markup, shown):
        assert sanitize_html(markup) == shown

    @pytest.mark.parametrize(
        "markup",
        [
            "<script>alert(1)</script>",
            "<style>*{color:red}</style>",
            '<link rel="stylesheet" href="//e.x/a.css"><base href="//e.x">',
            '<iframe srcdoc="<b>x</b>"></iframe>',
            "<form><input name=a><button>Send</button></form>",
            "<svg><text>x</text><script>alert(1)</script></svg>",
            "<math><mi>x</mi></math>",
            "<template><p>x</p></template><noscript>x</noscript>",
            "<video><source src=//e.x></video><audio src=//e.x></audio>",
            "<object data=//e.x>x</object><canvas>x</canvas><embed src=//e.x>",
            '<img src="https://e.x/a.png"><img src="x" onerror="alert(1)"><img>',
            '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
            '<img src="data:text/html;base64,PHN2Zz4=">',
            '<img src=" data:image/png,x"><img src="data:image/png;base64,a&quot;b">',
            "<!-- x -->",
            "  \n ",
            "",
        ],
    )
    def test_of_what_acts_or_loads_nothing_stays(self, markup):
        assert sanitize_html(markup) == ""

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "data:text/html,x", f"{PNG}", "/lab?reset", "#cell-id=1", "//e.x",
         "https:x", "file:///etc/passwd", " javascript:alert(1)", "java\nscript:alert(1)"],
    )  # fmt: skip
    def test_a_link_leads_to_the_web_or_nowhere(self, address):
        shown = sanitize_html(f'<a href="{address}">x</a>')
        assert "href" not in shown
        assert text_of(shown) == "x"

    def test_a_link_to_the_web_opens_apart(self):
        assert (
            sanitize_html('<a href="https://a.b/c">x</a>')
            == f'<a href="https://a.b/c" {LINK}>x</a>'
        )

    @pytest.mark.parametrize(
        ("style", "kept"),
        [
            ("text-align: right; color: #f00", "text-align:right;color:#f00"),
            ("color: rgba(1, 2, 3, 0.5)", "color:rgba(1, 2, 3, 0.5)"),
            ("font-weight: bold; position: fixed; inset: 0", "font-weight:bold"),
            ("white-space: pre; line-height: normal", "white-space:pre"),
        ],
    )
    def test_of_styles_the_looks_of_text_stay(self, style, kept):
        assert sanitize_html(f'<p style="{style}">x</p>') == f'<p style="{kept}">x</p>'

    @pytest.mark.parametrize(
        "style",
        [
            "color: red; background-color: url(//e.x/a)",
            "color: expression(alert(1))",
            "color: red; behavior: url(x)",
            "color: var(--x)",
            "c\\6f lor: red",
            "color: red /* x */",
        ],
    )
    def test_a_style_that_is_more_than_plain_values_goes(self, style):
        assert sanitize_html(f'<p style="{style}">x</p>') == "<p>x</p>"

    def test_ids_and_classes_go_but_for_the_data_frames(self):
        shown = sanitize_html(
            '<div id="main" class="jp-x"><table class="jp-y dataframe"></table>x</div>'
        )
        assert shown == '<div><table class="dataframe"></table>x</div>'

    def test_maths_in_it_is_text(self):
        shown = sanitize_html("<td title='$a$'>$\\href{javascript:alert(1)}{x}$</td>")
        assert shown == ("<span>$</span><span>\\</span>href{javascript:alert(1)}{x}<span>$</span>")

    def test_a_sign_in_an_attribute_is_not_taken_for_text(self):
        shown = sanitize_html('<abbr title="a > $b$ \\( c">x $</abbr>')
        assert problems(shown, RESULT) == []
        assert html.unescape(shown) == '<abbr title="a > $b$ \\( c">x <span>$</span></abbr>'

    @pytest.mark.parametrize(
        "markup",
        ["<div>" * 101 + "x", "<b></b>" * 25_001 + "x", "<p>" + "x" * 10_000_000],
        ids=["nested", "tags", "size"],
    )
    def test_what_would_take_long_is_not_shown(self, markup):
        assert sanitize_html(markup) == ""

    def test_elements_that_need_no_end_are_not_nested(self):
        assert sanitize_html("<ul>" + "<li>x" * 500 + "</ul>").count("<li>x</li>") == 500

    def test_an_interrupt_while_sanitising_is_not_lost(self, monkeypatch):
        def interrupt(_):
            raise KeyboardInterrupt

        monkeypatch.setitem(_markdown._ALLOWED, "href", interrupt)
        with pytest.raises(KeyboardInterrupt):
            sanitize_html('<a href="https://a.b">x</a>')

    @given(st.one_of(st.text(), MARKDOWN))
    @settings(max_examples=300)
    def test_any_markup_comes_out_inert(self, markup):
        assert problems(sanitize_html(markup), RESULT) == []


class TestInert:
    """Nothing in the page runs, loads or navigates by itself."""

    def test_the_checker_itself_fires(self):
        for name, text in {
            "element": "<script>alert(1)</script>",
            "handler": "<p onclick='x()'>a</p>",
            "image": "<img src=x onerror=alert(1)>",
            "address": '<a href="javascript:alert(1)">x</a>',
            "relative": '<a href="/lab">x</a>',
            "data": '<a href="data:text/html,x">x</a>',
            "style": '<td style="position:fixed">x</td>',
            "class": '<span class="jp-Cell">x</span>',
            "comment": "<!-- x -->",
            "unclosed": "<p>x",
            "closes": "x</details>",
        }.items():
            assert problems(text), name
        assert problems('<img src="https://e.x/a.png">', RESULT)
        assert problems('<p style="color:url(x)">x</p>', RESULT)

    def test_raw_hostile_strings_are_not_inert(self):
        raw = [
            entry["text"] for entry in corpus("hostile.jsonl") if entry["name"].startswith("html-")
        ]
        assert len(raw) >= 20
        assert all(problems(text, RESULT) for text in raw)

    def test_hostile_strings_come_out_inert(self):
        entries = corpus("hostile.jsonl")
        assert len(entries) >= 190
        for entry in entries:
            for finished in (True, False):
                shown = to_html(entry["text"], finished=finished)
                assert problems(shown) == [], entry["name"]
            assert shown.strip() or not entry["text"].strip(), entry["name"]
            assert problems(sanitize_html(entry["text"]), RESULT) == [], entry["name"]

    def test_normal_answers_come_out_inert_and_whole(self):
        for entry in corpus("normal.jsonl"):
            shown = to_html(entry["text"])
            assert problems(shown) == [], entry["name"]
            assert not shown.startswith("<pre><code>#"), entry["name"]
            if fence := re.fullmatch(r"(`{3,}|~{3,})\w*\n(.*\n)\1", entry["text"], re.S):
                assert code_of(shown) == [fence[2]], entry["name"]

    @given(MARKDOWN, st.booleans())
    @settings(max_examples=500)
    def test_any_markdown_comes_out_inert(self, text, finished):
        assert problems(to_html(text, finished=finished)) == []

    @given(st.text())
    def test_any_text_comes_out_inert(self, text):
        assert problems(to_html(text)) == []

    @given(
        st.lists(
            st.sampled_from(
                [
                    "one",
                    "two",
                    "*",
                    "**",
                    "_",
                    "~~",
                    "`",
                    "#",
                    ">",
                    "-",
                    "1.",
                    "<b>",
                    "\n",
                    "\n\n",
                    "    ",
                    "|",
                    "$",
                    "\\(",
                ]
            )
        ).map(" ".join)
    )
    def test_no_word_goes_missing(self, text):  # fmt: skip
        words = [word for word in text.split() if word in {"one", "two", "<b>"}]
        assert [
            word for word in text_of(to_html(text)).split() if word in {"one", "two", "<b>"}
        ] == words

    def test_every_allowed_element_is_written_by_something(self):
        text = (
            "# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n\n*a* **b** ~~c~~ `d` "
            "$e$ http://f.g  \nh\n\n- i\n\n1. j\n\n> k\n\n---\n\n"
            "| l |\n|---|\n| m |\n\n```py\nif n: pass\n```"
        )
        shown = to_html(text)
        assert {tag for tag in ANSWER if f"<{tag}" not in shown} == set()


class TestStyle:
    """The style sheet that goes with all this."""

    def test_it_styles_nothing_but_our_own(self):
        body = STYLE.removeprefix("<style>").removesuffix("</style>")
        selectors = [rule.partition("{")[0] for rule in body.split("}") if rule.strip()]
        assert len(selectors) > 10
        for selector in ",".join(selectors).split(","):
            assert selector.strip().startswith(".respmagic "), selector

    def test_it_is_short_and_loads_nothing(self):
        assert len(STYLE) < 2_500
        assert "url" not in STYLE
        assert "@" not in STYLE

    def test_it_follows_the_notebooks_theme_and_has_colours_of_its_own(self):
        assert ".respmagic pre .k{color:var(--jp-mirror-editor-keyword-color,#" in STYLE


def test_importing_the_module_imports_no_library():
    code = (
        "import sys, respmagic._markdown, respmagic._blocks\n"
        "heavy = {'markdown_it', 'nh3', 'pygments', 'IPython', 'httpx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
