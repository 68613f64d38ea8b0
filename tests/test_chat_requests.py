"""Requests in the words of chat.completions."""

import pytest

from respmagic._dialects.chat_completions import ChatCompletions
from respmagic._exceptions import OptionError
from respmagic._flow import tool_loop
from respmagic._items import FunctionCallOutput, Request, Response, user_message

ASKED = {"role": "user", "content": "Hi"}


def encode(*items, tools=(), stream=False, dialect=None, **parameters):
    request = Request("m", items or (user_message("Hi"),), tools, stream, parameters)
    return (dialect or ChatCompletions()).encode(request)


def messages(*items, **options):
    return encode(*items, dialect=ChatCompletions(**options))["messages"]


def said(text, **fields):
    return {
        "type": "message",
        "role": "assistant",
        "content": [{"type": "output_text", "text": text}],
        **fields,
    }


def call(call_id="a", name="f", arguments="{}", **fields):
    return {
        "type": "function_call",
        "call_id": call_id,
        "name": name,
        "arguments": arguments,
        **fields,
    }


def output(call_id="a", what="done"):
    return {"type": "function_call_output", "call_id": call_id, "output": what}


def tool_call(call_id="a", name="f", arguments="{}", **fields):
    return {
        "id": call_id,
        "type": "function",
        "function": {"name": name, "arguments": arguments},
        **fields,
    }


def thought(text="Hm.", **fields):
    return {
        "type": "reasoning",
        "summary": [],
        "content": [{"type": "reasoning_text", "text": text}],
        **fields,
    }


# Parameters


def test_only_what_was_set_is_said():
    assert encode() == {"model": "m", "messages": [ASKED]}
    assert ChatCompletions().encode(Request(None, (), stream=False)) == {"messages": []}


def test_a_stream_is_asked_for_its_usage():
    body = encode(stream=True)
    assert (body["stream"], body["stream_options"]) == (True, {"include_usage": True})
    body = encode(stream=True, stream_options={"include_obfuscation": False})
    assert body["stream_options"] == {"include_usage": True, "include_obfuscation": False}
    assert "stream_options" not in encode(stream=True, dialect=ChatCompletions(include_usage=False))


SCHEMA = {"name": "X", "schema": {"type": "object"}, "strict": True}


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"temperature": 0.0}, {"temperature": 0.0}),
        ({"max_output_tokens": 5}, {"max_tokens": 5}),
        ({"reasoning": {"effort": "low"}}, {"reasoning_effort": "low"}),
        ({"reasoning": {"effort": "low", "summary": None}}, {"reasoning_effort": "low"}),
        ({"text": {"verbosity": "low"}}, {"verbosity": "low"}),
        ({"text": {"format": {"type": "text"}}}, {}),
        (
            {"text": {"format": {"type": "json_schema", **SCHEMA}}},
            {"response_format": {"type": "json_schema", "json_schema": SCHEMA}},
        ),
        (
            {"text": {"format": {"type": "json_object"}}},
            {"response_format": {"type": "json_object"}},
        ),
        ({"top_logprobs": 3}, {"logprobs": True, "top_logprobs": 3}),
        ({"metadata": {"a": "b"}, "user": "u"}, {"metadata": {"a": "b"}, "user": "u"}),
        ({"seed": 1, "stop": ["x"], "top_k": 4}, {"seed": 1, "stop": ["x"], "top_k": 4}),
        ({"parallel_tool_calls": False}, {"parallel_tool_calls": False}),
        ({"top_p": None, "background": None}, {}),
    ],
)
def test_each_parameter_has_its_counterpart(parameters, told):
    assert encode(**parameters) == {"model": "m", "messages": [ASKED], **told}


@pytest.mark.parametrize(
    "parameters",
    [
        {"background": True},
        {"store": True},
        {"previous_response_id": "resp_1"},
        {"conversation": "conv_1"},
        {"conversation": {"id": "conv_1"}},
        {"include": ["web_search_call.results"]},
        {"include": ["reasoning.encrypted_content", "file_search_call.results"]},
        {"truncation": "auto"},
        {"prompt": {"id": "p"}},
        {"context_management": [{"type": "compaction"}]},
        {"max_tool_calls": 3},
        {"reasoning": {"summary": "auto"}},
        {"reasoning": {"effort": "low", "context": "all_turns"}},
        {"tool_choice": {"type": "web_search_preview"}},
        {"tool_choice": {"type": "mcp", "server_label": "s"}},
    ],
)
def test_what_has_no_counterpart_is_refused(parameters):
    with pytest.raises(OptionError, match=r"no counterpart in chat\.completions"):
        encode(**parameters)


@pytest.mark.parametrize(
    "parameters",
    [
        {"background": False},
        {"store": False},
        {"truncation": "disabled"},
        {"include": []},
        {"include": ["reasoning.encrypted_content"]},
    ],
)
def test_what_asks_for_nothing_is_left_out(parameters):
    assert encode(**parameters) == encode()


@pytest.mark.parametrize("parameters", [{"reasoning": "low"}, {"text": "json"}])
def test_an_object_is_no_text(parameters):
    with pytest.raises(OptionError, match="must be an object"):
        encode(**parameters)


def test_servers_differ():
    assert encode(
        max_output_tokens=5, dialect=ChatCompletions(max_tokens="max_completion_tokens")
    ) == {
        "model": "m",
        "messages": [ASKED],
        "max_completion_tokens": 5,
    }


# Tools

TOOL = {
    "type": "function",
    "name": "f",
    "description": "F.",
    "parameters": {"type": "object"},
    "strict": True,
}
NESTED = {"type": "function", "function": {k: v for k, v in TOOL.items() if k != "type"}}


def test_tools_are_nested():
    assert encode(tools=(TOOL,))["tools"] == [NESTED]
    loose = {**TOOL, "strict": False, "description": None}
    [tool] = encode(tools=(loose,))["tools"]
    assert tool["function"] == {"name": "f", "parameters": {"type": "object"}, "strict": False}
    [tool] = encode(tools=(loose,), dialect=ChatCompletions(strict=False))["tools"]
    assert tool["function"] == {"name": "f", "parameters": {"type": "object"}}


def test_custom_tools_are_nested():
    plain = {"type": "custom", "name": "sql", "format": {"type": "text"}}
    assert encode(tools=(plain,))["tools"] == [
        {"type": "custom", "custom": {"name": "sql", "format": {"type": "text"}}}
    ]
    grammar = {"type": "grammar", "syntax": "lark", "definition": "x"}
    [tool] = encode(tools=({**plain, "format": grammar},))["tools"]
    inner = {"syntax": "lark", "definition": "x"}
    assert tool["custom"]["format"] == {"type": "grammar", "grammar": inner}


@pytest.mark.parametrize("kind", ["web_search", "file_search", "mcp", "code_interpreter"])
def test_tools_of_the_server_are_refused(kind):
    with pytest.raises(OptionError, match=f"'{kind}' runs on the server"):
        encode(tools=({"type": kind},))


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("auto", "auto"),
        ("required", "required"),
        ({"type": "function", "name": "f"}, {"type": "function", "function": {"name": "f"}}),
        ({"type": "custom", "name": "f"}, {"type": "custom", "custom": {"name": "f"}}),
        (
            {"type": "function", "function": {"name": "f"}},
            {"type": "function", "function": {"name": "f"}},
        ),
        (
            {"type": "allowed_tools", "mode": "auto", "tools": [{"type": "function", "name": "f"}]},
            {
                "type": "allowed_tools",
                "allowed_tools": {
                    "mode": "auto",
                    "tools": [{"type": "function", "function": {"name": "f"}}],
                },
            },
        ),
    ],
)
def test_a_choice_of_tools_is_nested(choice, told):
    assert encode(tools=(TOOL,), tool_choice=choice)["tool_choice"] == told


@pytest.mark.parametrize("choice", ["auto", "none"])
def test_without_tools_there_is_nothing_to_choose(choice):
    """OpenAI refuses it."""
    assert "tool_choice" not in encode(tool_choice=choice)


# Messages


def test_instructions_come_first():
    for role in ("system", "developer"):
        body = encode(instructions="Be brief.", dialect=ChatCompletions(system_role=role))
        assert body["messages"] == [{"role": role, "content": "Be brief."}, ASKED]
        assert "instructions" not in body


@pytest.mark.parametrize("role", ["system", "developer"])
def test_one_word_for_who_instructs(role):
    item = {"role": role, "content": "x"}
    assert messages(item) == [{"role": "system", "content": "x"}]
    assert messages(item, system_role="developer") == [{"role": "developer", "content": "x"}]


PNG = "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Hi", "Hi"),
        ([{"type": "input_text", "text": "Hi"}], "Hi"),
        (
            [{"type": "input_text", "text": "a"}, {"type": "input_text", "text": "b"}],
            [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
        ),
        (
            [{"type": "input_image", "image_url": PNG}],
            [{"type": "image_url", "image_url": {"url": PNG}}],
        ),
        (
            [{"type": "input_image", "image_url": PNG, "detail": "low"}],
            [{"type": "image_url", "image_url": {"url": PNG, "detail": "low"}}],
        ),
        (
            [{"type": "input_file", "file_data": "data:x", "filename": "a.pdf"}],
            [{"type": "file", "file": {"file_data": "data:x", "filename": "a.pdf"}}],
        ),
        ([{"type": "input_file", "file_id": "f1"}], [{"type": "file", "file": {"file_id": "f1"}}]),
        (
            [{"type": "input_audio", "input_audio": {"data": "x", "format": "wav"}}],
            [{"type": "input_audio", "input_audio": {"data": "x", "format": "wav"}}],
        ),
        (
            [{"type": "video_url", "video_url": {"url": "u"}}],
            [{"type": "video_url", "video_url": {"url": "u"}}],
        ),
    ],
)
def test_what_a_user_says_and_shows(content, told):
    assert messages({"role": "user", "content": content}) == [{"role": "user", "content": told}]


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ({"type": "input_image", "file_id": "f"}, "not by file_id"),
        ({"type": "input_file", "file_url": "https://a.example/x.pdf"}, "not by URL"),
        (3, "is an object"),
    ],
)
def test_parts_without_counterpart_are_refused(part, why):
    with pytest.raises(OptionError, match=why):
        messages({"role": "user", "content": [part]})


@pytest.mark.parametrize("kind", ["item_reference", "mcp_approval_response", "slug:thing"])
def test_items_without_counterpart_are_refused(kind):
    with pytest.raises(OptionError, match=f"'{kind}' has no counterpart"):
        messages({"type": kind, "id": "x"})


def test_what_the_assistant_says_in_a_row_is_one_message():
    items = [
        user_message("Hi"),
        said("Let me "),
        said("see."),
        call("a"),
        call("b", "g"),
        output("a"),
        output("b"),
    ]
    assert messages(*items) == [
        ASKED,
        {
            "role": "assistant",
            "content": "Let me see.",
            "tool_calls": [tool_call("a"), tool_call("b", "g")],
        },
        {"role": "tool", "tool_call_id": "a", "content": "done"},
        {"role": "tool", "tool_call_id": "b", "content": "done"},
    ]


def test_calls_alone_have_no_content():
    [message] = messages(call())
    assert message == {"role": "assistant", "content": None, "tool_calls": [tool_call()]}


def test_a_refusal_is_what_was_said():
    item = {
        "type": "message",
        "role": "assistant",
        "content": [{"type": "refusal", "refusal": "No."}],
    }
    assert messages(item) == [{"role": "assistant", "content": "No."}]


@pytest.mark.parametrize("arguments", ["", None, {}])
def test_no_arguments_go_back_as_an_empty_object(arguments):
    assert messages(call(arguments=arguments))[0]["tool_calls"] == [tool_call()]


def test_arguments_go_back_as_they_came():
    assert messages(call(arguments='{"a": 1, '))[0]["tool_calls"] == [
        tool_call(arguments='{"a": 1, ')
    ]


def test_what_the_server_wants_back_with_a_call_goes_back():
    extra = {"google": {"thought_signature": "abc"}}
    [message] = messages(call(extra_content=extra))
    assert message["tool_calls"] == [tool_call(extra_content=extra)]


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("15°C", "15°C"),
        ("", ""),
        ({"a": 1}, '{"a": 1}'),
        ([{"type": "input_text", "text": "a"}, {"type": "input_text", "text": "b"}], "a\nb"),
    ],
)
def test_outputs_are_text(what, content):
    assert messages(call(), output(what=what))[1]["content"] == content


def test_pictures_of_tools_follow_after_the_last_output():
    image = {"type": "input_image", "image_url": PNG}
    items = [call("a"), call("b"), output("a", [{"type": "input_text", "text": "see"}, image])]
    items += [output("b", [image]), said("Nice.")]
    told = messages(*items)
    assert [m["role"] for m in told] == ["assistant", "tool", "tool", "user", "assistant"]
    assert [m["content"] for m in told[1:3]] == ["see", "(in the next message)"]
    assert told[3]["content"] == [{"type": "image_url", "image_url": {"url": PNG}}] * 2


# Reasoning


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_reasoning_goes_back_in_the_servers_field(name):
    items = [user_message("Hi"), thought(), call(), output()]
    assert messages(*items, reasoning_field=name)[1] == {
        "role": "assistant",
        "content": None,
        name: "Hm.",
        "tool_calls": [tool_call()],
    }


def test_reasoning_details_go_back_as_they_came():
    details = [{"type": "reasoning.text", "text": "Hm.", "signature": "s", "index": 0}]
    items = [thought(reasoning_details=details), said("Ah.")]
    told = messages(*items, reasoning_field="reasoning_details")
    assert told == [{"role": "assistant", "content": "Ah.", "reasoning_details": details}]
    assert messages(thought(), said("Ah."), reasoning_field="reasoning_details") == [
        {"role": "assistant", "content": "Ah."}
    ]


def test_reasoning_stays_where_the_server_is_not_known_to_take_it():
    assert messages(user_message("Hi"), thought(), said("Ah.")) == [
        ASKED,
        {"role": "assistant", "content": "Ah."},
    ]
    assert messages(user_message("Hi"), thought()) == [ASKED]


# The loop


def test_the_second_request_of_a_loop():
    extra = {"google": {"thought_signature": "abc"}}
    answer = Response(
        status="completed",
        output=(thought(id="rs_1"), said("One moment."), call(extra_content=extra)),
    )
    flow = tool_loop(Request("m", (user_message("Hi"),)), max_turns=2)
    next(flow)
    flow.send(answer)
    sent = flow.send((FunctionCallOutput("a", "done"),))
    dialect = ChatCompletions(reasoning_field="reasoning_content")
    assert dialect.encode(sent.request)["messages"] == [
        ASKED,
        {
            "role": "assistant",
            "content": "One moment.",
            "reasoning_content": "Hm.",
            "tool_calls": [tool_call(extra_content=extra)],
        },
        {"role": "tool", "tool_call_id": "a", "content": "done"},
    ]
