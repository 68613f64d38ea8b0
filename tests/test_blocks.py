"""Markdown that grows is cut into finished blocks and an open end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from respmagic._blocks import BlockSplitter


def split(text: str, *, size: int | None = None, limit: int = 10**9) -> tuple[list[str], str]:
    """The blocks and the open end of `text`, fed in pieces of `size` characters."""
    splitter, blocks = BlockSplitter(limit), []
    step = size or len(text) or 1
    for start in range(0, len(text), step):
        blocks += splitter.feed(text[start : start + step])
    return blocks, splitter.tail


@pytest.mark.parametrize(
    ("text", "blocks", "tail"),
    [
        ("One.", [], "One."),
        ("One.\n\n", [], "One.\n\n"),
        ("One.\n\nTwo.", [], "One.\n\nTwo."),
        ("One.\n\nTwo.\n", ["One.\n\n"], "Two.\n"),
        ("One.\n\nThe next paragraph", ["One.\n\n"], "The next paragraph"),
        ("# Title\ntext\n\n\nmore\n", ["# Title\ntext\n\n\n"], "more\n"),
        ("Title\n=====\n\ntext\n", ["Title\n=====\n\n"], "text\n"),
        ("- a\n\n- b\n\n  of b\n\nend\n", ["- a\n\n- b\n\n  of b\n\n"], "end\n"),
        ("1. a\n\n2. b\n\nend\n", ["1. a\n\n2. b\n\n"], "end\n"),
        ("    code\n\n    more\n\nend\n", ["    code\n\n    more\n\n"], "end\n"),
        ("```py\na\n\nb\n```\n\nend\n", ["```py\na\n\nb\n```\n\n"], "end\n"),
        ("```\na\n\n~~~\n\nb\n", [], "```\na\n\n~~~\n\nb\n"),
        ("````\n```\n\nx\n````\n\ny\n", ["````\n```\n\nx\n````\n\n"], "y\n"),
        ("- ```\n  a\n\n  b\n  ```\n\nend\n", ["- ```\n  a\n\n  b\n  ```\n\n"], "end\n"),
        ("$$\na\n\nb\n$$\n\nend\n", ["$$\na\n\nb\n$$\n\n"], "end\n"),
        ("$$a$$\n\nend\n", ["$$a$$\n\n"], "end\n"),
        ("| a |\n|---|\n| 1 |\n\nend\n", ["| a |\n|---|\n| 1 |\n\n"], "end\n"),
        ("`` ` ``` x\n\nend\n", ["`` ` ``` x\n\n"], "end\n"),
        ("\n\nfirst\n", ["\n\n"], "first\n"),
    ],
)
def test_blocks_end_at_blank_lines_that_nothing_spans(text: str, blocks: list[str], tail: str):
    assert split(text) == (blocks, tail)


MARKDOWN = st.lists(
    st.sampled_from(
        ["a", "word ", "\n", "\n\n", "- ", "1. ", "    ", "```", "~~~", "$$", "> ", "#", "|", " "]
    ),
    max_size=60,
).map("".join)


@given(MARKDOWN, st.integers(1, 9))
def test_however_it_comes_the_blocks_are_the_same_once_the_line_is_whole(text: str, size: int):
    text += "\n"
    assert split(text, size=size) == split(text)


@given(MARKDOWN, st.integers(1, 9))
def test_nothing_is_lost_and_nothing_added(text: str, size: int):
    blocks, tail = split(text, size=size)
    assert "".join(blocks) + tail == text


def test_a_long_fence_is_cut_into_fences_of_the_same_language():
    code = [f"line {number}\n" for number in range(100)]
    blocks, tail = split("```py\n" + "".join(code), limit=200)
    pieces = [*blocks, tail + "```\n"]
    assert len(pieces) > 3
    assert all(piece.startswith("```py\n") and piece.endswith("\n```\n") for piece in pieces)
    inside = [piece.removeprefix("```py\n").removesuffix("```\n") for piece in pieces]
    assert "".join(inside) == "".join(code)
    assert all(len(piece) < 250 for piece in pieces)


def test_a_long_list_is_cut_at_a_line_end():
    text = "".join(f"- item {number}\n" for number in range(100))
    blocks, tail = split(text, limit=200)
    assert "".join(blocks) + tail == text
    assert all(block.endswith("\n") and len(block) < 250 for block in blocks)
