"""Pictures as bytes that servers take: figures, images, arrays, files; large ones made smaller.

Pillow and matplotlib are used where they are installed and never needed: without Pillow a picture
goes as it is, or is refused with that reason.
"""

from __future__ import annotations

import base64
import importlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from respmagic._exceptions import OptionError

__all__ = [
    "MIME_TYPES",
    "GeneratedImage",
    "Picture",
    "image_in",
    "is_picture",
    "looks_like",
    "picture_of",
]

# Servers scale down what is larger before the model sees it, and charge for the upload.
LONGEST_SIDE = 2048
# The least of the limits that servers have for one image.
MOST_BYTES = 5_000_000

MIME_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_TAKEN = "PNG, JPEG, GIF or WebP"
_KNOWN = "a figure, a Pillow image, a NumPy array of pixels, bytes, a path or a URL"

# What a file begins with -> what it is.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
)


class Picture(NamedTuple):
    """A picture as it is sent.

    Attributes:
        data: the file's bytes.
        mime: one of `MIME_TYPES`.
        note: what was done to it, for people; "" for nothing.
    """

    data: bytes
    mime: str
    note: str = ""


def looks_like(data: bytes) -> str:
    """The MIME type that the first bytes of a file tell, whatever its name says; "" for none."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for start, mime in _BEGINNINGS if data.startswith(start)), "")


def is_picture(value: Any) -> bool:
    """Whether `value` is nothing but a picture; arrays are data, too."""
    if isinstance(value, GeneratedImage):
        return True
    if isinstance(value, bytes | bytearray):
        return looks_like(bytes(value[:16])) in MIME_TYPES
    return (
        _figure(value) is not None
        or _is_a(value, "PIL.Image", "Image")
        or _is_a(value, "IPython.core.display", "Image")
    )


def picture_of(value: Any, name: str) -> Picture:
    """A picture of `value`.

    Args:
        value: a matplotlib figure or axes, a Pillow image, a NumPy array of pixels, the bytes of an
            image file, or an object that draws itself for notebooks.
        name: what errors and notes call it.

    Raises:
        OptionError: if it is no picture, or none that can be sent.
    """
    if isinstance(value, GeneratedImage):
        return _from_bytes(value.data, name)
    if isinstance(value, bytes | bytearray | memoryview):
        return _from_bytes(bytes(value), name)
    if (figure := _figure(value)) is not None:
        return _from_bytes(_drawn(figure, name), name)
    if _is_a(value, "PIL.Image", "Image"):
        return _smaller(value, name)
    if _is_a(value, "numpy", "ndarray"):
        return _from_array(value, name)
    for method in ("_repr_png_", "_repr_jpeg_"):
        if data := _own(value, method):
            return _from_bytes(data, name)
    kind = type(value).__name__
    raise OptionError(
        f"{name} is no picture: its type is {kind}; an image may be {_KNOWN}. Data goes along by "
        "{{ … }} in the cell's text."
    )


def _is_a(value: Any, module: str, kind: str) -> bool:
    """Whether `value` is of that type; a module that nobody has imported has no instances."""
    found = getattr(sys.modules.get(module), kind, None)
    return found is not None and isinstance(value, found)


def _figure(value: Any) -> Any:
    """The matplotlib figure that `value` is or is drawn in: axes, seaborn's grids."""
    if _is_a(value, "numpy", "ndarray") and value.dtype == object and value.size:
        value = value.flat[0]
    for figure in (value, getattr(value, "figure", None)):
        if _is_a(figure, "matplotlib.figure", "Figure"):
            return figure
    return None


def _drawn(figure: Any, name: str) -> bytes:
    out = io.BytesIO()
    try:  # without the version of what drew it, so that the same figure is the same bytes
        figure.savefig(out, format="png", bbox_inches="tight", metadata={"Software": None})
    except Exception as error:  # noqa: BLE001 - a figure draws by code of the user's
        raise OptionError(f"{name} cannot be drawn: {type(error).__name__}: {error}") from None
    return out.getvalue()


def _own(value: Any, method: str) -> bytes:
    """What an object gives of itself for a notebook, such as IPython's own Image."""
    if isinstance(value, type):
        return b""
    try:
        data = getattr(value, method)()
    except Exception:  # noqa: BLE001 - most objects have no such method, others fail
        return b""
    if isinstance(data, tuple):  # with metadata
        data = data[0]
    return base64.b64decode(data) if isinstance(data, str) else data or b""


def _from_array(array: Any, name: str) -> Picture:
    channels = array.shape[2] if array.ndim == 3 else 1
    if array.ndim not in (2, 3) or channels not in (1, 3, 4) or not array.size:
        shape = " × ".join(map(str, array.shape)) or "a single value"
        raise OptionError(
            f"{name} is no picture: its shape is {shape}, expected height × width, and × 3 or 4 "
            "for colours"
        )
    image = _pillow(f"{name} is an array: to become an image it")
    return _smaller(image.fromarray(_bytes_of(array, name).squeeze()), name)


def _bytes_of(array: Any, name: str) -> Any:
    """The pixels as numbers from 0 to 255; floats count from 0 to 1."""
    if str(array.dtype) == "uint8":
        return array
    if array.dtype.kind not in "biuf":
        raise OptionError(f"{name} is no picture: it is an array of {array.dtype}")
    low, high = float(array.min()), float(array.max())
    most = 255 if array.dtype.kind in "iu" else 1
    if not 0 <= low <= high <= most:
        raise OptionError(
            f"{name} is an array of {array.dtype} from {low:g} to {high:g}, and pixels of that "
            f"type go from 0 to {most}: scale it first, or draw a figure of it"
        )
    return (array * (255 // most)).astype("uint8")


def _pillow(what: str = "") -> Any:
    """Pillow's module Image; without Pillow None, or an error that says `what` needs it."""
    try:
        return importlib.import_module("PIL.Image")
    except ImportError:
        if what:
            raise OptionError(
                f"{what} needs Pillow, which is not here: pip install pillow"
            ) from None
        return None


def _from_bytes(data: bytes, name: str) -> Picture:
    """The picture in a file; one that every server takes goes as it is."""
    if not data:
        raise OptionError(f"{name} is empty, no picture")
    mime, pillow = looks_like(data), _pillow()
    if mime in MIME_TYPES and pillow is None:
        if len(data) > MOST_BYTES:
            _pillow(f"{name} has {len(data):,} bytes, too many: to be made smaller it")
        return Picture(data, mime)
    if not mime.startswith("image/") and (pillow is None or _is_other(data, mime)):
        raise OptionError(f"{name} is no picture of a kind that is sent ({_TAKEN}){_instead(data)}")
    image = _opened(data, pillow or _pillow(f"{name} is {mime}: to become PNG it"), name)
    if mime in MIME_TYPES and max(image.size) <= LONGEST_SIDE and len(data) <= MOST_BYTES:
        return Picture(data, mime)
    return _smaller(image, name)


def _is_other(data: bytes, mime: str) -> bool:
    """Whether it is known to be something else, so that no decoder need look at it."""
    return bool(mime) or data.lstrip()[:1] in (b"<", b"{", b"[", b"#")


def _instead(data: bytes) -> str:
    head = data.lstrip()[:200].lower()
    if looks_like(data) == "application/pdf":
        return ": it is a PDF; use --file (files=)"
    if b"<svg" in head:
        return ": it is SVG, which is text; save it as PNG"
    return ": it is a web page" if head.startswith((b"<!doctype", b"<html")) else ""


def _opened(data: bytes, pillow: Any, name: str) -> Any:
    """The image, decoded: a broken file is to be known before it is sent."""
    try:
        image = pillow.open(io.BytesIO(data))
        image.load()
    except Exception as error:  # noqa: BLE001 - decoders raise many kinds
        why = str(error) if looks_like(data) else "its first bytes are those of no picture"
        raise OptionError(f"{name} cannot be read as an image ({_TAKEN}): {why}") from None
    return image


def _smaller(image: Any, name: str) -> Picture:
    """A Pillow image as PNG or JPEG, within the limits; the note says if that changed it."""
    if not min(image.size):
        raise OptionError(f"{name} is empty: its size is {_size(image.size)}")
    kind = image.format
    image = importlib.import_module("PIL.ImageOps").exif_transpose(image)  # a copy, upright
    before = image.size
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    data, mime = _encoded(image, lossy=kind == "JPEG")
    if image.size != before:
        return Picture(data, mime, f"{name} scaled from {_size(before)} to {_size(image.size)}")
    changed = kind is not None and f"image/{kind.lower()}" != mime
    return Picture(data, mime, f"{name} sent as {mime[6:].upper()}" if changed else "")


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]:,} × {size[1]:,}"


def _encoded(image: Any, *, lossy: bool) -> tuple[bytes, str]:
    if not lossy:
        if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
            image = image.convert("RGB")
        data = _saved(image, format="PNG")
        if len(data) <= MOST_BYTES:
            return data, "image/png"
    return _saved(_opaque(image), format="JPEG", quality=90), "image/jpeg"


def _opaque(image: Any) -> Any:
    """`image` on white, since JPEG knows nothing transparent."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = importlib.import_module("PIL.Image").new("RGBA", layer.size, "white")
    return importlib.import_module("PIL.Image").alpha_composite(white, layer).convert("RGB")


def _saved(image: Any, **how: Any) -> bytes:
    out = io.BytesIO()
    save: Callable[..., None] = image.save
    save(out, **how)
    return out.getvalue()


class GeneratedImage:
    """A picture that a model made; it shows itself, and may be sent back as an image.

    Attributes:
        data: the file's bytes.
        mime: one of `MIME_TYPES`.
        prompt: what it was made from, as far as the server says.
    """

    def __init__(self, data: bytes, mime: str, prompt: str = "") -> None:
        self.data = data
        self.mime = mime
        self.prompt = prompt

    def save(self, path: str | Path) -> Path:
        """Write the file; its ending is added where the path has none.

        Raises:
            OSError: if it cannot be written there.
        """
        path = Path(path)
        path = path if path.suffix else path.with_suffix(f".{self.mime.partition('/')[2]}")
        path.write_bytes(self.data)
        return path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GeneratedImage) and self.data == other.data

    def __hash__(self) -> int:
        return hash(self.data)

    def __repr__(self) -> str:
        kind = self.mime.partition("/")[2].upper()
        return f"<GeneratedImage {kind}, {len(self.data):,} bytes>"

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        return {self.mime: base64.b64encode(self.data).decode(), "text/plain": repr(self)}


def image_in(text: str, prompt: str = "") -> GeneratedImage | None:
    """The picture that base64, or a ``data:`` URL of it, holds; None where it holds none."""
    if text.startswith("data:"):
        text = text.partition(";base64,")[2]
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    mime = looks_like(data)
    return GeneratedImage(data, mime, prompt) if mime in MIME_TYPES else None
