"""Reading never runs anything: only ``keras_runtime`` may start processes, import or run code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rnninspect"

MODULES = frozenset(
    """
    _pickle _posixsubprocess asyncio cffi cloudpickle code codeop concurrent ctypes dill imp
    importlib jax joblib keras marshal multiprocessing pdb pickle pkgutil pty runpy shelve
    subprocess tensorflow tf_keras torch zipimport
    """.split()
)
"""Modules that run code, start processes, or load objects that can."""
READ_ONLY = ("importlib.metadata", "importlib.resources")
BUILTINS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec"})
METHODS = frozenset(
    """
    execl execle execlp execlpe execv execve execvp execvpe fork forkpty popen posix_spawn
    posix_spawnp spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe startfile system
    allow_pickle unsafe_load full_load
    """.split()
)
"""Functions of ``os`` and of libraries that do the same, and the switch of NumPy."""

ALLOWED = {
    ("linting/run.py", "concurrent"): "the linter's own functions in several processes",
    ("linting/run.py", "multiprocessing"): "how those processes are started",
    ("cli/program.py", "importlib"): "a command's module by the table in cli/main.py",
    ("cli/program.py", "import_module"): "the same: the table holds whole names",
    ("layers/registry.py", "importlib"): "a family of layers by the registry's table",
    ("reader/text/python2.py", "importlib"): "whether fissix is installed, without importing it",
    ("reader/library/objects.py", "importlib"): "a file of the reader's library by its table",
    ("reader/library/table.py", "importlib"): "the same",
    ("render/formats.py", "importlib"): "a renderer by the table of formats",
    ("rules/registry.py", "importlib"): "a rule by the names of the files in rules/",
    ("rules/registry.py", "import_module"): "the same: the names come from a listing of the folder",
    ("sources/read.py", "importlib"): "a reader by the table of formats",
}
"""What files outside ``keras_runtime`` use nevertheless, and for what."""


def uses(tree: ast.AST) -> Iterator[str]:
    """Yield the name of everything in a file that could run code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _foreign([alias.name for alias in node.names])
        elif isinstance(node, ast.ImportFrom):
            yield from _foreign([node.module or ""])
            yield from (alias.name for alias in node.names if alias.name in METHODS)
        elif isinstance(node, ast.Name) and node.id in BUILTINS:
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr in METHODS:
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg in METHODS:
            yield node.arg
        elif isinstance(node, ast.Call) and _is_import(node) and not _imports_our_own(node):
            yield "import_module"


def _foreign(modules: list[str]) -> Iterator[str]:
    for module in modules:
        top = module.partition(".")[0]
        if top in MODULES and module not in READ_ONLY:
            yield top


def _is_import(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "import_module"


def _imports_our_own(call: ast.Call) -> bool:
    """Whether the module's name begins with ``rnninspect.`` as it is written."""
    match call.args[0]:
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]):
            return start.startswith("rnninspect.")
        case ast.Constant(value=str(name)):
            return name.startswith("rnninspect.")
        case _:
            return False


def shown(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] != "keras_runtime"
]


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_nothing_is_run_outside_keras_runtime(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [name for name in uses(tree) if (shown(path), name) not in ALLOWED] == []


@pytest.mark.parametrize(("file", "name"), ALLOWED)
def test_every_exception_is_needed(file: str, name: str) -> None:
    tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
    assert name in set(uses(tree))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import subprocess", "subprocess"),
        ("def f():\n    from subprocess import Popen", "subprocess"),
        ("import tensorflow.keras as k", "tensorflow"),
        ("from importlib import util", "importlib"),
        ("import os\nos.system('ls')", "system"),
        ("from os import execv", "execv"),
        ("eval('1')", "eval"),
        ("run = exec", "exec"),
        ("import numpy\nnumpy.load(path, allow_pickle=True)", "allow_pickle"),
        ("import yaml\nyaml.unsafe_load(text)", "unsafe_load"),
        ("import_module(name)", "import_module"),
        ("importlib.import_module(f'{name}.x')", "import_module"),
        ("import_module('keras')", "import_module"),
    ],
)
def test_what_runs_code_would_be_found(text: str, name: str) -> None:
    assert name in set(uses(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "import_module(f'rnninspect.{name}')",
        "re.compile('x')",
        "import rnninspect.keras_runtime",
        "from importlib.metadata import version",
    ],
)
def test_our_own_modules_are_not_foreign_code(text: str) -> None:
    assert list(uses(ast.parse(text))) == []
