"""Who keeps what was said: we do, unless the server is asked to; and servers that forget."""

from __future__ import annotations

import pytest

import respmagic
import wire
from gateway import Gateway
from replies import Reply
from respmagic import Conversation, OptionError, _client
from respmagic._dialects.responses import Responses
from respmagic._items import Request, State, user_message

FORGETFUL = "the server keeps nothing: all that was said is sent each time"
FORGOT = "the server had forgotten what was said: all of it was sent again"


@pytest.fixture(autouse=True)
def nobody_known():
    _client._forgetful.clear()
    yield
    _client._forgetful.clear()


def add(a: int) -> int:
    """Add one."""
    return a + 1


def ask(gateway, prompt="Go", **options):
    where = {"model": "m", "base_url": gateway.base_url, "retries": 0, "tools": [], **options}
    return respmagic.respond(prompt, **where)


def said(text, number, before=None, **fields):
    """An answer of a server that keeps what is said, and tells from which response it goes on."""
    fields = {"previous_response_id": before, "store": True, **fields}
    return Reply.sse(wire.text_response(text, id=f"resp_{number}", **fields))


def called(number, before=None):
    fields = {"previous_response_id": before, "store": True}
    return Reply.sse(wire.call_response([("add", {"a": 1})], id=f"resp_{number}", **fields))


def bodies(gateway):
    """What tells of the state in each request: store, what it goes on from, the kinds of items."""
    return [
        (
            body.get("store"),
            body.get("previous_response_id") or body.get("conversation"),
            [item.get("content") or item["type"] for item in body["input"]],
        )
        for body in (request.json for request in gateway.requests)
    ]


def line_of(result):
    return result._repr_mimebundle_()["text/plain"].splitlines()[-1]


# Ours


def test_the_state_is_ours_and_the_server_is_told_to_keep_nothing(gateway):
    talk = Conversation()
    gateway.add(said("One.", 1), said("Two.", 2))
    ask(gateway, "1", conversation=talk)
    ask(gateway, "2", conversation=talk)
    assert [body[:2] for body in bodies(gateway)] == [(False, None)] * 2
    assert len(gateway.requests[1].json["input"]) == 3


# The server's


def test_the_server_keeps_it_if_it_is_asked_to(gateway):
    talk = Conversation()
    gateway.add(said("One.", 1), called(2, "resp_1"), said("Two.", 3, "resp_2"))
    gateway.add(said("Three.", 4, "resp_3"))
    ask(gateway, "1", conversation=talk, store=True)
    ask(gateway, "2", conversation=talk, store=True, tools=[add])
    last = ask(gateway, "3", conversation=talk, store=True)
    assert bodies(gateway) == [
        (True, None, ["1"]),
        (True, "resp_1", ["2"]),
        (True, "resp_2", ["function_call_output"]),
        (True, "resp_3", ["3"]),
    ]
    assert FORGETFUL not in line_of(last)
    assert [turn.stored for turn in talk.turns] == [2, 4, 2]


def test_without_a_conversation_it_holds_for_the_tool_loop(gateway):
    gateway.add(called(1), said("Done.", 2, "resp_1"))
    ask(gateway, store=True, tools=[add])
    assert bodies(gateway) == [(True, None, ["Go"]), (True, "resp_1", ["function_call_output"])]


def test_what_it_keeps_is_told_once_more_to_where_it_is_not_kept(gateway):
    talk = Conversation()
    gateway.add(said("One.", 1), said("Two.", 2), said("Three.", 3))
    ask(gateway, "1", conversation=talk, store=True)
    ask(gateway, "2", conversation=talk)
    ask(gateway, "3", conversation=talk, store=True)
    kept = [(store, before, len(items)) for store, before, items in bodies(gateway)]
    assert kept == [(True, None, 1), (False, None, 3), (True, None, 5)]


def test_calls_that_the_server_saw_no_outputs_of_are_told(gateway):
    talk = Conversation()
    gateway.add(called(1), Reply.json({"error": "No."}, 500), said("Two.", 2, "resp_1"))
    with pytest.raises(respmagic.ServerError):
        ask(gateway, "1", conversation=talk, store=True, tools=[add])
    ask(gateway, "2", conversation=talk, store=True)
    assert bodies(gateway)[-1] == (True, "resp_1", ["function_call_output", "2"])


def test_the_settings_and_a_response_by_its_id(gateway):
    gateway.add(called(2, "resp_1"), said("Two.", 3, "resp_2"))
    ask(gateway, store=True, tools=[add], previous_response_id="resp_1")
    assert bodies(gateway) == [
        (True, "resp_1", ["Go"]),
        (True, "resp_2", ["function_call_output"]),
    ]
    with pytest.raises(OptionError, match="store must be True or False, not 'yes'"):
        ask(gateway, store="yes")


def test_encrypted_reasoning_is_asked_for_only_where_it_has_to_come_and_go():
    from respmagic._dialects.profiles import OPENAI

    dialect = Responses(OPENAI)
    request = Request("m", (user_message("Hi"),))
    assert dialect.encode(request)["include"] == ["reasoning.encrypted_content"]
    assert "include" not in dialect.encode(Request("m", (user_message("Hi"),), state=State()))


# Servers that forget


def test_one_that_does_not_say_that_it_went_on_is_told_all(gateway):
    """What it answered was without the rest; it is asked again before any tool runs."""
    talk = Conversation()
    gateway.add(said("One.", 1), called(2), said("Two.", 3))
    ask(gateway, "1", conversation=talk, store=True)
    second = ask(gateway, "2", conversation=talk, store=True, tools=[add])
    assert second.text == "Two."
    assert second.tool_calls == ()
    assert len(second.responses) == 1
    assert [body[:2] for body in bodies(gateway)] == [
        (True, None),
        (True, "resp_1"),
        (False, None),
    ]
    assert len(gateway.requests[2].json["input"]) == 3
    assert FORGETFUL in line_of(second)
    gateway.add(said("Three.", 4))
    third = ask(gateway, "3", conversation=talk, store=True)
    assert bodies(gateway)[3][1] is None
    assert FORGETFUL in line_of(third)


def test_one_that_is_known_to_forget_is_not_tried_again(gateway):
    gateway.add(called(1), called(2), called(2), said("Done.", 3))
    result = ask(gateway, store=True, tools=[add])
    assert [call.result for call in result.tool_calls] == [2, 2]
    assert [body[:2] for body in bodies(gateway)] == [
        (True, None),
        (True, "resp_1"),
        (False, None),
        (False, None),
    ]
    assert line_of(result).count(FORGETFUL) == 1


REFUSED = [
    (
        400,
        {"message": "llama.cpp does not support 'previous_response_id'.", "type": "x"},
        FORGETFUL,
    ),
    (400, {"message": "Unknown field.", "param": "previous_response_id"}, FORGETFUL),
    (400, {"message": "No tool call found for function call output with call_id x."}, FORGOT),
    (
        404,
        {"message": "Previous response with id 'resp_1' not found.", "code": "x"},
        FORGOT,
    ),
    (400, {"message": "Gone.", "code": "previous_response_not_found"}, FORGOT),
]


@pytest.mark.parametrize(("status", "error", "note"), REFUSED)
def test_one_that_refuses_to_go_on_is_told_all(gateway, status, error, note):
    talk = Conversation()
    gateway.add(said("One.", 1), Reply.json({"error": error}, status), said("Two.", 2))
    ask(gateway, "1", conversation=talk, store=True)
    second = ask(gateway, "2", conversation=talk, store=True)
    store, before, items = bodies(gateway)[-1]
    assert (store, before, len(items)) == (note == FORGOT, None, 3)
    assert note in line_of(second)
    assert talk.turns[-1].stored == (4 - 2 if note == FORGOT else 0)


def test_one_that_forgot_once_is_trusted_again(gateway):
    talk = Conversation()
    gone = Reply.json({"error": {"message": "Previous response not found."}}, 404)
    gateway.add(said("One.", 1), gone, said("Two.", 2), said("Three.", 3, "resp_2"))
    for prompt in "123":
        ask(gateway, prompt, conversation=talk, store=True)
    assert bodies(gateway)[-1] == (True, "resp_2", ["3"])


def test_one_that_forgets_at_once_is_not(gateway):
    """Such as a gateway that asks another account each time."""
    gone = Reply.json({"error": {"message": "Previous response not found."}}, 404)
    gateway.add(called(1), gone, called(2), gone, called(3), said("Done.", 4))
    result = ask(gateway, store=True, tools=[add])
    assert len(result.tool_calls) == 3
    assert [body[:2] for body in bodies(gateway)] == [
        (True, None),
        (True, "resp_1"),
        (True, None),
        (True, "resp_2"),
        (False, None),
        (False, None),
    ]


def test_other_refusals_stay_what_they_are(gateway):
    talk = Conversation()
    gateway.add(said("One.", 1))
    ask(gateway, "1", conversation=talk, store=True)
    for status, error in [(400, "Unsupported parameter: temperature"), (429, "Slow down.")]:
        gateway.add(Reply.json({"error": {"message": error}}, status))
        with pytest.raises(respmagic.StatusError):
            ask(gateway, "2", conversation=talk, store=True)
    assert len(gateway.requests) == 3


def test_what_is_known_only_there_cannot_be_told(gateway):
    gateway.add(Reply.json({"error": {"message": "Previous response not found."}}, 404))
    with pytest.raises(respmagic.NotFoundError):
        ask(gateway, store=True, previous_response_id="resp_9", api="responses")
    gateway.add(said("One.", 1))
    result = ask(gateway, store=True, previous_response_id="resp_9")
    assert "the server does not say that it goes on from resp_9" in line_of(result)


@pytest.mark.parametrize("profile", ["ollama", "llamacpp", "openrouter", "groq", "deepseek"])
def test_profiles_that_keep_nothing_are_not_asked_to(gateway, profile, monkeypatch):
    talk = Conversation()
    for variable in ("OPENROUTER_API_KEY", "GROQ_API_KEY", "DEEPSEEK_API_KEY"):
        monkeypatch.setenv(variable, "key-0123456789")
    gateway.add(said("One.", 1), said("Two.", 2))
    for prompt in "12":
        result = ask(gateway, prompt, conversation=talk, store=True, profile=profile)
    assert [body[:2] for body in bodies(gateway)] == [(False, None)] * 2
    assert f"{profile} keeps nothing: all that was said is sent each time" in line_of(result)


# chat.completions


def test_chat_completions_keeps_nothing_and_that_is_said_before_anything_is_sent(gateway):
    with pytest.raises(OptionError, match=r"--store .* has no counterpart in chat"):
        ask(gateway, store=True, api="chat")
    with pytest.raises(OptionError, match="conversation conv_1 has no counterpart"):
        ask(gateway, conversation="conv_1", api="chat")
    assert gateway.requests == []


def test_a_server_without_responses_is_told_as_such(gateway):
    gateway.route("POST", "/v1/responses", Reply.json({"error": "Not found."}, 404))
    with pytest.raises(OptionError, match=r"there is no /responses at .*--store"):
        ask(gateway, store=True)
    assert len(gateway.requests) == 1


# Conversations that a server keeps


def in_conversation(items, number):
    fields = {"conversation": {"id": "conv_1"}, "store": True}
    return Reply.sse(wire.stream(items, id=f"resp_{number}", **fields))


def test_a_conversation_of_the_server_gets_only_what_is_new(gateway):
    gateway.add(in_conversation([wire.function_call("add", {"a": 1})], 1))
    gateway.add(in_conversation([wire.message("One.")], 2))
    gateway.add(in_conversation([wire.message("Two.")], 3))
    first = ask(gateway, "1", conversation="conv_1", tools=[add])
    talk = first.conversation
    second = ask(gateway, "2", conversation=talk, store=True)
    assert bodies(gateway) == [
        (None, "conv_1", ["1"]),
        (None, "conv_1", ["function_call_output"]),
        (None, "conv_1", ["2"]),
    ]
    assert line_of(second).endswith("conversation conv_1, kept by the server]")
    assert len(talk.turns) == 2


def test_what_a_server_keeps_is_changed_only_there(gateway, tmp_path):
    talk = Conversation("conv_1")
    for change in (talk.undo, talk.fork, lambda: talk._family.rename("conv_1", "x")):
        with pytest.raises(OptionError, match="the server keeps conv_1: only there"):
            change()
    with pytest.raises(OptionError, match="conv_2 would be a conversation that a server keeps"):
        Conversation().fork("conv_2")


def test_a_server_that_does_not_know_the_conversation_says_so(gateway):
    error = {"message": "Conversation with id 'conv_1' not found.", "type": "invalid_request_error"}
    gateway.add(Reply.json({"error": error}, 404))
    with pytest.raises(respmagic.NotFoundError, match="Conversation with id 'conv_1' not found"):
        ask(gateway, conversation="conv_1", api="responses")
    assert len(gateway.requests) == 1


def test_a_server_that_knows_no_conversations_is_noticed(gateway):
    gateway.add(said("One.", 1))
    result = ask(gateway, conversation="conv_1")
    assert "the server does not say that it goes on from conv_1" in line_of(result)
    with pytest.raises(OptionError, match="ollama keeps no conversations"):
        ask(gateway, conversation="conv_1", profile="ollama")


# Too long


def refused(gateway: Gateway, message: str, **fields) -> str:
    error = {"message": message, "code": "context_length_exceeded", **fields}
    gateway.add(Reply.json({"error": error}, 400))
    with pytest.raises(respmagic.StatusError) as caught:
        ask(gateway, "word " * 4000)
    return str(caught.value)


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("This model's maximum context length is 8,000 tokens. However, your messages {}", {}),
        ("prompt is too long: 10000 tokens > 8000 maximum", {}),
        ("The input token count (10000) exceeds the maximum number of tokens allowed (8000).", {}),
        ("This model's maximum prompt length is 8000 but the request contains 10000 tokens.", {}),
        ("This endpoint's maximum context length is 8000 tokens. However, you {}", {}),
        ("exceeds the available context size", {"n_ctx": 8000, "n_prompt_tokens": 10000}),
    ],
)
def test_how_much_too_long_it_is_in_the_servers_numbers(gateway, message, fields):
    rests = ("resulted in 10000 tokens", "requested about 10000 tokens (9000 in the messages)")
    message = message.format(rests["you {}" in message])
    said = refused(gateway, message, **fields)
    assert message.rstrip(".") in said
    assert "(10,000 tokens, 2,000 more than the 8,000 it takes): send less" in said
    assert "%responses undo" in said
    assert "--truncate auto" in said


@pytest.mark.parametrize(
    ("message", "known"),
    [
        ("Your input exceeds the context window of this model.", "by our estimate): send"),
        (
            "This model's maximum context length is 4096 tokens.",
            "by our estimate, and it takes 4,096): send",
        ),
    ],
)
def test_how_much_too_long_it_is_by_our_estimate(gateway, message, known):
    said = refused(gateway, message)
    assert known in said
    estimate = int(said.split("(some ")[1].split(" tokens")[0].replace(",", ""))
    assert 5000 < estimate < 5200


def test_pictures_do_not_count_in_the_estimate(gateway):
    gateway.add(Reply.json({"error": {"message": "x", "code": "context_length_exceeded"}}, 400))
    picture = {"type": "input_image", "image_url": "data:image/png;base64," + "A" * 400_000}
    with pytest.raises(respmagic.StatusError, match=r"\(some \d\d tokens by our estimate\)"):
        ask(gateway, images=[picture["image_url"]])


def test_the_server_may_be_asked_to_cut(gateway):
    gateway.add(said("One.", 1))
    ask(gateway, truncate="auto")
    assert gateway.requests[0].json["truncation"] == "auto"
    with pytest.raises(OptionError, match="truncation='auto' has no counterpart"):
        ask(gateway, truncate="auto", api="chat")
