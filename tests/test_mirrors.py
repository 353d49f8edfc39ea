"""Every file of the package has its test: ``rnninspect/x/y.py`` in ``tests/x/test_y.py``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.import_graph import Graph, graph_of, package_texts

TO_COME: tuple[str, ...] = ()
"""Folders and files of the package whose mirrored tests are not complete yet."""


class ThroughCaller(NamedTuple):
    """A file without a test of its own: the test of the only file that imports it, and why."""

    test: str
    reason: str


THROUGH_CALLER: dict[str, ThroughCaller] = {}
"""Files of the package that are tested through their only caller."""

TESTS = Path(__file__).parent
TEXTS = package_texts()


def mirror(file: str) -> str:
    """Return the place of a file's test; ``__main__.py`` is tested in ``test_main.py``."""
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}test_{name.removesuffix('.py').strip('_')}.py"


def holds_code(text: str) -> bool:
    """Whether a file does anything: a docstring alone needs no test."""
    return any(not isinstance(node, ast.Expr) for node in ast.parse(text).body)


def holds_tests(test: str) -> bool:
    path = TESTS / test
    return path.is_file() and any(
        isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def without_test(texts: Mapping[str, str], exists: Callable[[str], bool]) -> list[str]:
    """Return the files that are neither mirrored by a test nor excused in one of the tables."""
    return [
        file
        for file, text in texts.items()
        if holds_code(text)
        and not any(file == place or file.startswith(f"{place}/") for place in TO_COME)
        and file not in THROUGH_CALLER
        and not exists(mirror(file))
    ]


def callers(file: str, graph: Graph) -> list[str]:
    return sorted(other for other, imported in graph.items() if file in imported)


def wrong_entries(
    table: Mapping[str, ThroughCaller], graph: Graph, exists: Callable[[str], bool]
) -> list[str]:
    """Return the entries of the table that do not name the test of the file's only caller."""
    return [
        file
        for file, entry in table.items()
        if exists(mirror(file))
        or not entry.reason
        or [entry.test] != [mirror(caller) for caller in callers(file, graph)]
        or not exists(entry.test)
    ]


def test_every_file_has_its_test() -> None:
    assert without_test(TEXTS, holds_tests) == []


def test_what_is_tested_through_its_caller_has_one_caller_and_its_test() -> None:
    assert wrong_entries(THROUGH_CALLER, graph_of(TEXTS), holds_tests) == []


def test_the_place_of_a_test() -> None:
    assert mirror("render/table.py") == "render/test_table.py"
    assert mirror("errors.py") == "test_errors.py"
    assert mirror("__main__.py") == "test_main.py"
    assert mirror("reader/library/__init__.py") == "reader/library/test_init.py"


def test_a_file_without_a_test_would_be_found() -> None:
    texts = {
        "__init__.py": '"""Words alone."""',
        "render/new.py": "def draw(): ...",
        "render/old.py": "def draw(): ...",
        "render/__init__.py": "def draw(): ...",
    }
    exists = {"render/test_old.py"}
    assert without_test(texts, exists.__contains__) == ["render/new.py", "render/__init__.py"]


CALLED = {
    "ir/a.py": "",
    "ir/b.py": "from rnninspect.ir.a import A",
    "ir/c.py": "def f():\n    from rnninspect.ir import d",
    "ir/d.py": "from rnninspect.ir.e import E",
    "ir/e.py": "",
    "ir/f.py": "from rnninspect.ir.e import E",
}


@pytest.mark.parametrize(
    ("file", "test", "reason", "tests", "is_right"),
    [
        ("ir/a.py", "ir/test_b.py", "is its syntax", ["ir/test_b.py"], True),
        ("ir/a.py", "ir/test_b.py", "", ["ir/test_b.py"], False),
        ("ir/a.py", "ir/test_b.py", "has a test", ["ir/test_a.py", "ir/test_b.py"], False),
        ("ir/a.py", "ir/test_b.py", "no such test", [], False),
        ("ir/a.py", "ir/test_c.py", "another's test", ["ir/test_c.py"], False),
        ("ir/d.py", "ir/test_c.py", "imported in a function", ["ir/test_c.py"], True),
        ("ir/e.py", "ir/test_d.py", "two callers", ["ir/test_d.py", "ir/test_f.py"], False),
        ("ir/x.py", "ir/test_b.py", "is not there", ["ir/test_b.py"], False),
    ],
)
def test_a_wrong_entry_would_be_found(
    file: str, test: str, reason: str, tests: list[str], is_right: bool
) -> None:
    table = {file: ThroughCaller(test, reason)}
    wrong = wrong_entries(table, graph_of(CALLED), tests.__contains__)
    assert wrong == ([] if is_right else [file])


def test_a_test_without_tests_would_be_found() -> None:
    assert holds_tests("test_mirrors.py")
    assert not holds_tests("import_graph.py")
    assert not holds_tests("test_nothing.py")
