"""Images and files beside the prompt: what the user names, made into parts of the message.

Everything is checked here, before anything is sent, by a file's first bytes and its size; a file
that is too large is not read. An address is passed on for the server to fetch, never fetched.
"""

from __future__ import annotations

import glob
import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from respmagic._exceptions import OptionError
from respmagic._images import looks_like, picture_of
from respmagic._items import DataUrl, Item
from respmagic._spelling import did_you_mean

__all__ = ["Inputs", "image_inputs", "image_part", "input_parts", "text_from", "uploaded"]

# OpenAI's limit for the files of one request together.
MOST_BYTES = 50_000_000
# A quarter of a million tokens or so.
MOST_TEXT = 1_000_000
_MOST_FILES = 100

_URL = re.compile(r"https?://[^/\\?#\s]+\S*", re.IGNORECASE)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class Inputs(NamedTuple):
    """What goes along with a prompt.

    Attributes:
        parts: of the message's content: ``input_image``, ``input_file``, ``input_text``.
        notes: what was done to them, for people.
    """

    parts: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Any) -> Inputs:
        return Inputs(self.parts + other.parts, self.notes + other.notes)


def image_part(value: Any, name: str = "the image") -> Item:
    """The ``input_image`` part for a figure, a Pillow image, an array of pixels or bytes.

    Raises:
        OptionError: if it is no picture; says what would be one.
    """
    return image_inputs(value, name).parts[0]


def input_parts(values: Any, namespace: Mapping[str, Any], *, option: str = "file") -> Inputs:
    """The parts for what a user names.

    Args:
        values: one or a list of: a variable's name, a path or pattern of paths, an address, an
            object that is a picture, bytes, or a part in the wire's own words.
        namespace: the user's variables.
        option: ``image`` or ``file``; of a file it is told what it is, an image must be one.

    Raises:
        OptionError: if there is no such thing, or if it cannot be sent.
    """
    inputs, read = Inputs(), _READERS[option]
    values = list(values) if isinstance(values, list | tuple | set) else [values]
    for number, value in enumerate(values):
        name = f"{option} {number + 1}" if len(values) > 1 else f"the {option}"
        for found, called in _found(value, name, namespace, option):
            inputs += read(found, called)
            if sum(map(_size_of, inputs.parts)) > MOST_BYTES * 4 / 3:  # base64 is longer
                raise OptionError(f"the {option}s are too large together; {_LIMIT}")
    return inputs


def uploaded(data: bytes, name: str) -> Inputs:
    """The parts for a file that a browser sent, called `name` there.

    Raises:
        OptionError: if it cannot be sent.
    """
    if not data:
        raise OptionError(f"{name} is empty")
    return _file(data, name)


_LIMIT = f"servers take {MOST_BYTES:,} bytes"


def _size_of(part: Item) -> int:
    return sum(len(value) for value in part.values() if isinstance(value, str))


def _found(
    value: Any, name: str, namespace: Mapping[str, Any], option: str
) -> Iterable[tuple[Any, str]]:
    """What a word stands for, and what to call it; other values stand for themselves."""
    if isinstance(value, str) and not _is_address(value):
        word, value = value, _variable(value, namespace)
        name = word
        if value is None or (isinstance(value, str) and not _is_address(value)):
            return _paths(value or word, namespace, option)
        if isinstance(value, list | tuple):
            return [(each, f"{name}[{number}]") for number, each in enumerate(value)]
    return [(value, value.name if isinstance(value, Path) else name)]


def _variable(word: str, namespace: Mapping[str, Any]) -> Any:
    """The variable, or the attribute of one, that a word names; None if there is none."""
    first, *rest = word.split(".")
    if first not in namespace or not all(map(str.isidentifier, [first, *rest])):
        return None
    value = namespace[first]
    for attribute in rest:
        value = getattr(value, attribute, None)  # `report.md` may be a file beside a `report`
    return value


def _is_address(text: str) -> bool:
    return text[:5].lower() == "data:" or _URL.match(text) is not None


def _paths(text: str, namespace: Mapping[str, Any], option: str) -> Iterable[tuple[Path, str]]:
    if not text.strip():
        raise OptionError(f"there is no {option} named: the word is empty")
    path = Path(text).expanduser()
    if not _exists(path) and glob.has_magic(text):
        fitting = glob.iglob(str(path), recursive=True)  # noqa: PTH207 - it may be absolute
        files = (each for each in map(Path, fitting) if each.is_file())
        found = sorted(itertools.islice(files, _MOST_FILES + 1))
        if not found:
            raise OptionError(f"no file fits the pattern {text!r} in {_here(Path.cwd())}")
        if len(found) > _MOST_FILES:
            raise OptionError(f"more than {_MOST_FILES} files fit the pattern {text!r}")
        return [(each, each.name) for each in found]
    if not _exists(path):
        raise OptionError(_missing(text, path, namespace, option))
    return [(path, path.name)]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or no name at all
        return False


def _here(folder: Path) -> str:
    return str(folder) if _exists(folder) else "there"


def _missing(text: str, path: Path, namespace: Mapping[str, Any], option: str) -> str:
    shown = text if len(text) <= 80 else text[:79] + "…"
    if namespace.get(text, text) is None:
        return f"there is no {option} in {shown!r}: the variable is None"
    if path.parent != Path() and not _exists(path.parent):
        return f"there is no {option} {shown!r}: there is no folder {str(path.parent)!r}"
    try:
        beside = [str(path.with_name(each.name)) for each in path.parent.iterdir()]
    except (OSError, ValueError):
        beside = []
    names = [name for name in namespace if not name.startswith("_")]
    hint = did_you_mean(text, [name for name in [*beside, *names] if name != text])
    return f"there is no {option} {shown!r}{hint}: it is neither a variable nor a file's path"


def _read(path: Path) -> bytes:
    """A file's bytes; those of one that is too large stay unread."""
    name = path.name or str(path)
    if path.is_dir():
        raise OptionError(f"{name} is a folder: name files in it, by a pattern such as {name}/*")
    if not path.is_file():
        raise OptionError(f"{name} is no file that can be read whole")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise OptionError(f"{name} is too large: {size:,}; {_LIMIT}")
        data = path.read_bytes()
    except OSError as error:
        raise OptionError(f"{name} cannot be read: {error.strerror or error}") from None
    if not data:
        raise OptionError(f"{name} is empty")
    return data


def image_inputs(value: Any, name: str) -> Inputs:
    """The ``input_image`` part for an object, a path or an address.

    Raises:
        OptionError: if it is no picture, or none that can be sent.
    """
    if isinstance(value, Mapping):
        return _own_part(value, name)
    if isinstance(value, str):
        url = DataUrl(value) if value.startswith("data:") else value
        return Inputs(({"type": "input_image", "image_url": url},))
    data = _read(value) if isinstance(value, Path) else value
    picture = picture_of(data, name)
    url = DataUrl.of(picture.data, picture.mime)
    notes = (picture.note,) if picture.note else ()
    return Inputs(({"type": "input_image", "image_url": url},), notes)


def _own_part(part: Mapping[str, Any], name: str) -> Inputs:
    """A part that the user wrote as the wire has it, with a ``file_id`` or a ``detail``, say."""
    if not str(part.get("type")).startswith("input_"):
        raise OptionError(
            f"{name} is a dict, but no part of a message, such as "
            "{'type': 'input_image', 'file_id': …}"
        )
    return Inputs((dict(part),))


def _file(value: Any, name: str) -> Inputs:
    if isinstance(value, Mapping):
        return _own_part(value, name)
    if isinstance(value, str):
        return _file_at(value, name)
    if isinstance(value, Path):
        value = _read(value)
    if not isinstance(value, bytes | bytearray | memoryview):
        return image_inputs(value, name)
    data = bytes(value)
    if len(data) > MOST_BYTES:
        raise OptionError(f"{name} is too large: {len(data):,}; {_LIMIT}")
    kind = _OFFICE.get(Path(name).suffix.lower()) or looks_like(data)
    if kind.startswith("image/"):
        return image_inputs(data, name)
    if kind == "application/pdf" or kind in _OFFICE.values():
        filename = name if Path(name).suffix else f"{name.replace(' ', '-')}.pdf"
        url = DataUrl.of(data, kind)
        return Inputs(({"type": "input_file", "filename": filename, "file_data": url},))
    return Inputs(({"type": "input_text", "text": _text(data, name)},))


def _file_at(address: str, name: str) -> Inputs:
    if not address.startswith("data:"):
        return Inputs(({"type": "input_file", "file_url": address},))
    part = {"type": "input_file", "filename": name, "file_data": DataUrl(address)}
    return Inputs((part,))


def text_from(word: str, namespace: Mapping[str, Any]) -> str:
    """The text that a word stands for: a variable with text or a path in it, or a path.

    Raises:
        OptionError: if there is no such text.
    """
    if isinstance(text := _variable(word, namespace), str):
        return text
    texts = []
    for found, name in _found(word, word, namespace, "text"):
        if not isinstance(found, Path):
            kind = type(found).__name__
            raise OptionError(
                f"{name} is no text: its type is {kind}; write {{{{ {name} }}}} in the cell's text"
            )
        texts.append(_decoded(_read(found), found.name))
    return "\n\n".join(texts)


def _text(data: bytes, name: str) -> str:
    """A text file as text: every model reads that, and few servers take such files otherwise."""
    return f"{name}:\n\n{_decoded(data, name)}"


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise OptionError(f"{name} is neither PDF, an image, nor text in UTF-8: it is not sent")
    if len(text) > MOST_TEXT:
        tokens = f"some {len(text) // 4:,} tokens"
        raise OptionError(f"{name} is too long: {tokens}; give the part of it that matters")
    return text


_READERS: dict[str, Callable[[Any, str], Inputs]] = {"image": image_inputs, "file": _file}
