"""What tools and servers may do that nobody would think of, from a call to its result."""

import itertools

import pytest

import respmagic
import wire
from gateway import Gateway
from kernels import kernel
from replies import Reply
from respmagic import Result, ToolCall


class Mute(Exception):
    def __str__(self):
        raise ValueError("no words")


class Rude:
    def __repr__(self):
        raise KeyboardInterrupt


class Plain:
    """An object that shows its address."""


def call_of(gateway: Gateway, function) -> ToolCall:
    """Have the model call `function`, and give the record of it."""
    gateway.add(
        Reply.sse(wire.call_response([(function.__name__, {})])),
        Reply.sse(wire.text_response("Done.", id="resp_2")),
    )
    result = respmagic.respond(
        "Go", model="m", base_url=gateway.base_url, tools=[function], retries=0
    )
    assert (result.status, result.text) == ("completed", "Done.")
    [call] = result.tool_calls
    return call


def test_an_exception_without_words_is_told_by_its_name(gateway: Gateway):
    def fails():
        raise Mute

    call = call_of(gateway, fails)
    assert (call.status, call.output) == ("failed", "Error: Mute")


def test_a_repr_that_raises_even_what_stops_programs_ends_only_its_call(gateway: Gateway):
    def rude() -> object:
        return Rude()

    assert call_of(gateway, rude).status == "cancelled"


def test_what_can_be_read_only_once_is_left_to_the_user(gateway: Gateway):
    def endless() -> object:
        return itertools.count()

    call = call_of(gateway, endless)
    assert call.output.endswith(": count(0)")
    assert next(call.result) == 0


def test_the_model_is_told_no_addresses_in_memory(gateway: Gateway):
    def plain() -> object:
        return Plain()

    assert call_of(gateway, plain).output.endswith(f": <{__name__}.Plain object>")


def test_a_call_shows_no_key_when_it_shows_itself(gateway: Gateway):
    key = "sk-0123456789abcdefghij"

    def secret() -> dict[str, str]:
        return {"OPENAI_API_KEY": key}

    call = call_of(gateway, secret)
    assert call.result == {"OPENAI_API_KEY": key}
    assert key not in repr([call])
    assert "secret({}) done" in repr(call)


def test_a_response_shows_no_key_when_it_shows_itself(gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Your key is sk-0123456789abcdefghij.")))
    result = respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[], retries=0)
    assert repr(result.responses) == "(<Response completed, gpt-test: 'Your key is •••.'>,)"


@pytest.mark.parametrize("name", [None, 5])
def test_a_call_without_a_proper_name_is_shown_as_it_ended(gateway: Gateway, name):
    call = {"type": "function_call", "name": name, "arguments": "{}"}
    gateway.add(Reply.sse(wire.stream([call])), Reply.sse(wire.text_response("Done.", id="resp_2")))
    result = respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[], retries=0)
    assert "failed: there is no tool called" in result._repr_mimebundle_()["text/plain"]


def test_an_answer_that_the_connection_cuts_is_truncated_as_any_other(gateway: Gateway):
    gateway.add(Reply.sse(wire.text_response("Hello, world."), cut=2500))
    with pytest.raises(respmagic.TruncatedError) as caught:
        respmagic.respond("Go", model="m", base_url=gateway.base_url, tools=[], retries=0)
    result = caught.value.result
    assert isinstance(result, Result)
    assert (result.status, result.text) == ("truncated", "Hello, world.")


@pytest.mark.kernel
def test_what_hangs_in_spite_of_an_interrupt_is_cancelled_in_the_result(gateway: Gateway):
    gateway.add(Reply.sse(wire.call_response([("hangs", {})])))
    with kernel(OPENAI_BASE_URL=gateway.base_url, RUN_FOR="3") as nb:
        nb.check(
            "import os, time\n@respmagic.tool\nasync def hangs():\n"
            "    print('begun')\n    time.sleep(float(os.environ['RUN_FOR']))"
        )
        msg_id = nb.start("%%responses -m m --renderer blocks\nGo")
        for message in nb.messages(msg_id):
            if "running" in str(message["content"].get("data")):
                nb.interrupt()
                break
        done = nb.finish(msg_id)
        assert done.error.ename == "Interrupted"
        assert done.text.startswith("hangs() → cancelled")
        assert nb.value("(time.sleep(4), _response.tool_calls[0].status)[1]") == "cancelled"


@pytest.mark.kernel
def test_a_run_that_a_call_shows_is_shown_in_its_card(gateway: Gateway):
    gateway.add(
        Reply.sse(wire.call_response([("asks", {})])),
        Reply.sse(wire.text_response("Inner.", id="resp_2")),
        Reply.sse(wire.text_response("Outer.", id="resp_3")),
    )
    with kernel(OPENAI_BASE_URL=gateway.base_url) as nb:
        nb.check(
            "@respmagic.tool\ndef asks():\n"
            "    respmagic.respond('In', model='m', tools=[], show=True)"
        )
        done = nb.run("%%responses -m m\nGo")
        assert "Inner." in done.value["text/html"]
