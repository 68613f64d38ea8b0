"""Recorded conversations replayed whole: what goes back, beside what the recorded client sent."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import pytest

import respmagic
from gateway import Gateway
from recordings import needs_recordings, recording, request_of, streams_dir
from replies import Reply
from respmagic import Conversation, Result

pytestmark = needs_recordings

Item = Mapping[str, Any]
Body = Mapping[str, Any]

# Why our requests differ from the recorded ones, by name.
WHY = {
    "message.type": "the other client leaves it out, as the API allows",
    "message.content": "the other client sends text where we send back the parts that came",
    "function_call.id": "names what was stored nowhere; servers may look for it there",
    "function_call.call_id": "the other client gives each a new one; we only where one comes again",
    "function_call_output.call_id": "the same",
    "function_call.arguments": "the other client writes the JSON anew; we send back what came",
    "reasoning.id": "the other client leaves it out; we send back the one that came",
    "store": "the other client leaves it to the server; we say who keeps the state",
}


class Replay(NamedTuple):
    """Recorded answers of one conversation, whose requests were kept.

    Attributes:
        name: the files' common name.
        turns: how many answers belong to each question.
        differences: those that there are, by the names in `WHY`.
        options: how it is asked here.
    """

    name: str
    turns: tuple[int, ...]
    differences: frozenset[str] = frozenset()
    options: Mapping[str, Any] = {}


USUAL = frozenset({"message.type"})
STORE = frozenset({"message.type", "store"})
REPLAYS = [
    Replay(
        "llm-responses-interleaved-reasoning-between-tool-calls",
        (4,),
        USUAL | {"function_call.arguments"},
    ),
    Replay(
        "ruby-fc-xai-grok-4-1-fast-non-reasoning-can-use-tools-without-parameters"
        "-in-multi-turn-streaming-con",
        (2, 2),
        USUAL | {"message.content", "reasoning.id"},
    ),
    Replay("ruby-fc-openai-gpt-5-nano-can-use-parallel-tool-calls", (2,), USUAL | {"reasoning.id"}),
    Replay(
        "ruby-responses-protocol-dialects-with-azure-gpt-5-nano-round-trips-tool-calls",
        (2,),
        USUAL | {"reasoning.id"},
    ),
    Replay("llm-responses-tool-use-streaming", (2,), USUAL | {"function_call.arguments"}),
    Replay("pai-deepseek-responses-function-tool", (2,), STORE, {"profile": "deepseek"}),
    Replay("pai-deepseek-responses-function-tool-stream", (2,), STORE, {"profile": "deepseek"}),
    Replay("pai-openai-responses-thinking-with-tool-calls", (2,), STORE | {"function_call.id"}),
    Replay(
        "pai-openai-responses-requires-function-call-status-none",
        (2,),
        STORE | {"function_call.id"},
    ),
    Replay("pai-openai-responses-model-simple-response-with-tool-call", (2,), STORE),
    Replay(
        "pai-reused-tool-call-ids-stream",
        (3,),
        STORE | {"function_call.id", "function_call.call_id", "function_call_output.call_id"},
    ),
    Replay(
        "pai-openai-previous-response-id-seed-auto-chains-through-retries",
        (1, 3),
        STORE,
        {"store": True},
    ),
    Replay(
        "pai-openai-conversation-id-tool-call-continuation",
        (2,),
        USUAL,
        {"conversation": "conv_010000000000000000000000000000000000000000000000"},
    ),
]


def files_of(replay: Replay) -> list[str]:
    """The recorded answers in order; one recording begins with 1."""
    folder = streams_dir()
    assert folder is not None
    found = [
        f"responses/{path.name}"
        for path in sorted((folder / "responses").glob(f"{replay.name}.[0-9].*"))
        if ".request." not in path.name
    ]
    assert len(found) == sum(replay.turns)
    return found


def text_of(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def news(bodies: Iterable[Body]) -> list[Item]:
    """The items of all requests, each once."""
    seen: dict[str, Item] = {}
    for body in bodies:
        for item in body["input"]:
            seen.setdefault(json.dumps(item, sort_keys=True), item)
    return list(seen.values())


def tools_of(bodies: list[Body], answers: list[Item]) -> list[Callable[..., str]]:
    """Tools that give what the recorded ones gave: by their name and arguments, in order."""
    # One client puts the response's id before the call's.
    given = {i["call_id"].rpartition(":")[2]: i["output"] for i in news(bodies) if "output" in i}
    outputs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for call in answers:
        if call["type"] == "function_call":
            arguments = json.dumps(json.loads(call["arguments"] or "{}"), sort_keys=True)
            outputs[call["name"], arguments].append(given.get(call["call_id"], "not kept"))
    return [tool(name, outputs) for name in dict.fromkeys(name for name, _ in outputs)]


def tool(name: str, outputs: dict[tuple[str, str], list[str]]) -> Callable[..., str]:
    def function(**arguments: Any) -> str:
        return outputs[name, json.dumps(arguments, sort_keys=True)].pop(0)

    function.__name__ = name
    return function


def output_of(gateway: Gateway, files: list[str]) -> list[Item]:
    """The recorded output items, as the package itself reads them."""
    items: list[Item] = []
    for file in files:
        gateway.add(Reply.recording(recording(file)))
        try:
            result = ask(gateway, "Go", stream=file.endswith(".sse"), max_turns=1)
        except respmagic.MaxTurnsExceeded as error:
            result = error.result
        items += result.responses[0].output
    gateway.requests.clear()
    return items


def ask(gateway: Gateway, prompt: str, **options: Any) -> Result:
    where = {"model": "m", "base_url": gateway.base_url, "retries": 0, "tools": [], **options}
    return respmagic.respond(prompt, **where)


def differences(ours: Body, theirs: Body) -> set[str]:
    """Where two requests differ in what was said before and in who keeps it."""
    states = ("previous_response_id", "conversation", "store")
    found = {key for key in states if ours.get(key) != theirs.get(key)}
    if len(ours["input"]) != len(theirs["input"]):
        return found | {"number of items"}
    for own, other in zip(ours["input"], theirs["input"], strict=True):
        found |= item_differences(own, other)
    return found


def item_differences(own: Item, other: Item) -> set[str]:
    kind = other.get("type") or "message"
    if (own.get("type") or "message") != kind:
        return {f"{own.get('type')} for {kind}"}
    keys = {key for key in {*own, *other} if own.get(key) != other.get(key)}
    if kind == "message" and "content" in keys:
        assert text_of(own["content"]) == text_of(other["content"])
    if "arguments" in keys:
        assert json.loads(own["arguments"]) == json.loads(other["arguments"])
    return {f"{kind}.{key}" for key in keys}


@pytest.mark.parametrize("replay", REPLAYS, ids=lambda replay: replay.name)
def test_what_goes_back_is_what_the_recorded_client_sent(gateway: Gateway, replay: Replay):
    files = files_of(replay)
    bodies = [body for file in files if (body := request_of(file)) is not None]
    assert len(bodies) == len(files)
    tools = tools_of(bodies, output_of(gateway, files))
    asked = [text_of(i["content"]) for i in news(bodies) if i.get("role") == "user"]
    assert len(asked) == len(replay.turns)
    gateway.add(*(Reply.recording(recording(file)) for file in files))
    options = {"conversation": Conversation("talk"), "tools": tools, **replay.options}
    options["stream"] = bool(bodies[0].get("stream"))
    for prompt, number in zip(asked, replay.turns, strict=True):
        try:
            ask(gateway, prompt, max_turns=number, **options)
        except respmagic.MaxTurnsExceeded:
            assert replay is REPLAYS[0]  # the only one whose last answer asks for more
    sent = [request.json for request in gateway.requests]
    assert len(sent) == len(bodies)
    found = set().union(*map(differences, sent, bodies))
    assert found == replay.differences
    assert found <= set(WHY)


# Recordings whose requests were not kept


def first_request_beyond(gateway: Gateway, files: list[str], **options: Any) -> list[Item]:
    """Play a conversation to its end and ask once more: the items of that request."""
    answers = output_of(gateway, files)
    calls = [item for item in answers if item["type"] == "function_call"]
    talk = Conversation()
    gateway.add(*(Reply.recording(recording(file)) for file in files))
    tools = [tool(call["name"], defaultdict(lambda: ["done"] * 9)) for call in calls[:1]]
    options = {"conversation": talk, "tools": tools, **options}
    with suppress(respmagic.MaxTurnsExceeded):
        ask(gateway, "Go", max_turns=len(files), **options)
    gateway.add(Reply.recording(recording(files[-1])))
    with suppress(respmagic.MaxTurnsExceeded):
        ask(gateway, "And?", max_turns=1, **options)
    items: list[Item] = gateway.requests[-1].json["input"]
    return items


@pytest.mark.parametrize("vendor", ["openai", "azure"])
def test_encrypted_reasoning_over_four_steps_goes_back_with_what_it_led_to(
    gateway: Gateway, vendor: str
):
    name = f"responses/vercel-{vendor}-reasoning-encrypted-content-1.step{{}}.jsonl"
    items = first_request_beyond(gateway, [name.format(step) for step in range(4)])
    assert [item["type"] for item in items] == [
        "message",
        "reasoning",
        *("function_call", "function_call_output") * 3,
        "message",
        "message",
    ]
    thought = items[1]
    assert len(thought["encrypted_content"]) > 500
    assert set(thought) <= {"type", "id", "summary", "encrypted_content"}


def test_five_parallel_calls_that_were_not_run_go_back_whole(gateway: Gateway):
    name = "responses/llm-responses-interleaved-reasoning-between-tool-calls.{}.json"
    files = [name.format(step) for step in range(4)]
    items = first_request_beyond(gateway, files, stream=False)
    assert [item["type"] for item in items[-12:]] == [
        "reasoning",
        *["function_call"] * 5,
        *["function_call_output"] * 5,
        "message",
    ]
    calls, outputs = items[-11:-6], items[-6:-1]
    assert [item["call_id"] for item in calls] == [item["call_id"] for item in outputs]
    assert {item["output"] for item in outputs} == {"The call was not run."}
