"""What a refusal comes from, whatever its status, and what the reader is to do next."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import recordings
import respmagic
import wire
from gateway import Gateway
from replies import Reply
from respmagic._dialects.errors import Asked, describe_error, response_failed, status_error
from respmagic._exceptions import AuthenticationError, ResponseFailed, StatusError

URL = "https://api.example.org/v1"


def refused(status, body, **asked):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return status_error(status, body, Asked(**{"url": URL, "key_env": "EXAMPLE_KEY", **asked}))


def error(message="", code=None, **more):
    return {"error": {"message": message, "code": code, **more}}


# Causes, by codes and by words

QUOTA, CONTEXT, FILTER, MODEL = "plan and billing", "send less", "change the text", "models lists"
KEY, RATE, BUSY = "Check the key in EXAMPLE_KEY", "Wait a little", "Try again later"


@pytest.mark.parametrize(
    ("status", "body", "advice"),
    [
        (429, error("You exceeded your current quota, please check your plan"), QUOTA),
        (429, error("No credit", "credit_balance_exhausted"), QUOTA),
        (403, error("用户额度不足", "insufficient_user_quota"), QUOTA),
        (402, error("Insufficient Balance"), QUOTA),
        (400, error("Your input exceeds the context window of this model."), CONTEXT),
        (400, error("This model's maximum context length is 8192 tokens. However, …"), CONTEXT),
        (
            400,
            {"error": {"code": 400, "type": "exceed_context_size_error", "message": "n"}},
            CONTEXT,
        ),
        (400, error("the request exceeds the available context size"), CONTEXT),
        (413, error("prompt is too long: 250000 tokens > 200000 maximum"), CONTEXT),
        (400, error("m", "content_filter"), FILTER),
        (400, error("It was filtered due to Azure's content management policy."), FILTER),
        (
            400,
            error("Inappropriate content", "data_inspection_failed"),
            FILTER,
        ),
        (404, error("The model `gpt-9` does not exist or you do not have access"), MODEL),
        (400, error("m", "model_not_found"), MODEL),
        (404, error("m", "DeploymentNotFound"), MODEL),
        (404, error('model "llama9" not found, try pulling it first'), MODEL),
        (
            503,
            error("No available channel for model x under group default", "model_not_found"),
            MODEL,
        ),
        (400, error("gpt-9 is not a valid model ID", 400), MODEL),
        (503, error("当前分组 default 下对于模型 gpt-9 无可用渠道", type="new_api_error"), MODEL),
        (400, {"code": "invalid-argument", "error": "Incorrect API key provided"}, KEY),
        (400, error("Authentication Fails, Your api key: ****-key is invalid"), KEY),
        (401, {"detail": "Invalid API Key"}, KEY),
        (401, error("无效的令牌", "invalid_api_key"), KEY),
        (400, [error("API key not valid. Please pass a valid API key.", 400)], KEY),
        (400, {"success": False, "message": "Invalid token"}, KEY),
        (400, {"code": "Arrearage", "message": "Access denied"}, QUOTA),
        (429, error("Slow", "RateLimitReached"), RATE),
        (429, error("Request too large: tokens per min: Limit 1", "rate_limit_exceeded"), RATE),
        (429, b"", RATE),
        (400, error("Slow down.", "rate_limit", type="rate_limit_error"), RATE),
        (400, error("litellm.RateLimitError: RateLimitError: Slow down."), RATE),
        (400, error("Requests are throttled", "Throttling.RateQuota"), RATE),
        (503, error("The server is overloaded"), BUSY),
        (529, error("m", "overloaded_error"), BUSY),
        (500, error("model not found in the cache of the worker"), BUSY),
    ],
)
def test_the_cause_decides_the_advice(status, body, advice):
    assert advice in str(refused(status, body))


def test_a_wrong_key_is_an_authentication_error_at_any_status():
    said = {"code": "invalid-argument", "error": "Incorrect API key provided."}
    assert type(refused(400, said)) is AuthenticationError
    assert "the key was refused" in str(refused(400, said))


def test_the_parameter_that_is_minded_is_named():
    said = error(
        "Unsupported parameter: 'temperature'", "unsupported_parameter", param="temperature"
    )
    assert "It is about temperature: change it or leave it out." in str(refused(400, said))


# What depends on who asked


def test_a_missing_key_names_the_variable_of_the_profile():
    text = str(refused(401, error("Missing Authentication header"), has_key=False))
    assert "a key is needed" in text
    assert "Set EXAMPLE_KEY in the environment of the kernel." in text
    assert "profile" in str(refused(401, error("no"), has_key=False, key_env=""))


def test_a_refused_key_names_its_variable_and_address():
    assert f"Check the key in EXAMPLE_KEY and that it belongs to {URL}." in str(refused(401, b""))
    assert f"Check the key and that it belongs to {URL}." in str(refused(401, b"", key_env=""))


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("http://localhost:8000", "try http://localhost:8000/v1."),
        ("http://localhost:8000/api/", "try http://localhost:8000/api/v1."),
        ("https://h.example/v1", "Check the base URL https://h.example/v1"),
        ("https://h.example/api/paas/v4", "Check the base URL https://h.example/api/paas/v4"),
    ],
)
def test_a_missing_address_says_what_to_try(url, advice):
    assert advice in str(refused(404, {"detail": "Not Found"}, url=url))


@pytest.mark.parametrize(
    ("model", "hint"),
    [("gpt-4.1-mni", "Did you mean gpt-4.1-mini? "), ("gpt-4.1", ""), ("llama", ""), ("", "")],
)
def test_an_unknown_model_gets_a_suggestion_of_those_that_are_known(model, hint):
    models = ("gpt-4.1", "gpt-4.1-mini")
    text = str(refused(404, error("m", "model_not_found"), model=model, models=models))
    assert f"m. {hint}Check the model's name (-m); %responses models lists what there is." in text


def test_the_wait_that_the_server_asks_for_is_told():
    text = str(refused(429, error("Slow down"), wait=3600.0))
    assert "The server asks to wait 3,600 s" in text
    assert "The server asks to wait 1 s" in str(refused(429, b"", wait=0.02))
    assert "Wait a little" in str(refused(429, b"", wait=float("inf")))


@pytest.mark.parametrize(
    ("headers", "body", "found"),
    [
        ({"x-request-id": "r1", "cf-ray": "c1"}, error("m"), "r1"),
        ({"apim-request-id": "r2"}, error("m"), "r2"),
        ({"x-generation-id": "r3"}, error("m"), "r3"),
        ({"x-oneapi-request-id": "r4"}, error("m"), "r4"),
        ({"cf-ray": "c1"}, b"<h1>Bad gateway</h1>", "c1"),
        ({}, {"error": {"message": "m", "request_id": "r5"}}, "r5"),
        ({}, {"message": "m", "request_id": "r6"}, "r6"),
        ({}, error("m"), None),
    ],
)
def test_the_request_is_named_as_the_server_names_it(headers, body, found):
    caught = refused(502, body, headers=headers)
    assert caught.request_id == found
    assert str(caught).endswith(f"(request {found})") is (found is not None)


# Bodies


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {
                "detail": [
                    {"type": "extra_forbidden", "loc": ["body", "store"], "msg": "Not permitted"},
                    {"loc": ["body", "n"], "msg": "Too many"},
                ]
            },
            "body.store: Not permitted; body.n: Too many",
        ),
        (
            {"object": "error", "message": {"detail": [{"loc": ["body", "x"], "msg": "No"}]}},
            "body.x: No",
        ),
        ({"errors": [{"message": "first"}, {"message": "second"}]}, "first"),
        ({"code": 1, "msg": "余额不足"}, "余额不足"),
        ({"error": "invalid_request", "error_description": "why"}, "why"),
        ({"success": False, "message": "m"}, "m"),
        ({"error": {"message": "outer", "metadata": {"raw": "{broken"}}}, "{broken"),
        ({"error": {"message": "outer", "metadata": {"raw": '"inner"'}}}, "inner"),
        ({"error": {"message": "outer", "metadata": {"raw": "{}"}}}, "outer"),
        ({"error": {"message": "outer", "metadata": {"raw": None}}}, "outer"),
        (
            {
                "error": {
                    "message": "Filtered.",
                    "innererror": {
                        "content_filter_result": {
                            "hate": {"filtered": True, "severity": "high"},
                            "violence": {"filtered": False, "severity": "safe"},
                            "jailbreak": {"filtered": True, "detected": True},
                        }
                    },
                }
            },
            "Filtered. (filtered: hate, jailbreak)",
        ),
    ],
)
def test_the_words_that_say_most_are_found(body, message):
    assert describe_error(body)[0] == message


def test_an_error_inside_a_choice_is_none():
    choice = {"content_filter_result": {"error": {"code": "content_filter_error", "message": "m"}}}
    assert describe_error({"choices": [choice]}) == ("", None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("error", "message", "metadata", "raw", "code", "detail", "loc", "errors"),
                    *("innererror", "content_filter_result", "failed_generation", "request_id"),
                ]
            ),
            inner,
        )
    ),
    max_leaves=20,
)


@given(body=JSON, status=st.sampled_from([302, 400, 401, 403, 404, 418, 429, 500, 501]))
def test_any_body_makes_one_line(body, status):
    caught = refused(status, body)
    assert isinstance(caught, StatusError)
    assert "\n" not in str(caught)


@given(st.dictionaries(st.sampled_from(["code", "message", "metadata", "type", "param"]), JSON))
def test_any_failure_makes_an_error(failure):
    assert isinstance(response_failed(failure, Asked()), ResponseFailed)


# Recorded


REFUSED = [
    name
    for dialect in ("chat", "responses")
    for name in recordings.names(dialect=dialect)
    if (recordings.row(name)["http_status"] or 200) >= 400
]
ADVICE = {
    "auth-error": ("key", AuthenticationError),
    "context-length": ("send less", StatusError),
    "tool-use-failed": ("(the model wrote: {", StatusError),
    "model-http-error": ("It is about temperature", StatusError),
    "web-search-tool": ("It is about web_search_options", StatusError),
    "interleaved": ("No tool output found", StatusError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_real_servers_refused_is_understood(name):
    [(advice, kind)] = [known for part, known in ADVICE.items() if part in name]
    row = recordings.row(name)
    caught = refused(row["http_status"], recordings.recording(name).read_bytes())
    assert type(caught) is kind
    assert advice in str(caught)


# Inside an answer


def ask(gateway: Gateway, **options):
    given = {"model": "m", "base_url": gateway.base_url, "tools": (), "retries": 0, **options}
    return respmagic.respond("Go", **given)


HELLO = wire.text_response("Hello.")
OPENROUTER = {"code": 429, "message": "x", "metadata": {"raw": "slow down", "provider_name": "P"}}

# litellm 1.106: the stream begins with its failure
LITELLM = {"code": "rate_limit_exceeded", "message": "litellm.RateLimitError: Slow down."}
LITELLM_FAILED = {"type": "response.failed", "response": {"error": LITELLM, "output": []}}
THROTTLED = {"type": "throttling_error", "code": None, "message": "Slow down."}


@pytest.mark.parametrize(
    ("events", "code", "said"),
    [
        (wire.failed_response("none left", "insufficient_quota"), "insufficient_quota", QUOTA),
        ([*HELLO[:3], wire.error_event("m", "rate_limit_exceeded")], "rate_limit_exceeded", RATE),
        ([*HELLO[:3], wire.error_event("m", "server_error", flat=True)], "server_error", "Run the"),
        ([*HELLO[:3], {"error": OPENROUTER}], "429", "429: slow down. Wait a little"),
        ([LITELLM_FAILED], "rate_limit_exceeded", f"Slow down. {RATE}"),
        ([*HELLO[:3], {"error": THROTTLED}], "throttling_error", f"Slow down. {RATE}"),
        ([{"error": {"code": "content_filter", "message": "no"}}], "content_filter", FILTER),
        ([{"error": "out of order"}], None, "out of order. Run the cell again"),
        (["error"], None, ""),
    ],
)
def test_an_error_in_the_stream_has_code_advice_and_request(gateway, events, code, said):
    if events == ["error"]:  # named by the event line alone
        events, said = [b'event: error\ndata: {"code": "c1", "message": "m1"}\n\n'], "c1: m1"
        code = "c1"
    gateway.add(Reply.sse(events, framing="chunked", headers={"x-request-id": "req_9"}))
    with pytest.raises(ResponseFailed) as caught:
        ask(gateway)
    assert said in str(caught.value)
    assert (caught.value.code, caught.value.request_id) == (code, "req_9")
    assert str(caught.value).endswith("(request req_9)")


STREAMED = [
    name
    for name in recordings.names(dialect="responses", format="sse")
    if recordings.expected(name)["stream_errors"]
]


@pytest.mark.parametrize("name", STREAMED)
def test_recorded_errors_in_streams_end_the_run(gateway, name):
    gateway.add(Reply.recording(recordings.recording(name)))
    with pytest.raises(ResponseFailed) as caught:
        ask(gateway)
    assert "rate_limit_exceeded: Request too large" in str(caught.value)
    assert caught.value.code == "rate_limit_exceeded"


def test_a_prompt_that_azures_filter_stopped_is_told_though_the_status_is_200(gateway):
    said = error("Filtered.", "content_filter", status=400)
    said["error"]["innererror"] = {"content_filter_result": {"hate": {"filtered": True}}}
    gateway.add(Reply.json(said))
    with pytest.raises(ResponseFailed, match=r"content_filter: Filtered. \(filtered: hate\)"):
        ask(gateway)


def test_a_page_says_which_address_to_try(gateway):
    gateway.add(Reply.text("<html>Welcome</html>"), Reply.text("<html>Welcome</html>"))
    with pytest.raises(respmagic.ProtocolError, match=rf"try {gateway.origin}/v1\."):
        ask(gateway, base_url=gateway.origin)
    with pytest.raises(respmagic.ProtocolError, match=rf"Check the base URL {gateway.base_url}"):
        ask(gateway)
