"""Which file of a package imports which, read from the texts; nothing is imported for it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "rnninspect"

Graph = Mapping[str, frozenset[str]]
"""From each file to the files that it imports; files as ``group/module.py``."""


def package_texts() -> dict[str, str]:
    """Return the text of each file of rnninspect."""
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imports(text: str) -> Iterator[str]:
    """Yield the dotted names that a text imports; ``a.b`` for ``from a import b``.

    Imports in functions and below ``if TYPE_CHECKING`` count like all others.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def graph_of(texts: Mapping[str, str], package: str = "rnninspect") -> Graph:
    """Return which file imports which, without what is not part of the package."""
    return {
        file: frozenset(
            imported
            for name in imports(text)
            if (imported := _file_of(name, texts, package)) is not None
        )
        for file, text in texts.items()
    }


def _file_of(name: str, texts: Mapping[str, str], package: str) -> str | None:
    first, *words = name.split(".")
    if first != package:
        return None
    # The last words may be a class in a module, or a name in a package.
    while words:
        path = "/".join(words)
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in texts:
                return file
        words.pop()
    return "__init__.py" if "__init__.py" in texts else None


def circles(graph: Graph) -> list[frozenset[str]]:
    """Return the groups of files that import each other, directly or through others."""
    reach = {file: _reachable(file, graph) for file in graph}
    return sorted(
        {
            frozenset(other for other in reach[file] if file in reach[other])
            for file in graph
            if file in reach[file]
        },
        key=sorted,
    )


def _reachable(file: str, graph: Graph) -> set[str]:
    reached: set[str] = set()
    ahead = set(graph[file])
    while ahead:
        reached |= ahead
        ahead = {after for name in ahead for after in graph[name]} - reached
    return reached
