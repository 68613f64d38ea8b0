"""The official SDK as a client of the server."""

import json
import typing

import demo_tools as t
import pytest
from pydantic import BaseModel, TypeAdapter

openai = pytest.importorskip(
    "openai", reason="the official SDK is not installed: pip install 'respmagic[test]'"
)
from openai.types.responses import Response, ResponseStreamEvent  # noqa: E402

WEATHER = t.WEATHER | {"strict": False}


@pytest.fixture
def client(demo_url):
    with openai.OpenAI(base_url=demo_url, api_key="none", max_retries=0) as client:
        yield client


def strictly(kind, value):
    """Validate as the SDK's types say, which the SDK itself does not do."""
    return TypeAdapter(kind).validate_python(value, strict=False)


def test_a_response(client):
    response = client.responses.create(model="any", input="What is 2 + 2?")
    assert response.output_text == "2 + 2 = 4"
    assert response.model == "respmagic-demo"
    strictly(Response, response.to_dict())


def test_models(client):
    assert [model.id for model in client.models.list()] == ["respmagic-demo"]
    assert client.models.retrieve("respmagic-demo").owned_by == "respmagic-demo"
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("nope")
    assert caught.value.code == "model_not_found"


def test_a_stored_response_is_told_again_event_by_event_and_its_input_is_listed(client):
    first = client.responses.create(model="any", input="Count from 1 to 3.")
    with client.responses.retrieve(first.id, stream=True) as stream:
        told = [event for event in stream if strictly(ResponseStreamEvent, event.to_dict())]
    assert told[-1].response.output_text == first.output_text
    [item] = client.responses.input_items.list(first.id)
    assert item.content[0].text == "Count from 1 to 3."


@pytest.mark.parametrize(
    "settings",
    [
        {"input": "Count from 1 to 5."},
        {"input": "Weather in Paris and in Rome?", "tools": [WEATHER]},
        {"input": "你好"},
        {"input": "Count from 1 to 50.", "max_output_tokens": 16},
        {
            "input": "Hello",
            "instructions": "Be kind.",
            "metadata": {"a": "b"},
            "reasoning": {"effort": "low"},
            "text": {"format": {"type": "json_object"}, "verbosity": "low"},
            "tool_choice": {
                "type": "allowed_tools",
                "mode": "auto",
                "tools": [{"type": "function", "name": "get_weather"}],
            },
            "tools": [WEATHER],
        },
    ],
)
def test_every_event_is_one_of_the_sdk_s(client, settings):
    kinds = set()
    with client.responses.create(model="any", stream=True, **settings) as stream:
        for number, event in enumerate(stream):
            strictly(ResponseStreamEvent, event.to_dict())
            assert event.sequence_number == number
            kinds.add(event.type)
    assert kinds & {"response.completed", "response.incomplete"}
    assert all(kind.startswith("response.") for kind in kinds)


def test_the_stream_helper_builds_the_same_response(client):
    with client.responses.stream(model="any", input="Count from 1 to 5.") as stream:
        deltas = [event.delta for event in stream if event.type == "response.output_text.delta"]
        final = stream.get_final_response()
    assert "".join(deltas) == final.output_text == "1, 2, 3, 4, 5"


def test_a_function_is_called_and_its_output_told(client):
    items = [{"role": "user", "content": "What's the weather in Paris?"}]
    first = client.responses.create(model="any", input=items, tools=[WEATHER])
    (call,) = first.output
    assert (call.type, call.name) == ("function_call", "get_weather")
    assert json.loads(call.arguments) == {"location": "Paris"}
    items += [item.to_dict() for item in first.output]
    output = {"type": "function_call_output", "call_id": call.call_id, "output": "sunny, 21 °C"}
    second = client.responses.create(model="any", input=[*items, output], tools=[WEATHER])
    assert "sunny, 21 °C" in second.output_text


def test_the_server_remembers_if_asked(client):
    first = client.responses.create(model="any", input="Weather in Paris?", tools=[WEATHER])
    output = {
        "type": "function_call_output",
        "call_id": first.output[0].call_id,
        "output": "rain",
    }
    second = client.responses.create(
        model="any", input=[output], previous_response_id=first.id, tools=[WEATHER]
    )
    assert "rain" in second.output_text
    assert client.responses.retrieve(second.id).output_text == second.output_text
    client.responses.delete(second.id)
    with pytest.raises(openai.NotFoundError):
        client.responses.retrieve(second.id)


def test_a_structured_answer(client):
    class Person(BaseModel):
        name: str
        age: int
        city: str | None

    response = client.responses.parse(
        model="any", input="Alice is 30 years old and lives in Paris.", text_format=Person
    )
    assert response.output_parsed == Person(name="Alice", age=30, city="Paris")


@pytest.mark.parametrize(
    ("settings", "param"),
    [
        ({"input": "x", "tool_choice": "required"}, "tool_choice"),
        ({"input": "x", "previous_response_id": "resp_0"}, "previous_response_id"),
        ({"input": "x", "text": {"format": {"type": "xml"}}}, "text.format.type"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_errors(client, settings, param, stream):
    with pytest.raises(openai.BadRequestError) as caught:
        client.responses.create(model="any", stream=stream, **settings)
    assert caught.value.param == param
    assert caught.value.type == "invalid_request_error"


def test_the_union_of_events_is_the_sdk_s_own():
    # Were the union anything that accepts anything, the tests above would show nothing.
    with pytest.raises(ValueError, match="validation error"):
        strictly(ResponseStreamEvent, {"type": "response.output_text.delta"})
    assert typing.get_args(ResponseStreamEvent)
