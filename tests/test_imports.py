"""The order of the groups, and how light the package is."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rnninspect"

ORDER = (
    "version",
    "errors",
    "language",
    "diagnostics",
    "ir",
    "layers",
    "sources",
    "reader",
    "keras_runtime",
    "analysis",
    "comparison",
    "rules",
    "report",
    "fixing",
    "verifying",
    "linting",
    "lessons",
    "render",
    "api",
    "cli",
)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def group_of(module: str) -> str:
    return module.split(".")[1]


def wrong_imports(path: Path, text: str) -> list[str]:
    """The imports of a file that do not point to its own group or to the left."""
    group = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if path.relative_to(PACKAGE).parts[:2] == ("sources", "python"):
        group = "reader"  # which takes its place
    return [
        module
        for module in imports(ast.parse(text))
        if module.startswith("rnninspect.") and ORDER.index(group_of(module)) > ORDER.index(group)
    ]


FILES = [
    path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] not in ("__init__.py", "__main__.py")
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    assert wrong_imports(path, path.read_text(encoding="utf-8")) == []


def test_a_wrong_import_would_be_found() -> None:
    text = "def f():\n    from rnninspect.cli.main import main"
    assert wrong_imports(PACKAGE / "layers" / "x.py", text) == ["rnninspect.cli.main"]


def test_every_group_is_in_the_order() -> None:
    groups = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
    assert groups == set(ORDER)


def modules_after(code: str, *arguments: str) -> set[str]:
    """The top-level packages that a fresh interpreter has imported after running the code."""
    code += "\nimport json, sys\nprint(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


HEAVY = {"tensorflow", "keras", "numpy", "h5py", "rich"}


def test_import_rnninspect_is_light() -> None:
    assert not modules_after("import rnninspect") & HEAVY


def test_reading_a_keras_archive_needs_neither_h5py_nor_rich(samples: Path) -> None:
    code = "import sys, rnninspect\nrnninspect.inspect(sys.argv[1])"
    assert not modules_after(code, str(samples / "lstm_stack.keras")) & HEAVY


def test_only_the_families_that_a_model_uses_are_imported(samples: Path) -> None:
    code = (
        "import sys, rnninspect\nrnninspect.inspect(sys.argv[1])\n"
        "print(sorted(m.rpartition('.')[2] for m in sys.modules if '.layers.' in m))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(samples / "lstm_stack.keras")],
        capture_output=True,
        text=True,
        check=True,
    )
    families = set(ast.literal_eval(done.stdout))
    assert {"core", "recurrent"} <= families
    assert not families & {"attention", "merging", "pooling", "wrappers", "operations"}


def test_a_summary_does_not_pay_for_the_linter(samples: Path) -> None:
    code = (
        "import sys\nfrom rnninspect.cli.main import main\n"
        "main(['summary', sys.argv[1], '--compare', 'none'], standalone_mode=False)\n"
        "print(sorted(m for m in sys.modules if m.startswith('rnninspect.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(samples / "lstm_stack.keras")],
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    assert "rnninspect.cli.summary" in modules
    assert "rnninspect.cli.check_stack" not in modules
    assert not {m for m in modules if m.startswith(("rnninspect.rules", "rnninspect.linting"))}
    assert not {m for m in modules if m.startswith("rnninspect.sources.python")}
    assert not modules & {"rnninspect.layers.merging", "rnninspect.layers.operations"}
