"""The language of the code: names say what a thing is, docstrings begin with what comes back."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.import_graph import package_texts

VAGUE = {"one", "found", "given", "known", "said"}
"""Words that say nothing about the element of a loop, a local variable or a parameter."""

VERBS = set(
    """
    Add Answer Apply Build Call Check Compare Declare Discard Escape Evaluate Explain Fill Find Fix
    Import List Make Note Parse Print Put Raise Read Replace Return Run Send Show Sort Split Start
    Stop Take Translate Whether Work Write Yield
    """.split()
)
"""The words with which the docstring of a function begins; that of a property may be a noun."""

OTHER_DOCSTRINGS = {("cli/main.py", "main"): "the motto of the program is the first line of --help"}
"""Functions whose docstring begins in another way, with the reason."""

APART = ("reader/",)
"""Folders that have tests of their language of their own, or that are being replaced."""

TEXTS = {file: text for file, text in package_texts().items() if not file.startswith(APART)}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def vague_names(texts: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and name of every variable and parameter with a vague name."""
    for file, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in VAGUE:
                yield file, node.lineno, node.id
            if isinstance(node, ast.arg) and node.arg in VAGUE:
                yield file, node.lineno, node.arg


def other_docstrings(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield file and name of every function whose docstring does not begin with a verb."""
    for file, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, Function) or _is_noun(node):
                continue
            docstring = ast.get_docstring(node)
            if docstring is not None and docstring.split()[0].rstrip(":,") not in VERBS:
                yield file, node.name


def _is_noun(function: Function) -> bool:
    """Whether it is a property, or a rule, whose docstring is the rule's page."""
    names = {
        part.id if isinstance(part, ast.Name) else part.attr
        for decorator in function.decorator_list
        for part in ast.walk(decorator)
        if isinstance(part, ast.Name | ast.Attribute)
    }
    return bool(names & {"property", "cached_property", "rule"})


def test_names_say_what_a_thing_is() -> None:
    assert list(vague_names(TEXTS)) == []


def test_docstrings_of_functions_begin_with_a_verb() -> None:
    assert set(other_docstrings(TEXTS)) == set(OTHER_DOCSTRINGS)


@pytest.mark.parametrize(
    "code",
    [
        "for one in rows: pass",
        "found = 1",
        "rows = [known for known in table]",
        "def f(given): pass",
        "if (said := f()): pass",
    ],
)
def test_a_vague_name_would_be_found(code: str) -> None:
    assert len(list(vague_names({"x.py": code}))) == 1


def test_a_docstring_without_a_verb_would_be_found() -> None:
    code = """
def f():
    '''The rows of a table.'''
def g():
    '''Return the rows of a table.'''
class A:
    '''A table.'''
    @property
    def rows(self):
        '''The rows of a table.'''
@rule("RNN101")
def h():
    '''A table has no rows.'''
"""
    assert list(other_docstrings({"x.py": code})) == [("x.py", "f")]
