"""Images and files that go along with the prompt, and those that do not."""

import base64
import io
import json
import sys
import zlib
from pathlib import Path

import IPython.display
import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

mpl.use("Agg")

from matplotlib.figure import Figure

import respmagic
from gateway import Gateway, Reply
from respmagic import _images, _inputs
from respmagic._exceptions import OptionError
from respmagic._inputs import image_part, input_parts
from respmagic._items import DataUrl, Request, shortened, user_message
from respmagic._secrets import scrub
from wire import chat_text, text_response

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"


def encoded(image, form="PNG", **how):
    out = io.BytesIO()
    image.save(out, format=form, **how)
    return out.getvalue()


PNG = encoded(Image.new("RGB", (4, 3), "red"))
JPEG = encoded(Image.new("RGB", (4, 3), "red"), "JPEG")


def read(part):
    """The bytes and the MIME type in a part."""
    url = part.get("image_url") or part["file_data"]
    head, _, data = url.partition(";base64,")
    return base64.b64decode(data), head.removeprefix("data:")


def opened(part):
    return Image.open(io.BytesIO(read(part)[0]))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working directory of the notebook, with a few files."""
    monkeypatch.chdir(tmp_path)
    files = {"a.png": PNG, "b.jpg": JPEG, "paper.pdf": PDF, "notes.txt": b"one\ntwo", "empty": b""}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.png").write_bytes(PNG)
    return tmp_path


def drawn(**how):
    figure = Figure(figsize=(2, 1), **how)
    figure.subplots().plot([1, 2, 3])
    return figure


# Objects of the notebook


def test_a_figure_its_axes_and_an_array_of_axes_are_the_picture_that_they_draw():
    figure = drawn()
    parts = [image_part(value) for value in (figure, figure.axes[0], np.array([figure.axes[0]]))]
    assert parts[0]["type"] == "input_image"
    assert read(parts[0])[1] == "image/png"
    assert opened(parts[0]).width > 100
    assert parts[0] == parts[1] == parts[2]  # to the byte


def test_a_figure_that_cannot_be_drawn_says_why():
    figure = drawn()
    figure.axes[0].set_title("$\\nonsense$")
    with pytest.raises(OptionError, match="the image cannot be drawn: ValueError"):
        image_part(figure)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "HSV", "I;16", "F"])
def test_a_pillow_image_goes_as_png_whatever_its_mode(mode):
    assert opened(image_part(Image.new(mode, (5, 4)))).size == (5, 4)


@pytest.mark.parametrize(
    ("array", "pixel"),
    [
        (np.full((2, 3), 200, "uint8"), 200),
        (np.full((2, 3, 1), 200, "uint8"), 200),
        (np.full((2, 3, 3), 7, "int64"), (7, 7, 7)),
        (np.full((2, 3, 4), 1.0), (255, 255, 255, 255)),
        (np.full((2, 3), 0.5, "float32"), 127),
        (np.full((2, 3), True), 255),
    ],
)
def test_an_array_of_pixels_is_a_picture(array, pixel):
    image = opened(image_part(array))
    assert image.size == (3, 2)
    assert image.getpixel((0, 0)) == pixel


@pytest.mark.parametrize(
    ("array", "says"),
    [
        (np.zeros(3), "its shape is 3, expected height × width"),
        (np.zeros((2, 3, 2)), "its shape is 2 × 3 × 2"),
        (np.zeros((0, 3)), "its shape is 0 × 3"),
        (np.array(1.0), "a single value"),
        (np.full((2, 2), 300), "from 300 to 300, and pixels of that type go from 0 to 255"),
        (np.full((2, 2), 1.5), "go from 0 to 1: scale it first"),
        (np.full((2, 2), np.nan), "from nan to nan"),
        (np.array([["a", "b"]]), "an array of <U1"),
    ],
)
def test_an_array_that_is_no_picture_says_what_one_is(array, says):
    with pytest.raises(OptionError) as caught:
        image_part(array)
    assert says in str(caught.value)


def test_what_shows_itself_in_a_notebook_as_a_picture_is_one():
    class Chart:
        def _repr_png_(self):
            return PNG

    for value in (Chart(), IPython.display.Image(data=PNG), IPython.display.Image(data=JPEG)):
        assert read(image_part(value))[0] in (PNG, JPEG)


@pytest.mark.parametrize("value", [3, None, {"a": 1}, object(), int, [], ""])
def test_other_objects_are_no_pictures(value):
    with pytest.raises(OptionError, match=r"is no picture|no part of a message|the word is empty"):
        input_parts([value], {}, option="image")


# Bytes: what they are is told by how they begin


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_bytes_of_the_kinds_that_servers_take_go_as_they_are(form):
    data = encoded(Image.new("RGB", (4, 3)), form)
    for value in (data, bytearray(data), memoryview(data)):
        assert read(image_part(value)) == (data, f"image/{form.lower()}")


@pytest.mark.parametrize("form", ["BMP", "TIFF"])
def test_other_kinds_of_images_become_png_and_that_is_said(form):
    inputs = input_parts(encoded(Image.new("RGB", (4, 3), "red"), form), {}, option="image")
    assert read(inputs.parts[0])[1] == "image/png"
    assert inputs.notes == ("the image sent as PNG",)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"hello", "its first bytes are those of no picture"),
        (PDF, "it is a PDF; use --file (files=)"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is SVG, which is text"),
        (b"<!DOCTYPE html><html></html>", "it is a web page"),
        (PNG[:30], "cannot be read as an image"),
        (encoded(Image.effect_noise((64, 64), 50))[:-400], "cannot be read as an image"),
        (b"\xff\xd8\xff\xe0junk", "cannot be read as an image"),
        (b"PK\x03\x04zip", "no picture of a kind that is sent"),
    ],
)
def test_bytes_that_are_no_picture_say_what_they_are(data, says):
    with pytest.raises(OptionError) as caught:
        image_part(data)
    assert says in str(caught.value)


def test_a_large_image_is_made_smaller_and_that_is_said():
    image = Image.new("RGB", (4096, 1024), "red")
    for data, kind in ((image, "PNG"), (encoded(image), "PNG"), (encoded(image, "JPEG"), "JPEG")):
        inputs = input_parts(data, {}, option="image")
        assert opened(inputs.parts[0]).size == (2048, 512)
        assert opened(inputs.parts[0]).format == kind
        assert inputs.notes == ("the image scaled from 4,096 × 1,024 to 2,048 × 512",)


def test_an_image_of_many_bytes_becomes_jpeg_on_white(monkeypatch):
    monkeypatch.setattr(_images, "MOST_BYTES", 10_000)
    noise = Image.effect_noise((200, 200), 90).convert("RGBA")
    noise.putalpha(0)
    inputs = input_parts(encoded(noise), {}, option="image")
    assert read(inputs.parts[0])[1] == "image/jpeg"
    assert opened(inputs.parts[0]).getpixel((100, 100)) == (255, 255, 255)
    assert inputs.notes == ("the image sent as JPEG",)


def test_a_photo_that_is_made_smaller_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    data = encoded(Image.new("RGB", (3000, 100)), "JPEG", exif=exif)
    assert opened(image_part(data)).height == 2048


def test_without_pillow_a_picture_goes_as_it_is_or_says_that_pillow_is_missing(monkeypatch):
    large = encoded(Image.effect_noise((2100, 2100), 90))
    assert len(large) > _images.MOST_BYTES / 2
    monkeypatch.setattr(_images, "MOST_BYTES", len(large) - 1)
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    assert read(image_part(JPEG)) == (JPEG, "image/jpeg")
    for value in (np.zeros((2, 2)), large, b"BM" + b"\0" * 60):
        with pytest.raises(OptionError, match="needs Pillow, which is not here: pip install"):
            image_part(value)
    with pytest.raises(OptionError, match="no picture of a kind"):
        image_part(b"hello")


# Words: variables, paths, patterns, addresses


def names_of(inputs):
    return [read(part)[0] for part in inputs.parts]


def test_a_word_is_a_variable_a_path_a_pattern_or_an_address(folder):
    namespace = {"fig": PNG, "where": "b.jpg", "path": folder / "a.png", "many": [PNG, JPEG]}
    namespace["holder"] = type("Holder", (), {"inner": JPEG})
    assert names_of(input_parts("fig", namespace, option="image")) == [PNG]
    assert names_of(input_parts("where", namespace, option="image")) == [JPEG]
    assert names_of(input_parts("path", namespace, option="image")) == [PNG]
    assert names_of(input_parts("many", namespace, option="image")) == [PNG, JPEG]
    assert names_of(input_parts("holder.inner", namespace, option="image")) == [JPEG]
    assert names_of(input_parts("sub/c.png", namespace, option="image")) == [PNG]
    assert names_of(input_parts(["a.png", JPEG], {}, option="image")) == [PNG, JPEG]
    assert names_of(input_parts("**/*.png", {}, option="image")) == [PNG, PNG]
    assert names_of(input_parts(str(folder / "*.jpg"), {}, option="image")) == [JPEG]
    assert names_of(input_parts("./a.png", {"a": 1}, option="image")) == [PNG]


def test_a_file_with_the_signs_of_a_pattern_in_its_name_is_that_file(folder):
    (folder / "plot [1].png").write_bytes(PNG)
    assert names_of(input_parts("plot [1].png", {}, option="image")) == [PNG]


def test_the_home_folder_may_be_written_short(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert names_of(input_parts("~/a.png", {}, option="image")) == [PNG]


@pytest.mark.parametrize("url", ["https://example.com/a.png?x=1", "HTTP://example.com/a"])
def test_an_address_is_passed_on(url):
    assert input_parts(url, {}, option="image").parts[0] == {
        "type": "input_image",
        "image_url": url,
    }
    assert input_parts(url, {}).parts[0] == {"type": "input_file", "file_url": url}


def test_a_data_url_and_a_part_in_the_wires_words_go_as_they_are():
    url = DataUrl.of(PNG, "image/png")
    own = {"type": "input_image", "file_id": "file-1", "detail": "low"}
    assert input_parts([str(url), own], {}, option="image").parts == (
        {"type": "input_image", "image_url": url},
        own,
    )
    assert input_parts(own, {}).parts == (own,)
    data = "data:application/pdf;base64,JVBERi0="
    assert input_parts(data, {}).parts[0]["file_data"] == data


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("a.pgn", "there is no image 'a.pgn' (did you mean a.png?)"),
        ("figg", "(did you mean fig?): it is neither a variable nor a file's path"),
        ("nowhere/a.png", "there is no folder 'nowhere'"),
        ("*.gif", "no file fits the pattern '*.gif'"),
        ("sub", "sub is a folder: name files in it, by a pattern such as sub/*"),
        ("empty", "empty is empty"),
        ("fig.inner", "there is no image 'fig.inner'"),
        ("x" * 5000, "there is no image"),
        ("a\0b", "there is no image"),
        (" ", "the word is empty"),
        ("notes.txt", "notes.txt cannot be read as an image"),
    ],
)
def test_what_is_not_there_is_said_before_anything_is_sent(folder, word, says):
    with pytest.raises(OptionError) as caught:
        input_parts(word, {"fig": PNG}, option="image")
    assert says in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "there is no file in 'it': the variable is None"),
        ("", "there is no file 'it': it is neither a variable nor a file's path"),
    ],
)
def test_a_variable_that_holds_nothing_is_not_told_to_be_missing(folder, value, says):
    with pytest.raises(OptionError) as caught:
        input_parts("it", {"it": value}, option="file")
    assert str(caught.value) == says
    (folder / "it").write_text("A file beside it.")
    assert "A file beside it." in input_parts("it", {"it": value}, option="file").parts[0]["text"]


def test_data_that_is_no_file_says_how_it_goes_along():
    with pytest.raises(OptionError, match=r"its type is set; .* Data goes along by \{\{ … \}\} in"):
        input_parts("table", {"table": {1, 2}}, option="file")


def test_a_file_that_may_not_be_read_says_so(folder, monkeypatch):
    def denied(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(OptionError, match=r"a\.png cannot be read: Permission denied"):
        input_parts("a.png", {}, option="image")


def test_a_device_is_no_file():
    with pytest.raises(OptionError, match="zero is no file that can be read whole"):
        input_parts("/dev/zero", {})


def test_a_file_of_half_a_gigabyte_is_refused_unread(folder, monkeypatch):
    with (folder / "huge.pdf").open("wb") as file:
        file.truncate(500_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(
        OptionError, match=r"huge\.pdf is too large: 500,000,000; servers take 50,000,000 bytes"
    ):
        input_parts("huge.pdf", {})


def test_many_files_are_bounded(folder, monkeypatch):
    monkeypatch.setattr(_inputs, "MOST_BYTES", 150)
    (folder / "two.pdf").write_bytes(PDF)
    assert len(input_parts("*.pdf", {}).parts) == 2
    with pytest.raises(OptionError, match="the files are too large together"):
        input_parts(["*.pdf", "paper.pdf", PDF, PDF], {})
    with pytest.raises(OptionError, match="file 2 is too large"):
        input_parts([PDF, PDF + b"\n" * 150], {})
    for number in range(101):
        (folder / f"{number}.md").write_text("x", "utf-8")
    with pytest.raises(OptionError, match=r"more than 100 files fit the pattern '\*\.md'"):
        input_parts("*.md", {})


# Files


def test_a_pdf_goes_as_a_file_with_its_name(folder):
    [part] = input_parts("paper.pdf", {}).parts
    assert (part["type"], part["filename"]) == ("input_file", "paper.pdf")
    assert read(part) == (PDF, "application/pdf")
    [unnamed] = input_parts("report", {"report": PDF}).parts
    assert unnamed["filename"] == "report.pdf"


def test_a_text_file_goes_as_text_that_names_it(folder):
    (folder / "bom.csv").write_bytes(b"\xef\xbb\xbfa,b\n")
    (folder / "wide.txt").write_bytes("Grüße".encode("utf-16"))
    parts = input_parts(["notes.txt", "bom.csv", "wide.txt"], {}).parts
    assert [part["text"] for part in parts] == [
        "notes.txt:\n\none\ntwo",
        "bom.csv:\n\na,b\n",
        "wide.txt:\n\nGrüße",
    ]
    assert {part["type"] for part in parts} == {"input_text"}


def test_a_file_that_is_an_image_goes_as_one(folder):
    assert input_parts("a.png", {}).parts[0]["type"] == "input_image"
    assert input_parts("fig", {"fig": drawn()}).parts[0]["type"] == "input_image"


def test_a_document_of_an_office_goes_as_a_file(folder):
    (folder / "a.docx").write_bytes(b"PK\x03\x04rest")
    [part] = input_parts("a.docx", {}).parts
    assert part["filename"] == "a.docx"
    assert read(part)[1].endswith("wordprocessingml.document")


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\xff", zlib.compress(b"x" * 100)])
def test_a_file_of_another_kind_is_refused(data):
    with pytest.raises(OptionError, match="neither PDF, an image, nor text in UTF-8"):
        input_parts(data, {})


def test_a_text_file_of_a_novels_length_says_how_many_tokens_it_is():
    with pytest.raises(OptionError, match="the file is too long: some 250,002 tokens"):
        input_parts(b"word " * 200_002, {})


# In requests


def test_the_bytes_of_files_are_whole_on_the_wire_and_short_where_they_are_shown():
    part = image_part(drawn())
    message = user_message([{"type": "input_text", "text": "What is this?"}, part])
    assert json.loads(json.dumps(message))["content"][1]["image_url"] == str(part["image_url"])
    request = Request("m", (message,))
    assert len(part["image_url"]) > 5000
    assert len(repr(request)) < 400
    assert "data:image/png;base64,… " in repr(request)
    assert repr(scrub({"a": [part["image_url"]]})) == repr({"a": [part["image_url"]]})
    assert len(shortened(json.dumps(message))) < 400


def test_bytes_that_look_like_a_key_are_not_masked_and_keys_beside_them_are():
    url = "data:image/png;base64,AIza" + "A1" * 20
    assert scrub(url) == url
    assert scrub(f"{url} sk-{'a1' * 20}").endswith(" •••")


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_they_go_along_in_both_dialects(gateway: Gateway, folder, api):
    answers = {"responses": text_response("A line."), "chat": chat_text("A line.")}
    gateway.add(Reply.sse(answers[api]))
    result = respmagic.respond(
        "What is this?",
        images=["a.png", "https://example.com/b.png"],
        files="paper.pdf",
        model="m",
        base_url=gateway.base_url,
        api=api,
        tools=(),
    )
    assert result.text == "A line."
    url, pdf = DataUrl.of(PNG, "image/png"), DataUrl.of(PDF, "application/pdf")
    sent = gateway.requests[0].json
    if api == "chat":
        [message] = sent["messages"]
        assert message["content"] == [
            {"type": "text", "text": "What is this?"},
            {"type": "image_url", "image_url": {"url": url}},
            {"type": "image_url", "image_url": {"url": "https://example.com/b.png"}},
            {"type": "file", "file": {"file_data": pdf, "filename": "paper.pdf"}},
        ]
    else:
        [message] = sent["input"]
        assert message["content"] == [
            {"type": "input_text", "text": "What is this?"},
            {"type": "input_image", "image_url": url},
            {"type": "input_image", "image_url": "https://example.com/b.png"},
            {"type": "input_file", "filename": "paper.pdf", "file_data": pdf},
        ]
    assert result.requests[0] == sent


def test_a_gateway_that_takes_none_is_not_asked(folder):
    for option, kind in (("images", "image"), ("files", "file")):
        word = {"images": "a.png", "files": "paper.pdf"}[option]
        with pytest.raises(OptionError, match=rf"demo takes no {kind}s: .* leave the {kind}s out"):
            respmagic.respond("Look", profile="demo", **{option: word})
        with pytest.raises(OptionError, match=rf"deepseek takes no {kind}s"):
            respmagic.respond("Look", profile="deepseek", model="m", api_key="k", **{option: word})
    assert respmagic.respond("Hello", files="notes.txt", profile="demo").status == "completed"


def test_what_was_done_to_a_picture_stands_below_the_answer(gateway: Gateway):
    gateway.add(Reply.sse(text_response("Red.")))
    image = Image.new("RGB", (3000, 10))
    result = respmagic.respond(
        "Colour?", images=image, model="m", base_url=gateway.base_url, tools=()
    )
    assert repr(result).startswith("<Result completed")
    last = result._repr_mimebundle_()["text/plain"].splitlines()[-1]
    assert "the image scaled from 3,000 × 10 to 2,048 × 7" in last
