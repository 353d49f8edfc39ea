"""The files that a program imports: found inside the tree only, parsed and followed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.reader.cell_map import CellMap
from rnninspect.reader.text.code import Piece
from rnninspect.reader.tree import MAX_IMPORTED_BYTES, FollowedModule, Tree
from rnninspect.reader.values import ScopeRef


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    for name in ("a.py", "package/__init__.py", "package/b.py", "src/c.py", "deep/er/main.py"):
        (tmp_path / "root" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / name).write_text("x = 1\n")
    (tmp_path / "outside.py").write_text("x = 1\n")
    (tmp_path / "root" / "link.py").symlink_to(tmp_path / "outside.py")
    return Tree(str(tmp_path / "root"))


@pytest.mark.parametrize(
    ("module", "level", "importer", "found"),
    [
        ("a", 0, "main.py", "a.py"),
        ("package", 0, "main.py", "package/__init__.py"),
        ("package.b", 0, "main.py", "package/b.py"),
        ("b", 1, "package/x.py", "package/b.py"),
        ("a", 2, "package/x.py", "a.py"),
        ("", 1, "package/x.py", "package/__init__.py"),
        ("a", 0, "deep/er/main.py", "a.py"),
        ("c", 0, "main.py", "src/c.py"),
        ("missing", 0, "main.py", None),
        ("outside", 2, "main.py", None),
        ("link", 0, "main.py", None),
        ("a/b", 0, "main.py", None),
    ],
)
def test_a_module_is_found_where_python_would(
    tree: Tree, module: str, level: int, importer: str, found: str | None
) -> None:
    result = tree.find(module, level, str(tree.root / importer))
    assert result == (None if found is None else str(tree.root / found))


def test_a_module_is_followed_once(tree: Tree) -> None:
    followed: list[str] = []

    def follow(
        tree: Tree, path: str, pieces: tuple[Piece, ...], name: str, scope: ScopeRef
    ) -> FollowedModule:
        followed.append(name)
        return FollowedModule(scope, CellMap(), {})

    path = str(tree.root / "a.py")
    assert tree.module(path, "a", follow) is tree.module(path, "again", follow)
    assert followed == ["a"]


def test_a_circle_ends_with_what_is_not_known_yet(tree: Tree) -> None:
    inner: list[FollowedModule | None] = []

    def follow(
        tree: Tree, path: str, pieces: tuple[Piece, ...], name: str, scope: ScopeRef
    ) -> FollowedModule:
        inner.append(tree.module(path, name, follow))
        return FollowedModule(scope, CellMap(), {})

    made = tree.module(str(tree.root / "a.py"), "a", follow)
    (met,) = inner
    assert made is not None
    assert met is not None
    assert met.scope is made.scope
    assert getattr(met.cells[met.scope], "has_more", "") == "modules import each other"


def test_what_cannot_be_read_is_none(tree: Tree) -> None:
    (tree.root / "large.py").write_text("#" * (MAX_IMPORTED_BYTES + 1))
    (tree.root / "broken.py").write_text("def (")
    assert tree.pieces(str(tree.root / "large.py")) is None
    assert tree.pieces(str(tree.root / "broken.py")) is None
    assert tree.pieces(str(tree.root / "none.py")) is None
    assert tree.pieces(str(tree.root / "a.py")) is not None


def test_what_a_program_and_its_imports_look_for(tree: Tree) -> None:
    main, a = str(tree.root / "main.py"), str(tree.root / "a.py")
    tree.find("a", 0, main)
    tree.find("missing", 0, a)
    assert list(tree.imports_from(main)) == [
        (main, [("a", 0, a)]),
        (a, [("missing", 0, None)]),
    ]
