"""Objects of data libraries in outline: one line that says what they hold, then their first rows.

The libraries are not imported: a class is known by where it was defined, and so are those below it.
Only as much of an object is touched as is told: the first rows of the first columns.
"""

from __future__ import annotations

import csv
import io
import reprlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

__all__ = ["Outline", "outline_of"]

_ALL_ROWS = 50  # a table of up to so many rows is shown whole
_FIRST_ROWS = 10
_MOST_COLUMNS = 100  # in the head; a row shows fewer
_ROW_COLUMNS = 30
_CELL = 100  # characters
_NAME = 60
_ALL_VALUES = 2_000  # an array of up to so many values is shown whole
_FIRST_VALUES = 50


class Outline(NamedTuple):
    """An object in words.

    Attributes:
        head: one line that says what it holds.
        lines: what follows, made one by one as they are asked for.
        total: how many of `unit` there are.
        unit: what a line shows.
        extra: how many of the lines show none, such as a table's heading.
    """

    head: str
    lines: Iterable[str] = ()
    total: int = 0
    unit: str = "rows"
    extra: int = 0


def outline_of(value: Any, room: int) -> Outline | None:
    """The outline of `value`, its head in about `room` characters; None if it is nothing known.

    Raises:
        Exception: whatever the object raises.
    """
    for kind in type(value).__mro__:
        describe = _OUTLINES.get((kind.__module__.partition(".")[0], kind.__name__))
        if describe is not None:
            return describe(value, room)
    return None


def _rows_of(total: int) -> int:
    return total if total <= _ALL_ROWS else _FIRST_ROWS


def _table(
    rows: int,
    columns: Sequence[tuple[Any, Any]],
    width: int,
    room: int,
    lines: Callable[[], Iterator[Sequence[Any]]],
) -> Outline:
    """A table.

    Args:
        rows: how many there are.
        columns: name and type of the first ones.
        width: how many columns there are.
        room: characters for the head, about.
        lines: makes the first rows, the heading first.
    """
    size = f"{_counted(rows, 'row')} x {_counted(width, 'column')}"
    named = _named(columns, width, room - len(size) - 20)
    note = f"[each row: the first {_ROW_COLUMNS} of {width:,} columns]"
    is_narrow = width <= _ROW_COLUMNS
    written = (_csv(cells) for cells in lines())
    return Outline(
        f"{size} ({named})" if named else size,
        written if is_narrow else _after(note, written),
        rows,
        extra=1 if is_narrow else 2,
    )


def _after(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others


def _named(columns: Sequence[tuple[Any, Any]], width: int, room: int) -> str:
    """Names and types of columns, as many as there is room for, at least one."""
    shown: list[str] = []
    for name, kind in columns:
        text = f"{_short(name, _NAME)}: {kind}"
        if shown and sum(map(len, shown)) + 2 * len(shown) + len(text) > room:
            break
        shown.append(text)
    left = width - len(shown)
    return ", ".join([*shown, f"… {left:,} more"] if left > 0 else shown)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _csv(cells: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([_short(cell, _CELL) for cell in cells])
    return line.getvalue()


_repr = reprlib.Repr()
_repr.maxother = _CELL


def _short(cell: Any, limit: int) -> str:
    """A cell, or a name, on one line; of a text or a list only the beginning is looked at."""
    if isinstance(cell, str):
        text = cell[: 2 * limit]
    elif isinstance(cell, float):
        text = f"{cell:.10g}"
    elif isinstance(cell, bytes | list | tuple | dict | set | frozenset):
        text = _repr.repr(cell)
    else:
        try:
            text = str(cell)
        except Exception as error:  # noqa: BLE001 - an object of the user's
            text = f"<{type(cell).__name__}, whose str raises {type(error).__name__}>"
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def _pandas_frame(frame: Any, room: int) -> Outline:
    rows, width = frame.shape
    known = frame.iloc[:0, :_MOST_COLUMNS]
    columns = list(zip(known.columns, known.dtypes, strict=True))

    def lines() -> Iterator[Sequence[Any]]:
        first = frame.iloc[: _rows_of(rows), :_ROW_COLUMNS]
        heads = _index_heads(first.index)
        yield [*heads, *first.columns]
        for place, row in zip(first.index, first.itertuples(index=False, name=None), strict=True):
            yield [*_index_cells(place, heads), *row]

    return _table(rows, columns, width, room, lines)


def _pandas_series(series: Any, room: int) -> Outline:  # noqa: ARG001 - its head is short
    first = series.iloc[: _rows_of(len(series))]
    heads = _index_heads(first.index)

    def lines() -> Iterator[str]:
        if heads:
            yield _csv([*heads, "value"])
        for place, value in first.items():
            yield _csv([*_index_cells(place, heads), value])

    name = "" if series.name is None else f" named {_short(series.name, _NAME)}"
    head = f"{_counted(len(series), 'value')} of {series.dtype}{name}"
    return Outline(head, lines(), len(series), "values", extra=1 if heads else 0)


def _index_heads(index: Any) -> list[Any]:
    """What stands above the labels of rows; nothing where these only count them."""
    is_range = type(index).__name__ == "RangeIndex" and index.name is None
    if is_range and (index.start, index.step) == (0, 1):
        return []
    return ["index" if name is None else name for name in index.names]


def _index_cells(place: Any, heads: list[Any]) -> list[Any]:
    return list(place) if len(heads) > 1 else [place] * len(heads)


def _pandas_index(index: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    first = index[: _rows_of(len(index))]
    head = f"{_counted(len(index), 'label')} of {index.dtype}"
    return Outline(head, (_csv([label]) for label in first), len(index), "labels")


def _polars_frame(frame: Any, room: int) -> Outline:
    rows, width = frame.shape
    columns = list(zip(frame.columns[:_MOST_COLUMNS], frame.dtypes, strict=False))

    def lines() -> Iterator[Sequence[Any]]:
        first = frame[: _rows_of(rows), :_ROW_COLUMNS]
        yield first.columns
        yield from first.iter_rows()

    return _table(rows, columns, width, room, lines)


def _polars_query(_: Any, __: int) -> Outline:
    return Outline("a query that is not collected yet")  # to look into it may read files


def _polars_series(series: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    first = series[: _rows_of(len(series))]
    name = f" named {_short(series.name, _NAME)}" if series.name else ""
    head = f"{_counted(len(series), 'value')} of {series.dtype}{name}"
    return Outline(head, (_csv([value]) for value in first), len(series), "values")


def _arrow_table(table: Any, room: int) -> Outline:
    rows, width = table.num_rows, table.num_columns
    schema = table.schema
    columns = [(schema.field(n).name, schema.field(n).type) for n in _upto(width, _MOST_COLUMNS)]

    def lines() -> Iterator[Sequence[Any]]:
        first = [table.column(n)[: _rows_of(rows)] for n in _upto(width, _ROW_COLUMNS)]
        yield [name for name, _ in columns[:_ROW_COLUMNS]]
        for number in range(_rows_of(rows)):
            yield [column[number].as_py() for column in first]

    return _table(rows, columns, width, room, lines)


def _upto(number: int, most: int) -> range:
    return range(min(number, most))


def _arrow_array(array: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    first = array[: _rows_of(len(array))]
    head = f"{_counted(len(array), 'value')} of {array.type}"
    return Outline(head, (_csv([value.as_py()]) for value in first), len(array), "values")


def _numpy_array(array: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    shape = " x ".join(f"{length:,}" for length in array.shape)
    values = f"{shape} values" if array.ndim == 1 else shape or "one value"
    head = f"{values} of {array.dtype}"
    if array.size <= _ALL_VALUES:
        return Outline(head, [str(_values(array))])
    first = array.flat[:_FIRST_VALUES]  # a copy of these alone
    return Outline(f"{head}, the first {_FIRST_VALUES}:", [f"{str(_values(first))[:-1]}, …]"])


def _values(array: Any) -> Any:
    is_time = array.dtype.kind in "mM"  # as plain values these would be bare numbers
    values = (array.astype(str) if is_time else array).tolist()
    return _shortened(values) if array.dtype.kind in "OSUV" else values


def _shortened(values: Any) -> Any:
    """The same, each object and text cut to a cell."""
    if isinstance(values, list):
        return [_shortened(value) for value in values]
    return values if isinstance(values, int | float | complex) else _short(values, _CELL)


def _figure(figure: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    width, height = figure.get_size_inches() * figure.dpi
    axes = figure.axes
    size = f"{width:.0f} x {height:.0f} pixels, {len(axes)} axes"
    return Outline(size, (_axes_line(a) for a in axes), len(axes), "axes")


def _axes(axes: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    return Outline(_axes_line(axes))


def _axes_line(axes: Any) -> str:
    """Title, labels, and what is drawn."""
    said = [
        f"{what} {_short(text, _NAME)!r}"
        for what, text in (
            ("title", axes.get_title()),
            ("x", axes.get_xlabel()),
            ("y", axes.get_ylabel()),
        )
        if text
    ]
    drawn = [
        _counted(len(found), word)
        for word, found in (
            ("line", axes.lines),
            ("collection", axes.collections),
            ("patch", axes.patches),
            ("image", axes.images),
        )
        if len(found)
    ]
    return f"axes: {', '.join([*said, *drawn]) or 'empty'}".replace("patchs", "patches")


def _image(image: Any, room: int) -> Outline:  # noqa: ARG001 - see above
    return Outline(f"{image.width:,} x {image.height:,} pixels, mode {image.mode}")


def _estimator(estimator: Any, room: int) -> Outline:
    """Its parameters as it shows them itself, and what it has learnt, by name."""
    learnt = [name for name in vars(estimator) if name.endswith("_") and name[0] != "_"]
    inputs = getattr(estimator, "feature_names_in_", ())
    known = "fitted" if learnt else "not fitted"
    if len(inputs):
        known += f" on {', '.join(_short(name, _NAME) for name in inputs[:_ROW_COLUMNS])}"
        known += f", … {len(inputs) - _ROW_COLUMNS:,} more" if len(inputs) > _ROW_COLUMNS else ""
    lines = [f"learnt: {', '.join(learnt[:_ROW_COLUMNS])}"] if learnt else []
    return Outline(f"{known}: {_short(repr(estimator), max(room, _CELL))}", lines)


_OUTLINES: dict[tuple[str, str], Callable[[Any, int], Outline]] = {
    ("pandas", "DataFrame"): _pandas_frame,
    ("pandas", "Series"): _pandas_series,
    ("pandas", "Index"): _pandas_index,
    ("polars", "DataFrame"): _polars_frame,
    ("polars", "LazyFrame"): _polars_query,
    ("polars", "Series"): _polars_series,
    ("pyarrow", "Table"): _arrow_table,
    ("pyarrow", "RecordBatch"): _arrow_table,
    ("pyarrow", "Array"): _arrow_array,
    ("pyarrow", "ChunkedArray"): _arrow_array,
    ("numpy", "ndarray"): _numpy_array,
    ("matplotlib", "Figure"): _figure,
    ("matplotlib", "Axes"): _axes,
    ("PIL", "Image"): _image,
    ("sklearn", "BaseEstimator"): _estimator,
}
