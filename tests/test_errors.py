"""Servers' refusals: what happened, in whose words, and what to do next."""

import json

import pytest

import recordings
from respmagic import _secrets
from respmagic._dialects.errors import Asked, describe_error, response_failed, status_error
from respmagic._exceptions import (
    AuthenticationError,
    NotFoundError,
    RateLimitError,
    ResponseFailed,
    ServerError,
    StatusError,
)

URL = "https://api.example.org/v1"


def refusal(status, body=b"", headers=None, *, has_key=True):
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    asked = Asked(url=URL, key_env="OPENAI_API_KEY", has_key=has_key, headers=headers)
    return status_error(status, body, asked)


# Every shape that servers are known to send: the body, its message and its code.
SHAPES = {
    "OpenAI": (
        {"error": {"message": "Wrong key", "type": "t", "param": None, "code": "invalid_api_key"}},
        ("Wrong key", "invalid_api_key"),
    ),
    "OpenAI without a code": (
        {"error": {"message": "Wrong", "type": "invalid_request_error", "code": None}},
        ("Wrong", "invalid_request_error"),
    ),
    "Azure": (
        {"error": {"code": "RateLimitReached", "message": "Slow", "details": "Slow"}},
        ("Slow", "RateLimitReached"),
    ),
    "Azure's prompt filter": (
        {
            "error": {
                "message": "filtered",
                "code": "content_filter",
                "innererror": {"code": "ResponsibleAIPolicyViolation"},
                "status": 400,
            }
        },
        ("filtered", "content_filter"),
    ),
    "OpenRouter": (
        {"error": {"message": "Provider returned error", "code": 429, "metadata": {"raw": "busy"}}},
        ("busy", "429"),
    ),
    "OpenRouter, the provider's own body": (
        {
            "error": {
                "message": "x",
                "code": 400,
                "metadata": {"raw": '{"error":{"message":"bad"}}'},
            }
        },
        ("bad", "400"),
    ),
    "OpenRouter without metadata": (
        {"error": {"message": "No auth", "code": 401}, "user_id": "u"},
        ("No auth", "401"),
    ),
    "Groq": (
        {"error": {"message": "m", "code": "tool_use_failed", "failed_generation": "<f>"}},
        ("m (the model wrote: <f>)", "tool_use_failed"),
    ),
    "Groq without a message": (
        {"error": {"code": "tool_use_failed", "failed_generation": "<f>"}, "status_code": 400},
        ("(the model wrote: <f>)", "tool_use_failed"),
    ),
    "Mistral": ({"detail": "Invalid API Key"}, ("Invalid API Key", None)),
    "FastAPI": (
        {"detail": [{"loc": ["body", "model"], "msg": "field required", "type": "missing"}]},
        ("body.model: field required", None),
    ),
    "xAI": ({"code": "invalid-argument", "error": "Wrong key"}, ("Wrong key", "invalid-argument")),
    "Ollama": (
        {"error": {"message": "m", "type": "api_error", "param": None, "code": None}},
        ("m", "api_error"),
    ),
    "llama.cpp": ({"error": {"code": 400, "message": "m", "type": "t", "n_ctx": 1}}, ("m", "400")),
    "vLLM, old": ({"object": "error", "message": "m", "type": "T", "code": 404}, ("m", "404")),
    "Gemini, in a list": ([{"error": {"code": 400, "message": "m"}}], ("m", "400")),
    "a page": (
        "<html><title>502</title><script>x()</script><p>Bad  gateway</p>",
        ("502 Bad gateway", None),
    ),
    "plain text": ("upstream  connect\nerror", ("upstream connect error", None)),
    "AWS": ({"Message": "not authorized"}, ("not authorized", None)),
    "WeChat's way": ({"errcode": 17, "errmsg": "m"}, ("m", None)),
    "an object of something else": ({"contentType": "x"}, ("", None)),
    "nothing": ("", ("", None)),
    "null": (None, ("", None)),
    "a number": (7, ("", None)),
    "an empty list": ([], ("", None)),
    "an error that is null": ({"error": None}, ("", None)),
    "a message that is an object": ({"error": {"message": {"a": 1}}}, ("{'a': 1}", None)),
}


@pytest.mark.parametrize("who", SHAPES)
def test_message_and_code_are_found_in_every_shape(who):
    body, expected = SHAPES[who]
    assert describe_error(body) == expected


@pytest.mark.parametrize("who", SHAPES)
def test_every_shape_makes_a_short_error(who):
    body, (message, code) = SHAPES[who]
    error = refusal(400, body.encode() if isinstance(body, str) else body)
    assert error.code == code
    assert (message.rstrip(".") or "the server gave no reason") in str(error)
    assert "\n" not in str(error)
    assert error.body == body


@pytest.mark.parametrize(
    ("status", "kind", "advice"),
    [
        (400, StatusError, "Change what it names"),
        (401, AuthenticationError, f"belongs to {URL}"),
        (402, StatusError, "billing"),
        (403, AuthenticationError, "what this key may do"),
        (404, NotFoundError, "/v1"),
        (405, NotFoundError, "may not have this API"),
        (408, StatusError, "again"),
        (413, StatusError, "less"),
        (418, StatusError, "Change what it names"),
        (429, RateLimitError, "Wait"),
        (500, ServerError, "later"),
        (501, NotFoundError, "may not have this API"),
        (503, ServerError, "later"),
        (529, ServerError, "later"),
        (307, StatusError, "base URL"),
    ],
)
def test_each_status_has_its_class_and_its_advice(status, kind, advice):
    error = refusal(status, {"error": {"message": "Because."}})
    assert type(error) is kind
    assert str(error).startswith(f"HTTP {status}, ")
    assert ": Because. " in str(error)
    assert advice in str(error)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("insufficient_quota", "plan and billing"),
        ("credit_balance_exhausted", "plan and billing"),
        ("context_length_exceeded", "too long"),
        ("model_not_found", "-m"),
        ("content_filter", "change the text"),
        ("invalid_api_key", URL),
    ],
)
def test_a_code_says_more_than_its_status(code, advice):
    assert advice in str(refusal(400, {"error": {"message": "m", "code": code}}))


@pytest.mark.parametrize("status", [401, 403])
def test_without_a_key_the_advice_is_to_set_one(status):
    error = refusal(status, {"error": {"message": "m"}}, has_key=False)
    assert "a key is needed" in str(error)
    assert "OPENAI_API_KEY" in str(error)


def test_a_redirect_is_named_and_not_followed():
    error = refusal(301, b"", {"location": "https://elsewhere.example/v1"})
    assert "https://elsewhere.example/v1, which is not followed" in str(error)


@pytest.mark.parametrize("name", ["x-request-id", "apim-request-id", "x-generation-id"])
def test_the_requests_id_is_kept_and_said(name):
    error = refusal(500, b"", {name: "req_1"})
    assert error.request_id == "req_1"
    assert str(error).endswith("(request req_1)")


def test_an_error_keeps_headers_and_body():
    error = refusal(429, {"error": {"message": "m"}}, {"retry-after": "3"})
    assert error.headers == {"retry-after": "3"}
    assert (error.status, error.body) == (429, {"error": {"message": "m"}})


def test_braces_in_a_servers_words_stay():
    assert "{0} {url} %s" in str(refusal(400, {"error": {"message": "{0} {url} %s"}}))


def test_long_words_of_many_lines_are_cut_to_one():
    text = str(refusal(400, {"error": {"message": "a\nb " + "x" * 100_000}}))
    assert ": a b xxx" in text
    assert len(text) < 1500


def test_bytes_that_are_not_text_are_told_all_the_same():
    assert "HTTP 500" in str(refusal(500, b"\xff\xfe\x00"))


def test_a_key_that_a_server_repeats_is_masked(monkeypatch):
    monkeypatch.setattr(_secrets, "_known", set())
    _secrets.remember("my-own-key-12345")
    said = {"error": {"message": "Incorrect API key provided: my-own-key-12345", "code": "c"}}
    assert "my-own-key" not in str(refusal(401, said))
    assert "my-own-key" not in str(response_failed(said["error"], Asked(url=URL)))


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ({"code": "server_error", "message": "It broke."}, "server_error: It broke. Run"),
        ({"code": "insufficient_quota", "message": "m"}, "plan and billing"),
        ({"message": "m"}, ": m. Run"),
        ({"code": "c"}, ": c. Run"),
        ({"code": None, "message": None}, "no reason given"),
        ({}, "no reason given"),
        ({"code": 429, "metadata": {"raw": "busy"}}, "429: busy"),
    ],
)
def test_a_failure_inside_an_answer_is_told_in_its_words(error, says):
    failed = response_failed(error, Asked(url=URL))
    assert type(failed) is ResponseFailed
    assert says in str(failed)
    assert failed.error == error


RECORDED = [
    name
    for name in recordings.names(dialect="responses")
    if recordings.expected(name)["kind"] == "error"
]


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_refusal_is_told_in_the_servers_words(name):
    body = recordings.recording(name).read_bytes()
    error = refusal(recordings.row(name)["http_status"] or 400, body)
    said = recordings.expected(name)["error"]
    assert (said if isinstance(said, str) else said["message"]).rstrip(".") in str(error)


@pytest.mark.parametrize("end", [b"\n\ndata: [DONE]\n\n", b"\n\n", b""])
def test_a_refusal_dressed_as_a_stream_is_told_in_its_words(end):
    said = b'{"error": {"message": "It would not start", "type": "internal", "code": "500"}}'
    error = refusal(500, b"event: error\ndata: " + said + end)
    assert "the server failed: It would not start. Try" in str(error)
    assert (error.code, error.body) == ("500", json.loads(said))


def test_a_stream_that_holds_no_refusal_is_told_as_it_is():
    assert "the server failed: data: [DONE]. Try" in str(refusal(502, b"data: [DONE]\n\n"))
