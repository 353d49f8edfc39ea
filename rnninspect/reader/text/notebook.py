"""The code cells of a notebook, in the formats 3 and 4 of Jupyter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rnninspect.errors import UnreadableSource


class Cell(NamedTuple):
    """A code cell: its number among all cells (from 1), its text, and what it left behind."""

    number: int
    text: str
    execution_count: int | None = None
    outputs: tuple[Mapping[str, Any], ...] = ()
    """As they are in the file; ``reader.outputs`` reads them."""


class Notebook(NamedTuple):
    """The code of a notebook."""

    cells: tuple[Cell, ...]
    python: str
    """The version of Python that it was last run with, as far as the file says."""


def read_notebook(data: bytes, shown: str) -> Notebook:
    """Return the code cells of a notebook. Raises UnreadableSource where it is not one."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
        return Notebook(tuple(_cells(content)), _python_version(content.get("metadata")))
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError):
        raise UnreadableSource(f"{shown}: this is not a notebook") from None


def _cells(content: Any) -> Iterator[Cell]:
    cells = content.get("cells")
    if cells is None:  # format 3
        cells = [cell for sheet in content["worksheets"] for cell in sheet["cells"]]
    for number, cell in enumerate(cells, start=1):
        if cell.get("cell_type") == "code":
            text = joined(cell.get("source", cell.get("input", "")))
            count = cell.get("execution_count", cell.get("prompt_number"))
            outputs = cell.get("outputs")
            yield Cell(
                number,
                text.replace("\r\n", "\n").replace("\r", "\n"),
                count if isinstance(count, int) else None,
                tuple(one for one in outputs if isinstance(one, dict))
                if isinstance(outputs, list)
                else (),
            )


def joined(text: Any) -> str:
    """Return a text that a notebook holds whole or in lines. Raises TypeError for anything else."""
    return text if isinstance(text, str) else "".join(text)


def _python_version(metadata: Any) -> str:
    """Return a version (``2.7.18``) or its first part, empty where the file has none."""
    if not isinstance(metadata, dict):
        return ""
    language, kernel = metadata.get("language_info"), metadata.get("kernelspec")
    version = language.get("version") if isinstance(language, dict) else None
    name = kernel.get("name") if isinstance(kernel, dict) else None
    if isinstance(version, str):
        return version
    return {"python2": "2", "python3": "3"}.get(name, "") if isinstance(name, str) else ""
