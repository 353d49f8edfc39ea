"""Makes a program that violates small: statements and parts are left out while it still does."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from tests.reader.soundness.claims import Reader
from tests.reader.soundness.judge import Violation, judge_text
from tests.reader.soundness.worker import Worker

MAX_TRIALS = 1_500
EXECUTIONS = 24  # small programs are fast, and the input that matters may be rare
BODIES = ("body", "orelse", "finalbody", "handlers", "cases", "decorator_list", "keywords", "args")


class Minimizer:
    """Tries smaller trees and keeps those that `fails` still finds a violation in."""

    def __init__(self, text: str, fails: Callable[[str], bool]) -> None:
        self.tree = ast.parse(text)
        self.fails = fails
        self.trials = 0

    def holds(self, tree: ast.Module) -> bool:
        self.trials += 1
        if self.trials > MAX_TRIALS:
            return False
        try:
            text = ast.unparse(ast.fix_missing_locations(tree))
            compile(text, "program.py", "exec")
        except (SyntaxError, ValueError, TypeError, AttributeError, RecursionError):
            return False
        return self.fails(text)

    def attempt(self, change: Callable[[ast.Module], bool]) -> bool:
        """Apply a change to a copy of the tree, which becomes the tree if it still fails."""
        tree = copy.deepcopy(self.tree)
        if not change(tree) or not self.holds(tree):
            return False
        self.tree = tree
        return True

    def run(self) -> str:
        size = None
        while size != (size := len(ast.dump(self.tree))) and self.trials < MAX_TRIALS:
            self.shrink_lists()
            self.unwrap()
            self.simplify()
        return ast.unparse(self.tree)

    def shrink_lists(self) -> None:
        """Delete chunks of statements, handlers, arguments: half, quarters, … one by one."""
        for number, (_, name) in reversed(list(enumerate(_lists(self.tree)))):
            found = _lists(self.tree)
            if number >= len(found) or found[number][1] != name:
                continue
            count = len(getattr(*found[number]))
            size = count
            while size:
                start = max(0, count - size)
                while start >= 0:
                    if self.attempt(lambda t, n=number, s=start, z=size: _delete(t, n, s, z)):  # type: ignore[misc]
                        count -= size
                    start -= size
                size //= 2

    def unwrap(self) -> None:
        """Replace compound statements by their bodies."""
        number = 0
        while self.attempt(lambda t, n=number: _unwrap(t, n)) or number < _compounds(self.tree):  # type: ignore[misc]
            number += 1

    def simplify(self) -> None:
        """Replace expressions by their parts, or by 0, [] and the like."""
        number = 0
        while number < sum(1 for _ in _expressions(self.tree)):
            for choice in range(6):
                if self.attempt(lambda t, n=number, c=choice: _simplify(t, n, c)):  # type: ignore[misc]
                    break
            number += 1


def _lists(tree: ast.AST) -> list[tuple[ast.AST, str]]:
    return [
        (node, name)
        for node in ast.walk(tree)
        for name in BODIES
        if isinstance(getattr(node, name, None), list) and getattr(node, name)
    ]


def _delete(tree: ast.Module, number: int, start: int, size: int) -> bool:
    found = _lists(tree)
    if number >= len(found):
        return False
    node, name = found[number]
    items = getattr(node, name)
    if start >= len(items):
        return False
    del items[start : start + size]
    if name == "body" and not items and not isinstance(node, ast.Module):
        items.append(ast.Pass())
    return True


def _blocks(tree: ast.AST) -> Iterator[tuple[list[ast.stmt], int]]:
    for node, name in _lists(tree):
        items = getattr(node, name)
        if isinstance(items[0], ast.stmt):
            for i, item in enumerate(items):
                if hasattr(item, "body") and not isinstance(item, ast.FunctionDef | ast.ClassDef):
                    yield items, i


def _compounds(tree: ast.AST) -> int:
    return sum(1 for _ in _blocks(tree))


def _unwrap(tree: ast.Module, number: int) -> bool:
    for count, (items, i) in enumerate(_blocks(tree)):
        if count == number:
            items[i : i + 1] = items[i].body  # type: ignore[attr-defined]
            return True
    return False


def _expressions(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield where the expressions are that are read, as (node, field, index)."""
    for node in ast.walk(tree):
        for name, part in ast.iter_fields(node):
            for i, item in enumerate(part if isinstance(part, list) else [part]):
                context = getattr(item, "ctx", None)
                if isinstance(item, ast.expr) and not isinstance(context, ast.Store | ast.Del):
                    yield node, name, i if isinstance(part, list) else None


def _simplify(tree: ast.Module, number: int, choice: int) -> bool:
    for count, (node, name, i) in enumerate(_expressions(tree)):
        if count < number:
            continue
        held = getattr(node, name)
        old = held if i is None else held[i]
        if isinstance(old, ast.Constant | ast.Name) or name == "func":
            return False
        parts = [part for part in ast.iter_child_nodes(old) if isinstance(part, ast.expr)]
        options: list[ast.expr] = [*parts[:4], ast.Constant(0), ast.List([], ast.Load())]
        if choice >= len(options) or ast.dump(options[choice]) == ast.dump(old):
            return False
        if i is None:
            setattr(node, name, options[choice])
        else:
            held[i] = options[choice]
        return True
    return False


def minimize(violation: Violation, reader: Reader, worker: Worker) -> Violation:
    """Return a violation of the same kind in a program as small as can be found."""
    unreachable = violation.mismatches[0].claim is None
    last = violation

    def fails(text: str) -> bool:
        nonlocal last
        for seed in (violation.seed, violation.seed + 1):
            score = judge_text(text, reader, worker, seed, EXECUTIONS)
            for found in score.violations:
                if (found.mismatches[0].claim is None) == unreachable:
                    last = found
                    return True
        return False

    Minimizer(violation.text, fails).run()
    return last
