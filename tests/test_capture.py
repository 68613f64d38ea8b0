"""What calls print and display goes to their cards; all else goes where it would have gone."""

import contextlib
import io
import sys
import threading
from contextvars import copy_context

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher

from respmagic._capture import (
    Card,
    Displayed,
    Printed,
    capturing,
    current_card,
    publisher_beneath,
)
from respmagic._figures import flush_figures


class Shell:
    """As much of a shell as is captured: its display publisher."""

    def __init__(self):
        self.display_pub = CapturingDisplayPublisher()


class Written:
    """What has been written to stdout in this test."""

    def __init__(self, capsys):
        self.capsys, self.text = capsys, ""

    def getvalue(self):
        self.text += self.capsys.readouterr().out
        return self.text


@pytest.fixture
def stdout(capsys):
    return Written(capsys)


def in_card(function, card=None):
    """Run `function` as a call whose output goes to a card."""
    card = Card() if card is None else card

    def run():
        current_card.set(card)
        function()

    copy_context().run(run)
    return card


def printed(card):
    return [(o.stream, o.text) for o in card.outputs if isinstance(o, Printed)]


def show(shell, text, **options):
    shell.display_pub.publish({"text/plain": text}, **options)


def shown(shell):
    return [output["data"]["text/plain"] for output in shell.display_pub.outputs]


def test_what_a_call_prints_goes_to_its_card_only(stdout):
    with capturing(None):
        print("before")
        card = in_card(lambda: print("inside"))
        print("after")
    assert printed(card) == [("stdout", "inside\n")]
    assert stdout.getvalue() == "before\nafter\n"


def test_what_is_no_text_is_refused_as_the_stream_itself_would(stdout):
    def write_bytes():
        with pytest.raises(TypeError, match="must be str, not bytes"):
            sys.stdout.write(b"bytes")

    with capturing(None):
        card = in_card(write_bytes)
    assert printed(card) == []


def test_very_many_small_writes_cost_no_more_each():
    """Joined at each write, this takes minutes."""
    card, pieces = Card(), 300_000
    for _ in range(pieces):
        card.write("stdout", "x" * 50)
    assert len(card.text("stdout")) == pieces * 50


def test_streams_and_displays_keep_their_order():
    shell, card = Shell(), Card()

    def call():
        print("a", end="")
        print("b")
        print("c", file=sys.stderr)
        show(shell, "d")
        sys.stdout.writelines(["e", "f"])
        sys.stderr.write("careful")

    with capturing(shell):
        in_card(call, card)
    kinds = [output.stream if isinstance(output, Printed) else "shown" for output in card.outputs]
    assert kinds == ["stdout", "stderr", "shown", "stdout", "stderr"]
    assert (card.text("stdout"), card.outputs[0].text) == ("ab\nef", "ab\n")
    assert "careful" in card.text("stderr")
    assert shown(shell) == []


def test_calls_in_threads_do_not_mix(stdout):
    barrier, cards = threading.Barrier(3), [Card() for _ in range(3)]

    def call(number):
        for _ in range(20):
            barrier.wait()
            print(number)

    with capturing(None):
        threads = [
            threading.Thread(target=in_card, args=(lambda n=n: call(n), card))
            for n, card in enumerate(cards)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [card.text("stdout") for card in cards] == [f"{n}\n" * 20 for n in range(3)]
    assert stdout.getvalue() == ""


def test_the_streams_answer_as_ever(stdout):
    with capturing(None):
        assert sys.stdout.write("abc") == 3
        assert in_card(lambda: sys.stdout.write("abc")).text("stdout") == "abc"
        assert sys.stdout.isatty() is False
        assert sys.stdout.encoding
        sys.stdout.flush()
    assert stdout.getvalue() == "abc"


def test_all_is_put_back():
    shell = Shell()
    before = sys.stdout, sys.stderr, shell.display_pub
    with capturing(shell):
        assert sys.stdout is not before[0]
        with capturing(shell):
            pass
        assert sys.stdout is not before[0]
    assert (sys.stdout, sys.stderr, shell.display_pub) == before


def test_all_is_put_back_after_an_error():
    before = sys.stdout
    with pytest.raises(KeyError), capturing(None):
        raise KeyError
    assert sys.stdout is before


def test_a_stream_that_someone_else_put_up_meanwhile_stays(stdout):
    theirs = io.StringIO()
    with capturing(None):
        sys.stdout = theirs
    assert sys.stdout is theirs


def test_without_streams_nothing_is_captured(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with capturing(None):
        assert sys.stdout is None


# Displays


def test_a_display_in_a_card_may_be_updated():
    shell, card = Shell(), Card()

    def call():
        show(shell, "one", transient={"display_id": "x"})
        show(shell, "other", transient={"display_id": "y"})
        show(shell, "two", transient={"display_id": "x"}, update=True)

    with capturing(shell):
        in_card(call, card)
    assert [output.data["text/plain"] for output in card.outputs] == ["two", "other"]
    assert shown(shell) == []


def test_an_update_of_what_stands_elsewhere_goes_there():
    shell = Shell()
    with capturing(shell):
        card = in_card(lambda: show(shell, "new", transient={"display_id": "before"}, update=True))
    assert card.outputs == []
    assert shown(shell) == ["new"]


def test_clearing_in_a_call_clears_its_card_only():
    shell, card = Shell(), Card()
    show(shell, "cell")

    def call():
        print("a")
        shell.display_pub.clear_output()
        print("b")

    with capturing(shell):
        in_card(call, card)
    assert printed(card) == [("stdout", "b\n")]
    assert shown(shell) == ["cell"]


def test_the_publisher_answers_as_ever():
    shell = Shell()
    beneath = shell.display_pub
    with capturing(shell):
        assert publisher_beneath(shell) is beneath
        shell.display_pub.outputs = []
        shell.display_pub.mark = 3
        show(shell, "x")
    assert publisher_beneath(shell) is beneath
    assert (beneath.mark, shown(shell)) == (3, ["x"])


# Recording what is no call's


def test_what_others_print_is_shown_and_kept(stdout):
    shell = Shell()
    with capturing(shell, record=True) as recorded:
        print("hello")
        show(shell, "shown")
        card = in_card(lambda: print("inside"))
    assert printed(recorded)[0] == ("stdout", "hello\n")
    assert recorded.outputs[1] == Displayed({"text/plain": "shown"}, {})
    assert len(recorded.outputs) == 2
    assert (stdout.getvalue(), shown(shell)) == ("hello\n", ["shown"])
    assert card.text("stdout") == "inside\n"


def test_clearing_the_cell_forgets_what_was_recorded(stdout):
    shell = Shell()
    with capturing(shell, record=True) as recorded:
        print("old")
        shell.display_pub.clear_output()
        print("new")
        assert shell.display_pub.outputs == []
    assert "old" not in recorded.text("stdout")
    assert recorded.text("stdout").endswith("new\n")


def test_threads_that_were_there_before_are_not_recorded(stdout):
    begun, go = threading.Event(), threading.Event()

    def older():
        begun.set()
        go.wait(30)
        print("old")

    thread = threading.Thread(target=older)
    thread.start()
    begun.wait(30)
    with capturing(None, record=True) as recorded:
        go.set()
        thread.join()
        newer = threading.Thread(target=print, args=("new",))
        newer.start()
        newer.join()
    assert recorded.text("stdout") == "new\n"
    assert stdout.getvalue() == "old\nnew\n"


def test_a_run_that_outlasts_a_recording_one_does_not_record_for_it(stdout):
    old, other = capturing(None, record=True), capturing(None)
    kept = old.__enter__()
    other.__enter__()
    old.__exit__(None, None, None)
    with capturing(None, record=True) as recorded:
        other.__exit__(None, None, None)
        print("hello")
    assert (kept.text("stdout"), recorded.text("stdout")) == ("", "hello\n")


def test_nothing_is_recorded_unless_wanted(stdout):
    with capturing(None) as recorded:
        print("hello")
    assert recorded.outputs == []


def test_after_the_last_run_nothing_is_recorded(stdout):
    first, second = capturing(None, record=True), capturing(None, record=True)
    kept = [first.__enter__(), second.__enter__()]
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    with capturing(None):
        print("hello")
    assert [card.outputs for card in kept] == [[], []]


def test_a_stand_in_that_stayed_in_place_records_nothing_twice(stdout):
    redirected = contextlib.redirect_stdout(io.StringIO())
    with capturing(None):
        redirected.__enter__()
    redirected.__exit__(None, None, None)  # puts the stand-in back, after its time
    print("still")
    with capturing(None, record=True) as recorded:
        print("hello")
        card = in_card(lambda: print("inside"))
    assert recorded.text("stdout") == "hello\n"
    assert card.text("stdout") == "inside\n"
    assert stdout.getvalue() == "still\nhello\n"


def test_a_publisher_that_stayed_in_place_records_nothing_twice():
    shell = Shell()
    beneath = shell.display_pub
    with capturing(shell):
        standin, shell.display_pub = shell.display_pub, beneath
    shell.display_pub = standin
    with capturing(shell, record=True) as recorded:
        show(shell, "x")
        assert publisher_beneath(shell) is beneath
    assert len(recorded.outputs) == 1
    assert len(beneath.outputs) == 1


# Figures


@pytest.fixture
def inline(monkeypatch):
    """pyplot with the backend of notebooks, and what it flushes."""
    import matplotlib.pyplot as plt
    from matplotlib_inline import backend_inline

    flushed = []
    monkeypatch.setattr(plt, "get_backend", lambda: "inline")
    monkeypatch.setattr(backend_inline, "flush_figures", lambda: flushed.append(plt.get_fignums()))
    yield plt, flushed
    plt.close("all")


def test_open_figures_are_flushed_but_the_returned_one_is_only_closed(inline):
    plt, flushed = inline
    left_open, returned = plt.figure(), plt.figure()
    flush_figures(returned)
    flush_figures(returned.subplots())
    flush_figures(None)
    assert flushed == [[left_open.number]] * 3


def test_axes_of_a_subfigure_close_their_figure(inline):
    plt, flushed = inline
    figure = plt.figure()
    flush_figures(figure.subfigures(1, 2)[0].subplots())
    assert flushed == [[]]


def test_values_of_any_kind_are_no_figures(inline):
    plt, flushed = inline

    class Trap:
        @property
        def figure(self):
            raise RuntimeError("no")

    for value in (5, "figure", Trap(), plt.get_cmap("viridis"), plt, object):
        flush_figures(value)
    assert len(flushed) == 6


def test_without_the_backend_of_notebooks_figures_are_left_alone():
    import matplotlib.pyplot as plt

    figure = plt.figure()
    flush_figures(figure)
    assert plt.fignum_exists(figure.number)
    plt.close(figure)
