"""Run notebooks and print their cells and outputs, as a terminal can show them.

Usage: python show.py [--save] [--quiet] NOTEBOOK…
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def main() -> int:
    """Run each notebook; 1 if a cell fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--save", action="store_true", help="keep the outputs in the file")
    parser.add_argument("--quiet", action="store_true", help="print no cells")
    options = parser.parse_args()
    return max(run(path, save=options.save, quiet=options.quiet) for path in options.notebooks)


def run(path: Path, *, save: bool, quiet: bool) -> int:
    """Run one notebook."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": path.parent}}
    client = NotebookClient(notebook, timeout=120, resources=resources, store_widget_state=False)
    status = 0
    try:
        client.execute()
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        status = 1
    if not quiet:
        for cell in notebook.cells:
            show(cell)
    if save and status == 0:
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)  # times, different in every run
            drop_widgets(cell)
        notebook.metadata.pop("language_info", None)
        nbformat.write(notebook, path)
    return status


def drop_widgets(cell: nbformat.NotebookNode) -> None:
    """Keep of a widget what it says where it cannot be shown: its kernel is gone, and its id is
    another one in every run."""
    for output in cell.get("outputs", ()):
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)


def show(cell: nbformat.NotebookNode) -> None:
    """Print one cell and its outputs."""
    if cell.cell_type == "markdown":
        print(f"\n{cell.source}\n")
        return
    for number, line in enumerate(cell.source.splitlines()):
        print(("In:  " if number == 0 else "     ") + line)
    for output in cell.outputs:
        for number, line in enumerate(text_of(output).splitlines()):
            print(("Out: " if number == 0 else "     ") + line)
    print()


def text_of(output: nbformat.NotebookNode) -> str:
    """An output as plain text."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return str(output.data.get("text/plain", ""))


if __name__ == "__main__":
    sys.exit(main())
