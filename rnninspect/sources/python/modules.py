"""Tree: the other files that a program imports, as far as they belong to what is checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rnninspect.errors import RnnInspectError
from rnninspect.reader.text.code import Piece, pieces_of
from rnninspect.sources.python.values import Module

MAX_IMPORTED_BYTES = 2 * 2**20
MAX_FILES = 200
"""How many imported files are kept in memory."""


class Tree:
    """The programs below one directory, read as text when another one imports them.

    Nothing outside of the directory is read, also not through a link.
    """

    def __init__(self, root: str) -> None:
        self.root = Path(root).resolve()
        self._pieces: dict[str, tuple[Piece, ...] | None] = {}
        self._found: dict[tuple[str, int, str], str | None] = {}
        self._imports: dict[str, dict[tuple[str, int], str | None]] = {}
        self.modules: dict[str, Module] = {}
        """The files that were followed already."""
        self.lines: dict[tuple[str, int | None], list[str]] = {}
        """The lines of every file and cell that was followed."""

    def find(self, module: str, level: int, path: str) -> str | None:
        """The file of a module that the program at ``path`` imports; None if it is not here."""
        key = module, level, str(Path(path).parent)
        if key not in self._found:
            self._found[key] = self._search(module, level, path)
        self._imports.setdefault(path, {})[module, level] = self._found[key]
        return self._found[key]

    def imports_from(self, path: str) -> Iterator[tuple[str, list[tuple[str, int, str | None]]]]:
        """What a program and all that it imports look for, each with the file it found."""
        waiting, seen = [path], {path}
        for one in waiting:
            wanted = self._imports.get(one, {})
            yield one, [(module, level, target) for (module, level), target in wanted.items()]
            for target in wanted.values():
                if target is not None and target not in seen:
                    seen.add(target)
                    waiting.append(target)

    def _search(self, module: str, level: int, path: str) -> str | None:
        parts = module.split(".") if module else []
        if not all(one.isidentifier() for one in parts):
            return None
        for folder in self._folders(path, level):
            base = folder.joinpath(*parts)
            for candidate in (base.with_suffix(".py") if parts else base, base / "__init__.py"):
                if candidate.suffix == ".py" and self._is_inside(candidate):
                    return (
                        str(candidate) if Path(path).is_absolute() else os.path.relpath(candidate)
                    )
        return None

    def _folders(self, path: str, level: int) -> Iterator[Path]:
        folder = Path.cwd().joinpath(path).parent
        if level:
            for _ in range(level - 1):
                folder = folder.parent
            yield folder
            return
        while True:
            yield folder
            if folder.resolve() == self.root or folder == folder.parent:
                return
            folder = folder.parent

    def _is_inside(self, file: Path) -> bool:
        try:
            real = file.resolve()
            return real.is_file() and real.is_relative_to(self.root)
        except (OSError, ValueError):
            return False

    def pieces(self, path: str) -> tuple[Piece, ...] | None:
        """A file's program; None where it cannot be read."""
        if path not in self._pieces:
            if len(self._pieces) >= MAX_FILES:
                self._pieces.clear()
                self.modules.clear()
                self.lines.clear()
            self._pieces[path] = self._read(path)
        return self._pieces[path]

    @staticmethod
    def _read(path: str) -> tuple[Piece, ...] | None:
        try:
            if Path(path).stat().st_size > MAX_IMPORTED_BYTES:
                return None
            return pieces_of(Path(path).read_bytes(), path)
        except (OSError, RnnInspectError):
            return None
