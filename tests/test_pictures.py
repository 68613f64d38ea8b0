"""Pictures that tools give: a card for people, an image for models that see."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from IPython.display import Image as Shown
from matplotlib.figure import Figure
from PIL import Image

import respmagic
import wire
from replies import Reply
from respmagic import _config, _session
from respmagic._calls import ToolCall
from respmagic._capture import Displayed
from respmagic._cards import value_bundle
from respmagic._config import Settings
from respmagic._pictures import add_pictures

PNG_START = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def script(monkeypatch):
    for variable in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(_session, "_sessions", [])
    monkeypatch.setattr(_session, "current_shell", lambda: None)
    monkeypatch.setattr(_session, "user_namespace", lambda shell: {})
    _config.activate(None)
    yield
    _config.activate(None)


def png(size=(3, 2)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, format="PNG")
    return out.getvalue()


def figure() -> Figure:
    drawn = Figure(figsize=(2, 1))
    drawn.subplots().plot([1, 2])
    return drawn


def gives(value):
    def tool():
        return value() if callable(value) else value

    return tool


VALUES = [
    pytest.param(figure, "figure_1: Figure, ", id="figure"),
    pytest.param(lambda: figure().axes[0], "axes_1: Axes, ", id="axes"),
    pytest.param(Image.new("RGB", (3, 2)), "image_1: PIL.Image, 3 x 2 pixels", id="Pillow"),
    pytest.param(png(), "73 bytes, beginning with b'\\x89PNG", id="bytes"),
]


def ask(gateway, *tools, api="responses", calls=1, **options):
    called = [("tool", {})] * calls
    if api == "chat":
        streams = wire.chat_calls(called), wire.chat_text("Done.", id="chatcmpl_2")
    else:
        streams = wire.call_response(called), wire.text_response("Done.", id="resp_2")
    gateway.add(*map(Reply.sse, streams))
    return respmagic.respond(
        "Go", model="m", **{"base_url": gateway.base_url, "api": api, "tools": tools, **options}
    )


def sent(gateway, number=-1):
    return json.loads(gateway.requests[number].body)


def size_of(url: str) -> tuple[int, int]:
    kind, _, data = url.partition(";base64,")
    assert kind in ("data:image/png", "data:image/jpeg")
    return Image.open(io.BytesIO(base64.b64decode(data))).size


@pytest.mark.parametrize(("value", "words"), VALUES)
def test_a_picture_goes_along_with_the_words_for_it(gateway, value, words):
    result = ask(gateway, gives(value))
    output = sent(gateway)["input"][-1]
    assert output["type"] == "function_call_output"
    text, image = output["output"]
    assert text == {"type": "input_text", "text": result.tool_calls[0].output}
    assert text["text"].startswith(words)
    assert text["text"].endswith("\n[1 picture]")
    assert image["type"] == "input_image"
    assert min(size_of(image["image_url"])) > 0


@pytest.mark.parametrize(("value", "words"), VALUES)
def test_in_chat_the_pictures_follow_in_a_message(gateway, value, words):
    ask(gateway, gives(value), api="chat", calls=2)
    *_, first, second, shown = sent(gateway)["messages"]
    assert [each["role"] for each in (first, second, shown)] == ["tool", "tool", "user"]
    assert first["content"].startswith(words)
    assert [part["type"] for part in shown["content"]] == ["image_url", "image_url"]
    assert min(size_of(shown["content"][0]["image_url"]["url"])) > 0


def test_a_server_that_takes_text_only_in_outputs_gets_them_in_a_message(gateway):
    like = {"like": "llamacpp", "base_url": gateway.base_url}
    _config.activate(Settings(profiles={"here": like}))
    ask(gateway, gives(figure), calls=2, profile="here", base_url=None)
    *_, first, second, shown = sent(gateway)["input"]
    assert [each["type"] for each in (first, second)] == ["function_call_output"] * 2
    assert first["output"].endswith("[1 picture]")
    assert shown["role"] == "user"
    assert [part["type"] for part in shown["content"]] == ["input_image", "input_image"]


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_model_that_sees_none_is_told_that_there_is_one(gateway, api):
    blind = {"base_url": gateway.base_url, "key_env": "", "needs_key": False, "images": False}
    _config.activate(Settings(profiles={"blind": blind}))
    result = ask(gateway, gives(figure), api=api, profile="blind", base_url=None)
    told = "[1 picture shown to the user; pictures are not sent to this model]"
    assert result.tool_calls[0].output.endswith(told)
    assert told in json.dumps(sent(gateway))
    assert "data:image" not in json.dumps(sent(gateway))


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_conversation_goes_on_at_a_model_that_sees_none(gateway, api):
    image = {"type": "input_image", "image_url": "data:image/png;base64,AAAA"}
    ask(gateway, gives(figure), conversation="talk", images=[image])
    assert json.dumps(sent(gateway)).count("data:image") == 2
    blind = {"base_url": gateway.base_url, "key_env": "", "needs_key": False, "images": False}
    _config.activate(Settings(profiles={"blind": blind}))
    ask(gateway, api=api, profile="blind", base_url=None, conversation="talk")
    body = json.dumps(sent(gateway))
    assert "data:image" not in body
    assert body.count("[a picture, which is not sent to this model]") == 2


def test_the_card_shows_the_picture_and_the_result_is_the_object(gateway):
    result = ask(gateway, gives(figure))
    html = result._repr_mimebundle_()["text/html"]
    assert html.count('<img src="data:image/png;base64,') == 1
    assert isinstance(result.tool_calls[0].result, Figure)


def test_the_same_figure_is_the_same_bytes_each_time():
    assert value_bundle(None, figure()) == value_bundle(None, figure())


def test_a_large_picture_is_made_smaller_and_that_is_said(gateway):
    result = ask(gateway, gives(Image.new("RGB", (5000, 1000))))
    text, image = sent(gateway)["input"][-1]["output"]
    assert size_of(image["image_url"]) == (2048, 410)
    said = "the picture scaled from 5,000 × 1,000 to 2,048 × 410"
    assert text["text"].endswith(f"\n[1 picture; {said}]")
    assert said in result._repr_mimebundle_()["text/html"]
    displayed = card({"image/png": png((3000, 10))})
    add_pictures([displayed], sees=True)
    assert displayed.output == "[1 picture; the picture scaled from 3,000 × 10 to 2,048 × 7]"


def test_figures_that_are_returned_together_are_all_shown(gateway):
    result = ask(gateway, gives(lambda: (figure(), np.arange(3), figure())))
    call = result.tool_calls[0]
    assert call.handles == ("figure_1", "array_1", "figure_2")
    assert len(call.pictures) == 1  # the same twice
    assert call.output.endswith("[1 picture]")


def test_what_is_no_picture_has_none(gateway):
    result = ask(gateway, gives(np.zeros((20, 20))))
    assert isinstance(sent(gateway)["input"][-1]["output"], str)
    assert result.tool_calls[0].pictures == ()


# Cards alone


def card(*bundles, result=None):
    call = ToolCall("call_1", "tool", {}, "done", result=result, output="null")
    call.card.outputs += [Displayed(bundle, {}) for bundle in bundles]
    return call


def test_what_a_call_displays_is_what_it_has_to_say():
    call = card({"image/png": base64.b64encode(png()).decode()}, {"text/plain": "x"})
    add_pictures([call], sees=True)
    assert call.output == "[1 picture]"
    assert len(call.pictures) == 1


def test_raw_bytes_count_as_the_formatters_base64_does():
    call = card({"image/png": png()}, Shown(data=png())._repr_mimebundle_()[0])
    add_pictures([call], sees=True)
    assert len(call.pictures) == 1


def test_of_very_many_the_first_are_sent():
    call = card(*({"image/png": png((n + 1, 1))} for n in range(7)), result=5)
    call.output = "5"
    add_pictures([call], sees=True)
    assert call.output == "5\n[the first 5 of 7 pictures]"
    assert len(call.pictures) == 5


def test_one_that_cannot_be_read_is_said_and_harms_no_other():
    call = card({"image/png": PNG_START + b"nothing"}, {"image/png": png()})
    add_pictures([call], sees=True)
    assert "cannot be read as an image" in call.output
    assert len(call.pictures) == 1


@pytest.mark.parametrize("bundle", [{}, {"image/png": ""}, {"image/png": None}, {"text/html": "x"}])
def test_without_a_picture_nothing_changes(bundle):
    call = card(bundle)
    add_pictures([call], sees=True)
    assert (call.output, call.pictures) == ("null", ())


def test_a_call_that_failed_shows_the_model_nothing():
    call = card({"image/png": png()})
    call.status = "failed"
    add_pictures([call], sees=True)
    assert call.pictures == ()
