"""The order of the groups, no circles between files, and how light the package is."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.import_graph import Graph, circles, graph_of, package_texts

ORDER = (
    "version",
    "strictness",
    "errors",
    "language",
    "json_values",
    "diagnostics",
    "ir",
    "layers",
    "sources",
    "reader",
    "keras_runtime",
    "opening",
    "analysis",
    "comparison",
    "rules",
    "report",
    "fixing",
    "linting",
    "lessons",
    "render",
    "api",
    "cli",
)
"""A group (a folder or a file) imports only from itself and from what is above it here."""

ALLOWED_IMPORTS: dict[tuple[str, str], str] = {}
"""Imports against the order, with the reason; an entry that is no longer needed fails a test."""

ALLOWED_CIRCLES: dict[str, str] = {}
"""Files that are in a circle, with the reason; an entry that is no longer needed fails a test."""

GRAPH = graph_of(package_texts())


def group_of(file: str) -> str:
    return file.partition("/")[0].removesuffix(".py")


def wrong_imports(graph: Graph) -> set[tuple[str, str]]:
    """Return the imports (from, to) that do not point to their own group or to one above it."""
    return {
        (file, imported)
        for file, names in graph.items()
        for imported in names
        if group_of(file) in ORDER and rank(imported) > rank(file)
    }


def rank(file: str) -> int:
    """Return the position of a file's group; the package itself is at the top of all."""
    group = group_of(file)
    return ORDER.index(group) if group in ORDER else len(ORDER)


def test_imports_point_one_way() -> None:
    assert wrong_imports(GRAPH) == set(ALLOWED_IMPORTS)


def test_every_group_is_in_the_order() -> None:
    groups = {group_of(file) for file in GRAPH} - {"__init__", "__main__"}
    assert groups == set(ORDER)


def test_no_files_import_each_other() -> None:
    assert {file for circle in circles(GRAPH) for file in circle} == set(ALLOWED_CIRCLES)


def test_a_wrong_import_would_be_found() -> None:
    texts = {
        "layers/x.py": "def f():\n    from rnninspect.cli.main import main",
        "layers/y.py": "import rnninspect",
        "cli/main.py": "from rnninspect.layers import x",
        "layers/__init__.py": "",
        "__init__.py": "",
    }
    assert wrong_imports(graph_of(texts)) == {
        ("layers/x.py", "cli/main.py"),
        ("layers/y.py", "__init__.py"),
    }


CIRCLE = {
    "ir/__init__.py": "",
    "ir/a.py": "import os\nfrom rnninspect.ir.b import B",
    "ir/b.py": "def f():\n    import rnninspect.ir.c",
    "ir/c.py": "if TYPE_CHECKING:\n    from rnninspect.ir import a",
    "ir/apart.py": "from rnninspect.ir.a import A",
}


def test_a_circle_would_be_found_in_functions_and_type_checks_too() -> None:
    assert circles(graph_of(CIRCLE)) == [frozenset({"ir/a.py", "ir/b.py", "ir/c.py"})]


@pytest.mark.parametrize("file", ["ir/a.py", "ir/b.py", "ir/c.py"])
def test_a_circle_is_gone_when_one_import_is(file: str) -> None:
    assert circles(graph_of({**CIRCLE, file: ""})) == []


def test_an_import_relative_to_the_file_would_be_found() -> None:
    with pytest.raises(AssertionError, match="absolute"):
        graph_of({"ir/a.py": "from . import b"})


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


UNUSED_BY_A_PLAIN_SUMMARY = {
    "rnninspect.analysis.gates",
    "rnninspect.analysis.stored",
    "rnninspect.ir.inputs",
    "rnninspect.layers.einsum",
    "rnninspect.layers.merging",
    "rnninspect.layers.operations",
    "rnninspect.render.findings",
    "rnninspect.render.json",
    "rnninspect.render.markdown",
    "rnninspect.render.verdicts",
    "rnninspect.sources.dialects",
    "rnninspect.sources.inbound",
}
"""Modules for other options, other models, stored weights, comparisons, and what is wrong."""


def test_a_summary_does_not_pay_for_what_it_does_not_need(samples: Path) -> None:
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
    assert not {m for m in modules if m.startswith("rnninspect.linting")}
    assert not {m for m in modules if m.startswith("rnninspect.rules")}
    assert not {m for m in modules if m.startswith("rnninspect.reader")}
    assert not modules & UNUSED_BY_A_PLAIN_SUMMARY
    assert {f"{m.partition('.')[2].replace('.', '/')}.py" for m in UNUSED_BY_A_PLAIN_SUMMARY} <= {
        *GRAPH
    }  # none was renamed


def test_checking_a_right_program_pays_for_neither_patches_nor_hints(samples: Path) -> None:
    code = (
        "import sys\nfrom rnninspect.cli.main import main\n"
        "main(['check-stack', '--no-cache', sys.argv[1]], standalone_mode=False)"
    )
    modules = modules_after(code, str(samples / "programs" / "good_stack.py"))
    assert "tomllib" in modules
    assert not modules & {"difflib", "tempfile", "tensorflow", "keras", "numpy", "h5py"}
