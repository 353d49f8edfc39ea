"""Cache: what files gave before, by what they and all that they import hold."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from rnninspect.diagnostics import Cause, Change, Diagnostic, Edit, Fix, Place, Severity
from rnninspect.language import Said
from rnninspect.linting.discovery import Found
from rnninspect.linting.file import Demands, FileResult
from rnninspect.linting.result import CheckedFile
from rnninspect.linting.suppression import Suppression
from rnninspect.sources.python.modules import Tree
from rnninspect.version import __version__

DEFAULT_FOLDER = ".rnninspect_cache"
_FORM = "2"
"""The form of an entry; another one makes all entries old."""
_VERSION = re.compile(r"\d+\.\d+[\w.]*-\d+")
"""The name of the folder of a version and a form."""


class Cache:
    """Entries are files of JSON, each written at once, so that runs can share them.

    Whatever is not a whole entry counts as none. ``None`` as folder keeps nothing.
    """

    def __init__(self, folder: str | None) -> None:
        self.folder = None if folder is None else Path(folder, f"{__version__}-{_FORM}")
        self._sums: dict[str, str | None] = {}

    def get(
        self, found: Found, data: bytes, demands: Demands, trees: dict[str, Tree]
    ) -> FileResult | None:
        """What a file with this content gave, if nothing that it imports has changed."""
        if self.folder is None:
            return None
        try:
            entry = json.loads(self._place(found, data, demands).read_bytes())
            tree = trees.setdefault(found.root, Tree(found.root))
            if not self._is_current(entry["imports"], tree):
                return None
            return _unpacked(entry["result"])
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return None

    def put(
        self, found: Found, data: bytes, demands: Demands, result: FileResult, tree: Tree
    ) -> None:
        """Keep what a file gave; without a word where it cannot be written."""
        if self.folder is None:
            return
        entry = {
            "imports": [
                [path, self._sum_of(path) if path != found.path else None, wanted]
                for path, wanted in tree.imports_from(found.path)
            ],
            "result": _packed(result),
        }
        target = self._place(found, data, demands)
        with suppress(OSError):
            self._prepare(target.parent)
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

    def _place(self, found: Found, data: bytes, demands: Demands) -> Path:
        assert self.folder is not None
        if not data:  # a saved model
            data = _summed(found.path)
        root = os.fspath(Path.cwd() / found.root)
        said = repr((found.path, root, found.is_named, demands))
        name = hashlib.sha256(said.encode(errors="surrogatepass") + b"\0" + data).hexdigest()
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
    files = sorted(one for one in where.rglob("*") if one.is_file()) if where.is_dir() else [where]
    for one in files:
        digest.update(os.fsencode(one))
        with one.open("rb") as file:
            while chunk := file.read(2**20):
                digest.update(chunk)
    return digest.digest()


def _packed(result: FileResult) -> list[Any]:
    # Named tuples are lists in JSON; ``_unpacked`` knows which is which.
    return [result.file, [_with_templates(one) for one in result.found], result.suppressions]


def _with_templates(value: Any) -> Any:
    """A value in which every sentence keeps its template, so that it can be translated later."""
    if isinstance(value, Said):
        return {"template": value.template, "values": _with_templates(dict(value.values))}
    if isinstance(value, dict):
        return {key: _with_templates(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_with_templates(one) for one in value]
    return value


def _text(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return Said.of(value["template"], {key: _text(one) for key, one in value["values"].items()})


def _unpacked(entry: Sequence[Any]) -> FileResult:
    file, found, suppressions = entry
    return FileResult(
        CheckedFile(*file),
        tuple(map(_diagnostic, found)),
        tuple(
            Suppression(Place(*place), first, last, tuple(codes), is_region)
            for place, first, last, codes, is_region in suppressions
        ),
    )


def _diagnostic(values: Sequence[Any]) -> Diagnostic:
    one = Diagnostic(*values)
    cause, change, fix = one.cause, one.change, one.fix
    return one._replace(
        severity=Severity(one.severity),
        message=_text(one.message),
        help=_text(one.help),
        place=Place(*one.place),
        cause=cause and Cause(cause[0], Place(*cause[1]), _text(cause[2])),
        change=change and Change(change[0], change[1], Place(*change[2])),
        flow=tuple(one.flow),
        fix=fix and Fix(_text(fix[0]), fix[1], tuple(map(_edit, fix[2]))),
    )


def _edit(values: Sequence[Any]) -> Edit:
    path, cell, start, end, text = values
    return Edit(path, cell, (start[0], start[1]), (end[0], end[1]), text)
