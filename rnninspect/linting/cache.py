"""Cache: the results of files, by the content of the files and of all that they import."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from rnninspect.diagnostics import Cause, Change, ChangeKind, Diagnostic, Edit, Fix, Place, Severity
from rnninspect.language import Said
from rnninspect.linting.discovery import SourceFile
from rnninspect.linting.result import Demands, FileResult, FileSummary
from rnninspect.reader.tree import Tree
from rnninspect.rules.checked_file.subject import Suppression
from rnninspect.rules.registry import codes
from rnninspect.version import __version__

DEFAULT_FOLDER = ".rnninspect_cache"
PACKAGE = Path(__file__).parent.parent
_VERSION = re.compile(r"\d+\.\d+[\w.]*-[0-9a-f]+")
"""The name of the folder of one version of the program."""


@cache
def program_version() -> str:
    """Return a digest of the program's code: names, sizes and times of its files, and of Python.

    Takes about a millisecond. Whatever changes in the package makes all entries old.
    """
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    folders = [os.fspath(PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith(".py"):
                    state = entry.stat()
                    digest.update(f"{entry.path} {state.st_size} {state.st_mtime_ns}".encode())
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    return digest.hexdigest()[:16]


class Cache:
    """Entries are files of JSON, each written at once, so that runs can share them.

    The key of an entry holds the file, its settings (with the version of Keras that is quoted),
    the rules and the program's own version. A damaged entry is a miss. Without a folder nothing
    is kept.
    """

    def __init__(self, folder: str | None) -> None:
        self.folder = None
        if folder is not None:
            self.folder = Path(folder, f"{__version__}-{program_version()}")
        self._sums: dict[str, str | None] = {}

    def get(
        self, source: SourceFile, data: bytes, demands: Demands, trees: dict[str, Tree]
    ) -> FileResult | None:
        """Return the result of a file with this content; None if an import has changed."""
        if self.folder is None:
            return None
        try:
            entry = json.loads(self._place(source, data, demands).read_bytes())
            tree = trees.setdefault(source.root, Tree(source.root))
            if not self._is_current(entry["imports"], tree):
                return None
            return _unpacked(entry["result"])
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return None

    def put(
        self, source: SourceFile, data: bytes, demands: Demands, result: FileResult, tree: Tree
    ) -> None:
        """Write the result of a file; do nothing where it cannot be written."""
        if self.folder is None:
            return
        entry = {
            "imports": [
                [path, self._sum_of(path) if path != source.path else None, wanted]
                for path, wanted in tree.imports_from(source.path)
            ],
            "result": _packed(result),
        }
        target = self._place(source, data, demands)
        with suppress(OSError):
            self._prepare(target.parent)
            # Only a new result pays for the import.
            import tempfile

            handle, temporary = tempfile.mkstemp(dir=target.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(entry, file)
            Path(temporary).replace(target)

    def _prepare(self, folder: Path) -> None:
        assert self.folder is not None
        if folder.is_dir():
            return
        above = self.folder.parent
        is_ours, is_new = not above.is_dir(), not self.folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        if is_ours:  # in a folder that was there before, nothing but entries is written
            (above / ".gitignore").write_text("*\n", "utf-8")
            (above / "CACHEDIR.TAG").write_text(
                "Signature: 8a477f597d28d172789f06886806bc55\n", "utf-8"
            )
        if is_new:
            for old in above.iterdir():
                if old.is_dir() and old != self.folder and _VERSION.fullmatch(old.name):
                    shutil.rmtree(old, ignore_errors=True)

    def _place(self, source: SourceFile, data: bytes, demands: Demands) -> Path:
        assert self.folder is not None
        if not data:  # a saved model
            data = _summed(source.path)
        root = os.fspath(Path.cwd() / source.root)
        key = repr((source.path, root, source.is_named, demands, codes()))
        name = hashlib.sha256(key.encode(errors="surrogatepass") + b"\0" + data).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}.json"

    def _is_current(self, imports: Sequence[Any], tree: Tree) -> bool:
        for path, content, wanted in imports:
            if content is not None and self._sum_of(path) != content:
                return False
            for module, level, target in wanted:
                if tree.find(module, level, path) != target:
                    return False
        return True

    def _sum_of(self, path: str) -> str | None:
        if path not in self._sums:
            try:
                self._sums[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
            except OSError:
                self._sums[path] = None
        return self._sums[path]


def _summed(path: str) -> bytes:
    digest = hashlib.sha256()
    where = Path(path)
    paths = sorted(p for p in where.rglob("*") if p.is_file()) if where.is_dir() else [where]
    for inner in paths:
        digest.update(os.fsencode(inner))
        with inner.open("rb") as file:
            while chunk := file.read(2**20):
                digest.update(chunk)
    return digest.digest()


def _packed(result: FileResult) -> list[Any]:
    # Named tuples are lists in JSON; ``_unpacked`` knows which is which.
    return [result.file, list(map(_with_templates, result.diagnostics)), result.suppressions]


def _with_templates(value: Any) -> Any:
    """Return a value whose sentences keep their templates, so that they can be translated later."""
    if isinstance(value, Said):
        return {"template": value.template, "values": _with_templates(dict(value.values))}
    if isinstance(value, dict):
        return {key: _with_templates(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_with_templates(inner) for inner in value]
    return value


def _text(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return Said.of(value["template"], {key: _text(inner) for key, inner in value["values"].items()})


def _unpacked(entry: Sequence[Any]) -> FileResult:
    file, diagnostics, suppressions = entry
    return FileResult(
        _file(FileSummary(*file)),
        tuple(map(_diagnostic, diagnostics)),
        tuple(
            Suppression(Place(*place), first, last, tuple(codes), is_region)
            for place, first, last, codes, is_region in suppressions
        ),
    )


def _file(packed: FileSummary) -> FileSummary:
    return packed._replace(
        doubts=tuple(packed.doubts),
        not_followed=tuple(
            (path, cell, line, reason) for path, cell, line, reason in packed.not_followed
        ),
    )


def _diagnostic(values: Sequence[Any]) -> Diagnostic:
    packed = Diagnostic(*values)
    cause, change, fix = packed.cause, packed.change, packed.fix
    return packed._replace(
        severity=Severity(packed.severity),
        message=_text(packed.message),
        help=_text(packed.help),
        place=Place(*packed.place),
        cause=cause and Cause(cause[0], Place(*cause[1]), _text(cause[2])),
        change=change and Change(ChangeKind(change[0]), change[1], Place(*change[2])),
        flow=tuple(packed.flow),
        fix=fix and Fix(_text(fix[0]), fix[1], tuple(map(_edit, fix[2]))),
    )


def _edit(values: Sequence[Any]) -> Edit:
    path, cell, start, end, text = values
    return Edit(path, cell, (start[0], start[1]), (end[0], end[1]), text)
