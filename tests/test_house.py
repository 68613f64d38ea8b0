"""The floors of the house: imports run down only, and within a floor in the order written here."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "src" / "respmagic"

# Floor -> its rooms in order, and what they may import from outside beside the standard library.
# A folder is one room here; inside it `base` comes first and `__init__` last.
FLOORS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("_controls", "_secrets", "_exceptions", "_items", "_mark", "_spelling"), ()),
    (
        (
            *("_citations", "_events", "_shapes", "_sse", "_accumulator"),
            *("_replay", "_turns", "_faults", "_repetition", "_flow"),
        ),
        (),
    ),
    (
        (
            "_outlines",
            "_describe",
            "_references",
            "_strict_form",
            "_hints",
            "_typed_dicts",
            "_enums",
            "_schema",
            "_readable",
            "_structured",
            "_arguments",
            "_tools",
            "_dialects",
        ),
        ("jiter", "pydantic", "pydantic_core", "typing_extensions", "docstring_parser"),
    ),
    (
        ("_retries", "_endpoint", "_connection", "_background", "_client", "demo"),
        ("httpx", "h11"),
    ),
    (
        ("_blocks", "_maths", "_links", "_highlight", "_markdown"),
        ("markdown_it", "mdit_py_plugins", "nh3", "pygments", "linkify_it"),
    ),
    (
        (
            "_images",
            "_inputs",
            "_loop",
            "_pump",
            "_capture",
            "_figures",
            "_placement",
            "_calls",
            "_pictures",
            "_approval",
            "_invocation",
            "_runner",
            "_config",
            "_options",
            "_line",
            "_gateways",
            "_kept",
            "_namespace",
            "_conversations",
            "_usage",
            "_conversation_file",
            "_session",
            "_templates",
            "_prompt",
            "_hosted",
            "_standing",
            "_parameters",
            "_plan",
            "_jobs",
            "_models",
        ),
        ("traitlets", "httpx"),
    ),
    (
        (
            *("_pace", "_transcript", "_values", "_server_items", "_cards"),
            *("_result", "_table", "_story", "_renderers"),
        ),
        (),
    ),
    (("_keeping", "_running", "_respond"), ("httpx",)),
    (("_panel", "_commands"), ("ipywidgets",)),
    (("_cell", "_completion", "_magic"), ("IPython",)),
    (("__init__",), ()),
]
ORDER = [room for rooms, _ in FLOORS for room in rooms]

# Rooms that know of no socket, clock, thread or loop.
PURE = [room for rooms, _ in FLOORS[:3] for room in rooms]
IMPURE_MODULES = {
    "asyncio",
    "concurrent",
    "httpx",
    "IPython",
    "os",
    "random",
    "signal",
    "socket",
    "subprocess",
    "threading",
    "time",
}


def modules() -> list[Path]:
    return sorted(HOUSE.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).with_suffix("").parts[0]


def imported(path: Path) -> Iterator[str]:
    """Every module that the file imports, inside functions too, type-only imports left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.dump(branch.test)
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if id(node) in typed:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "respmagic" or node.module.startswith("respmagic._"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_used(path: Path) -> set[str]:
    """The rooms of the house that the file imports."""
    names = [name.split(".") for name in imported(path)]
    return {parts[1] for parts in names if parts[0] == "respmagic" and len(parts) > 1} & set(ORDER)


def test_every_room_stands_on_a_floor():
    assert {room_of(path) for path in modules()} <= set(ORDER)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_arrows_run_down(path: Path):
    own = ORDER.index(room_of(path))
    above = {room for room in rooms_used(path) if ORDER.index(room) > own}
    assert above == set()


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_only_what_a_floor_may_import_from_outside(path: Path):
    room = room_of(path)
    number = next(number for number, (rooms, _) in enumerate(FLOORS) if room in rooms)
    allowed = {name for _, names in FLOORS[: number + 1] for name in names}
    outside = {name.split(".")[0] for name in imported(path)} - {"respmagic", "__future__"}
    assert outside - set(sys.stdlib_module_names) <= allowed


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_the_lower_floors_do_no_input_and_output(path: Path):
    if room_of(path) not in PURE:
        return
    source = path.read_text(encoding="utf-8")
    assert {name.split(".")[0] for name in imported(path)} & IMPURE_MODULES == set()
    assert "print(" not in source


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_rooms_and_functions_stay_small(path: Path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 440
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert length <= 60, node.name


def test_loading_the_extension_imports_no_heavy_room():
    import subprocess

    script = (
        "import sys\nfrom IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\nbefore = set(sys.modules)\n"
        "shell.run_line_magic('load_ext', 'respmagic')\n"
        "shell.run_cell('@respmagic.tool\\ndef f(): pass')\n"
        "print(sorted(m.split('.')[0] for m in set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    heavy = {"httpx", "pydantic", "pydantic_core", "ipywidgets", "markdown_it", "nh3", "pygments"}
    assert heavy.isdisjoint(ast.literal_eval(done.stdout))


SCRIPT = "import respmagic\nassert respmagic.respond('Hello', profile='demo').text"
CELL = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_line_magic("load_ext", "respmagic")
shell.run_cell("%%responses -p demo\\nHello").raise_error()
"""
OF_TOOLS_AND_FORMS = {"pydantic", "pydantic_core", "docstring_parser", "respmagic._commands"}
OF_NOTEBOOKS = {"IPython", "ipywidgets", "markdown_it", "nh3", "pygments"}


@pytest.mark.parametrize(
    ("script", "spared"),
    [
        pytest.param(SCRIPT, OF_TOOLS_AND_FORMS | OF_NOTEBOOKS, id="script"),
        pytest.param(CELL, OF_TOOLS_AND_FORMS | {"ipywidgets", "pygments.lexers"}, id="cell"),
    ],
)
def test_a_plain_answer_imports_nothing_that_only_others_need(script: str, spared: set[str]):
    import subprocess

    told = "import sys\nbefore = set(sys.modules)\n%s\nprint(sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", told % script], capture_output=True, text=True, check=True
    )
    loaded = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    assert "respmagic._running" in loaded
    assert spared & loaded == set()


def test_the_index_is_the_contract():
    import respmagic

    assert respmagic.__all__ == sorted(respmagic.__all__)
    assert all(getattr(respmagic, name) is not None for name in respmagic.__all__)
    assert set(respmagic.__all__) <= set(dir(respmagic))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        respmagic.nothing  # noqa: B018 - asking is the point
