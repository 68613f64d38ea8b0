"""Pieces of tool calls, in any order; reasoning in tags, cut anywhere."""

import itertools
import json

from hypothesis import given
from hypothesis import strategies as st

from respmagic._dialects._chat_calls import Assembler
from respmagic._dialects._think_tags import ThinkTags

ARGUMENTS = st.dictionaries(
    st.text(max_size=3), st.integers() | st.text(max_size=5) | st.just({"a": [1]}), max_size=3
).map(json.dumps)
NAMES = st.sampled_from(["f", "get_weather", "g"])


@st.composite
def interleaved(draw):
    """Parallel calls, and their pieces in an order that keeps each call's own."""
    calls = draw(st.lists(st.tuples(NAMES, ARGUMENTS), min_size=1, max_size=4))
    waiting = []
    for n, (name, arguments) in enumerate(calls):
        cuts = sorted(draw(st.sets(st.integers(0, len(arguments)), max_size=3)))
        pieces = [arguments[a:b] for a, b in itertools.pairwise([0, *cuts, len(arguments)])]
        waiting.append([(n, name, piece, k == 0) for k, piece in enumerate(pieces)])
    ordered = []
    while any(waiting):
        # Calls begin in order, as servers count them.
        begun = [
            q
            for n, q in enumerate(waiting)
            if q and (n == 0 or not waiting[n - 1] or not waiting[n - 1][0][3])
        ]
        ordered.append(draw(st.sampled_from(begun)).pop(0))
    return calls, ordered


def taken(entries):
    assembler = Assembler()
    for entry in entries:
        assembler.take(entry)
    return [
        (c["call_id"], c["name"], c["arguments"])
        for c in (call.closed("completed") for call in assembler.calls)
    ]


def wanted(calls):
    return [(f"call_x{n}", name, arguments) for n, (name, arguments) in enumerate(calls)]


@given(interleaved(), st.sampled_from(["once", "always", "empty", "null"]), st.booleans())
def test_any_interleaving_of_parallel_calls_yields_the_same_calls(given_calls, naming, repeats):
    calls, ordered = given_calls
    later = {"once": {}, "empty": {"id": ""}, "null": {"id": None}}
    entries = []
    for n, name, piece, is_head in ordered:
        named = is_head or naming == "always"
        ids = {"id": f"call_x{n}", "type": "function"} if named else later[naming]
        function = {"arguments": piece, **({"name": name} if is_head or repeats else {"name": ""})}
        entries.append({"index": n, **ids, "function": function})
    assert taken(entries) == wanted(calls)


@given(interleaved(), st.sampled_from(["wrong", "missing", "zero"]))
def test_with_an_id_on_each_piece_the_index_does_not_matter(given_calls, kind):
    calls, ordered = given_calls
    entries = []
    for n, name, piece, is_head in ordered:
        index = {"wrong": {"index": len(calls) - n}, "missing": {}, "zero": {"index": 0}}[kind]
        function = {"arguments": piece, **({"name": name} if is_head else {})}
        entries.append({**index, "id": f"call_x{n}", "function": function})
    assert taken(entries) == wanted(calls)


@given(st.lists(st.tuples(NAMES, ARGUMENTS), min_size=1, max_size=4), st.booleans(), st.booleans())
def test_whole_calls_need_neither_index_nor_id(calls, has_index, has_id):
    entries = [
        {
            **({"index": 0} if has_index else {}),
            **({"id": f"call_x{n}"} if has_id else {}),
            "function": {"name": name, "arguments": arguments},
        }
        for n, (name, arguments) in enumerate(calls)
    ]
    found = taken(entries)
    assert [call[1:] for call in found] == calls
    assert len({call[0] for call in found}) == len(calls)


@given(st.lists(st.tuples(NAMES, ARGUMENTS), min_size=1, max_size=4), st.data())
def test_calls_one_after_another_need_an_id_at_their_heads_only(calls, data):
    """All of them bear index 0, or none."""
    index = data.draw(st.sampled_from([{}, {"index": 0}]))
    entries = []
    for n, (name, arguments) in enumerate(calls):
        at = data.draw(st.integers(0, len(arguments)))
        head = {"name": name, "arguments": arguments[:at]}
        entries.append({**index, "id": f"call_x{n}", "function": head})
        entries.append({**index, "function": {"arguments": arguments[at:]}})
    assert taken(entries) == wanted(calls)


# Tags


def said(pieces):
    tags = ThinkTags()
    found = [s for piece in pieces for s in tags.feed(piece)] + list(tags.end())
    together = {"reasoning": "", "text": ""}
    for kind, text in found:
        assert text
        assert kind == "text" or not together["text"]  # the answer does not turn back
        together[kind] += text
    return together["reasoning"], together["text"]


def cut(text, places):
    places = sorted(place % (len(text) + 1) for place in places)
    return [text[a:b] for a, b in itertools.pairwise([0, *places, len(text)])]


CASES = {
    "<think>Hm.</think>Ah.": ("Hm.", "Ah."),
    "<think>\nHm. \n</think>\n\nAh. ": ("Hm.", "Ah. "),
    "\n <think>Hm.</think>Ah.": ("Hm.", "Ah."),
    "<thinking>a</think>b</thinking>c": ("a</think>b", "c"),
    "<thought>Hm.</thought>Ah.": ("Hm.", "Ah."),
    "<think></think>Ah.": ("", "Ah."),
    "<think>\n\n</think>\n\nAh.": ("", "Ah."),
    "<think>a < b </ think></think>Ah.": ("a < b </ think>", "Ah."),
    "<think>Hm.": ("Hm.", ""),
    "<think>Hm.</thi": ("Hm.</thi", ""),
    "<think>": ("", ""),
    "<think>Hm.</think>": ("Hm.", ""),
    "<think>Hm.</think>The tag <think>x</think> stays.": ("Hm.", "The tag <think>x</think> stays."),
    "The tag <think>x</think> stays.": ("", "The tag <think>x</think> stays."),
    "\n\nAh.": ("", "\n\nAh."),
    "\n\n": ("", "\n\n"),
    "<thin": ("", "<thin"),
    "<thinker>": ("", "<thinker>"),
    "<b>x</b>": ("", "<b>x</b>"),
    "0": ("", "0"),
    "": ("", ""),
}


def test_tags_before_the_answer_hold_reasoning():
    assert {text: said([text]) for text in CASES} == CASES


def test_a_character_at_a_time_says_the_same():
    assert {text: said(text) for text in CASES} == CASES


@given(st.sampled_from(list(CASES)), st.lists(st.integers(0, 99), max_size=6))
def test_tags_may_be_cut_anywhere(text, places):
    assert said(cut(text, places)) == CASES[text]


PIECES = st.lists(st.sampled_from(["<think>", "</think>", "<", "think", ">", "/", " ", "\n", "a"]))


@given(PIECES.map("".join), st.lists(st.integers(0, 99), max_size=6))
def test_cuts_never_matter(text, places):
    assert said(cut(text, places)) == said([text])
