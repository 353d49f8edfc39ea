"""Relevance: which functions of a program can have to do with layers, by the words in them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from rnninspect.layers import registry
from rnninspect.reader.eras import KERAS_1_WORDS
from rnninspect.reader.naming import canonical, is_keras
from rnninspect.reader.syntax import every_part, parts_of
from rnninspect.reader.text.code import Piece
from rnninspect.reader.tree import Tree
from rnninspect.sources.dialects import CLASSES

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

KERAS_2_WORDS = frozenset(
    """CuDNNLSTM CuDNNGRU fit_generator predict_generator evaluate_generator predict_classes
    predict_proba Convolution1D Convolution2D batch_input_shape nb_epoch border_mode subsample
    nb_filter output_dim Merge TimeDistributedDense MaxoutDense Graph np_utils input_length
    dim_ordering get_session set_session ConfigProto Session placeholder""".split()
)
"""Names that Keras 3 does not have."""
_TELLING_KEYWORDS = KERAS_2_WORDS | KERAS_1_WORDS

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTION, ast.ClassDef)


class Relevance:
    """What of a program can build a layer or a model, itself or by what it calls.

    It goes by names alone, so it may take too much for relevant, never too little: what a program
    imports from other files of its ``tree`` is relevant too.
    """

    def __init__(self, pieces: Sequence[Piece], path: str, tree: Tree | None) -> None:
        self.words = set(BUILDING)
        self._path, self._tree = path, tree
        self.modules: set[str] = set()
        """The modules that it imports; relative ones begin with a dot."""
        self._relevant: set[int] = set()
        self._known: dict[int, tuple[ast.AST, frozenset[str]]] = {}
        """The names in each part that was asked for; the part is kept, so that its id stays its."""
        definitions: list[tuple[_Definition, frozenset[str]]] = []
        found: set[str] = set()
        for piece in pieces:
            for statement in _top_level(piece.tree.body):
                words = self._words_of(statement)
                found |= words
                if isinstance(statement, _DEFINITIONS):
                    definitions.append((statement, words))
        self.found = frozenset(found)
        """The names in the program."""
        self.is_any = not found.isdisjoint(self.words)
        self.is_keras_2 = not found.isdisjoint(KERAS_2_WORDS)
        """Whether the program is plainly written for Keras 1 or 2."""
        if "*" in self.words:  # any name may come from another file
            self.is_any = True
            self.words |= found
        for node, words in _closure(definitions, self.words):
            self._relevant.add(id(node))
            if isinstance(node, ast.ClassDef):
                self._of_class(node, words)

    def holds(self, function: ast.AST) -> bool:
        """Whether a function of the program is relevant."""
        if isinstance(function, ast.Lambda):
            return not self.words.isdisjoint(self._words_of(function))
        return id(function) in self._relevant

    def _of_class(self, node: ast.ClassDef, words: frozenset[str]) -> None:
        """The methods that build, and those that use what was built, by its attribute."""
        methods = [(one, self._words_of(one)) for one in node.body if isinstance(one, _DEFINITIONS)]
        inner = self.words | {
            target.id
            for one in node.body
            if isinstance(one, ast.Assign | ast.AnnAssign)
            for target in every_part(one)
            if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
        }
        for one, of_method in methods:
            if one.name == "__init__" or not inner.isdisjoint(of_method):
                inner |= {
                    target.attr
                    for target in every_part(one)
                    if isinstance(target, ast.Attribute) and isinstance(target.ctx, ast.Store)
                }
        for one, _ in _closure(methods, inner):
            self._relevant.update(
                id(part) for part in every_part(one) if isinstance(part, _FUNCTION)
            )
        self._relevant.update(id(one) for one, _ in methods if one.name == "__init__")

    def _words_of(self, node: ast.AST) -> frozenset[str]:
        """The names in a part of a program; imports of files of the tree become relevant words."""
        if isinstance(node, ast.ClassDef):  # its methods are asked for again
            return frozenset().union(*map(self._words_of, parts_of(node)))
        if id(node) not in self._known:
            self._known[id(node)] = node, frozenset(self._collected(node))
        return self._known[id(node)][1]

    def _collected(self, node: ast.AST) -> set[str]:
        words = set()
        for one in every_part(node):
            kind = one.__class__
            if kind is ast.Name:
                words.add(one.id)  # type: ignore[attr-defined]
            elif kind is ast.Attribute:
                words.add(one.attr)  # type: ignore[attr-defined]
            elif kind is ast.Constant:
                value = one.value  # type: ignore[attr-defined]
                if value.__class__ is str and value.isidentifier():
                    words.add(value)
            elif kind is ast.keyword:
                if one.arg in _TELLING_KEYWORDS:  # type: ignore[attr-defined]
                    words.add(one.arg)  # type: ignore[attr-defined]
            elif isinstance(one, ast.Import | ast.ImportFrom):
                words.update(self._imported(one))
        return words

    def _imported(self, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        module = "" if isinstance(node, ast.Import) else node.module or ""
        if isinstance(node, ast.ImportFrom):
            self.modules.add("." * node.level + module)
        for alias in node.names:
            yield alias.name
            self.modules.add(f"{module}.{alias.name}" if module else alias.name)
            name = alias.asname or alias.name.partition(".")[0]
            if self._is_of_tree(node, module, alias.name) or alias.name in BUILDING:
                self.words.add(name)

    def _is_of_tree(self, node: ast.Import | ast.ImportFrom, module: str, name: str) -> bool:
        if self._tree is None:
            return False
        if isinstance(node, ast.Import):
            wanted = [(name, 0), (name.partition(".")[0], 0)]
        elif not node.level and is_keras(canonical(module)):
            return False
        else:
            wanted = [(module, node.level), (f"{module}.{name}".lstrip("."), node.level)]
        return any(self._tree.find(one, level, self._path) for one, level in wanted)


def _closure(
    definitions: Iterable[tuple[_Definition, frozenset[str]]], words: set[str]
) -> Iterator[tuple[_Definition, frozenset[str]]]:
    """What names something relevant is relevant, and so is its own name from then on."""
    left = list(definitions)
    while met := [one for one in left if not words.isdisjoint(one[1])]:
        left = [one for one in left if words.isdisjoint(one[1])]
        words |= {node.name for node, _ in met}
        yield from met


def _top_level(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module; those under ``if``, ``try`` and the like by themselves."""
    for one in body:
        if isinstance(one, _DEFINITIONS) or not hasattr(one, "body"):
            yield one
            continue
        for part in parts_of(one):
            if isinstance(part, ast.ExceptHandler | ast.match_case):
                yield from _top_level(part.body)
            elif isinstance(part, ast.stmt):
                yield from _top_level([part])
            elif isinstance(part, ast.expr):
                yield ast.Expr(part)
            elif isinstance(part, ast.withitem):
                yield ast.Expr(part.context_expr)
