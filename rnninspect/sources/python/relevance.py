"""Relevance: which functions of a program can have to do with layers, by the words in them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from rnninspect.layers import registry
from rnninspect.sources.dialects import CLASSES
from rnninspect.sources.python.code import Piece
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.names import canonical, is_keras

BUILDING = frozenset(
    [
        *" ".join([*registry.FAMILIES.values(), *registry.OTHER_FAMILIES.values()]).split(),
        *registry.ALIASES,
        *CLASSES,
        *registry.FOREIGN,
        *"Functional Input Layer Model Sequential clone_model deserialize from_config".split(),
        *"model_from_config model_from_json model_from_yaml".split(),
    ]
)
"""Names without which no model is built."""

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Relevance:
    """What of a program can build a layer or a model, itself or by what it calls.

    It goes by names alone, so it may take too much for relevant, never too little: what a program
    imports from other files of its ``tree`` is relevant too.
    """

    def __init__(self, pieces: Sequence[Piece], path: str, tree: Tree | None) -> None:
        self.words = set(BUILDING)
        definitions: list[tuple[_Definition, set[str]]] = []
        found: set[str] = set()
        for piece in pieces:
            for node in ast.walk(piece.tree):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    self._import(node, path, tree)
            for statement in _top_level(piece.tree.body):
                words = set(_words(statement))
                found |= words
                if isinstance(statement, _Definition):
                    definitions.append((statement, words))
        self.is_any = not found.isdisjoint(self.words)
        self._relevant: set[int] = set()
        self._close(definitions)

    def holds(self, function: ast.AST) -> bool:
        """Whether a function of the program is relevant."""
        if isinstance(function, ast.Lambda):
            return not self.words.isdisjoint(_words(function))
        return id(function) in self._relevant

    def _import(self, node: ast.Import | ast.ImportFrom, path: str, tree: Tree | None) -> None:
        if tree is None:
            return
        if isinstance(node, ast.Import):
            for alias in node.names:
                if tree.find(alias.name, 0, path) or tree.find(
                    alias.name.partition(".")[0], 0, path
                ):
                    self.words.add(alias.asname or alias.name.partition(".")[0])
            return
        module = node.module or ""
        if not node.level and is_keras(canonical(module)):
            return
        inside = tree.find(module, node.level, path)
        for alias in node.names:
            inner = f"{module}.{alias.name}".lstrip(".")
            if alias.name == "*" and inside:
                self.words.add("*")
            elif inside or tree.find(inner, node.level, path):
                self.words.add(alias.asname or alias.name)

    def _close(self, definitions: Iterable[tuple[_Definition, set[str]]]) -> None:
        """Whoever names what is relevant is relevant."""
        left = list(definitions)
        if "*" in self.words:  # any name may come from another file
            self.is_any = True
            self.words |= {word for _, words in left for word in words}
        while True:
            met = [one for one in left if not one[1].isdisjoint(self.words)]
            if not met:
                return
            left = [one for one in left if one[1].isdisjoint(self.words)]
            for node, _ in met:
                self.words.add(node.name)
                self._relevant.add(id(node))
                if isinstance(node, ast.ClassDef):
                    self._relevant.update(
                        id(one) for one in ast.walk(node) if isinstance(one, _Definition)
                    )


def _top_level(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a module; those under ``if``, ``try`` and the like by themselves."""
    found: list[ast.stmt] = []
    for one in body:
        if isinstance(one, _Definition) or not hasattr(one, "body"):
            found.append(one)
            continue
        inner = [*getattr(one, "body", []), *getattr(one, "orelse", [])]
        inner += getattr(one, "finalbody", [])
        for handler in getattr(one, "handlers", []):
            inner += handler.body
        found += _top_level(inner)
        found += [ast.Expr(head) for head in _heads(one)]
    return found


def _heads(node: ast.stmt) -> list[ast.expr]:
    return [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]


def _words(node: ast.AST) -> Iterable[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield one.id
        elif isinstance(one, ast.Attribute):
            yield one.attr
        elif isinstance(one, ast.Constant):
            if isinstance(one.value, str) and one.value.isidentifier():
                yield one.value
        elif isinstance(one, ast.alias):
            yield one.name
            yield one.asname or ""
