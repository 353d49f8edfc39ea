"""Tree: the other files that a program imports, as far as they belong to what is checked.

Each file is parsed once and followed once, whoever imports it: what it leaves in its module is kept
as a state, from which every importing program gets a copy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rnninspect.errors import RnnInspectError
from rnninspect.reader.cell_map import CellMap
from rnninspect.reader.cells import Names
from rnninspect.reader.text.code import Piece, pieces_of
from rnninspect.reader.values import ScopeRef

MAX_IMPORTED_BYTES = 2 * 2**20
MAX_FILES = 200
"""How many imported files are kept in memory."""

FollowModule = Callable[["Tree", str, tuple[Piece, ...], str, ScopeRef], "FollowedModule"]


class FollowedModule(NamedTuple):
    """A file that was followed by itself: its names, and everything they refer to."""

    scope: ScopeRef
    cells: CellMap
    written: dict[Any, Any]


class Tree:
    """The programs below one directory, read as text when another one imports them.

    Nothing outside of the directory is read, also not through a link.
    """

    def __init__(self, root: str) -> None:
        self.root = Path(root).resolve()
        self._pieces: dict[str, tuple[Piece, ...] | None] = {}
        self._found: dict[tuple[str, int, str], str | None] = {}
        self._imports: dict[str, dict[tuple[str, int], str | None]] = {}
        self.modules: dict[str, FollowedModule] = {}
        self._following: dict[str, ScopeRef] = {}
        self.lines: dict[tuple[str, int | None], list[str]] = {}
        """The lines of every file and cell that was followed."""

    def find(self, module: str, level: int, path: str) -> str | None:
        """Return the file of a module that the program at ``path`` imports; None if none has it."""
        key = module, level, str(Path(path).parent)
        if key not in self._found:
            self._found[key] = self._search(module, level, path)
        self._imports.setdefault(path, {})[module, level] = self._found[key]
        return self._found[key]

    def imports_from(self, path: str) -> Iterator[tuple[str, list[tuple[str, int, str | None]]]]:
        """Yield what a program and all that it imports look for, with the file that was found."""
        waiting, seen = [path], {path}
        for source in waiting:
            wanted = self._imports.get(source, {})
            yield source, [(module, level, target) for (module, level), target in wanted.items()]
            for target in wanted.values():
                if target is not None and target not in seen:
                    seen.add(target)
                    waiting.append(target)

    def module(self, path: str, name: str, follow: FollowModule) -> FollowedModule | None:
        """Return a file of the tree, followed by itself; None if it cannot be read."""
        if path in self.modules:
            return self.modules[path]
        if path in self._following:  # a circle of imports: what it has by now is not known
            scope = self._following[path]
            names = Names({}, object(), has_more="modules import each other")
            return FollowedModule(scope, CellMap(({scope: names},)), {})
        pieces = self.pieces(path)
        if pieces is None:
            return None
        scope = ScopeRef(path=path)
        self._following[path] = scope
        try:
            followed = follow(self, path, pieces, name, scope)
        finally:
            del self._following[path]
        self.modules[path] = followed
        return followed

    def _search(self, module: str, level: int, path: str) -> str | None:
        parts = module.split(".") if module else []
        if not all(part.isidentifier() for part in parts):
            return None
        for folder in self._folders(path, level):
            base = folder.joinpath(*parts)
            for candidate in (base.with_suffix(".py") if parts else base, base / "__init__.py"):
                if candidate.suffix == ".py" and self._is_inside(candidate):
                    is_absolute = Path(path).is_absolute()
                    return str(candidate) if is_absolute else os.path.relpath(candidate)
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
                break
            folder = folder.parent
        yield from (self.root / name for name in ("src", "lib", "python"))

    def _is_inside(self, file: Path) -> bool:
        try:
            real = file.resolve()
            return real.is_file() and real.is_relative_to(self.root)
        except (OSError, ValueError):
            return False

    def pieces(self, path: str) -> tuple[Piece, ...] | None:
        """Return a file's program; None if it cannot be read."""
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
