"""Candidates: the edits of a program's text that might mend a finding, the likeliest first.

They are found in the syntax alone. Which of them mends the program is seen by reading it again.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from rnninspect.diagnostics import Change, Edit
from rnninspect.language import said
from rnninspect.layers.signatures import POSITIONAL
from rnninspect.reader.code import Piece

_SHAPES = ("shape", "input_shape", "batch_shape", "batch_input_shape")
_MOST_CONSTANTS = 12
N = TypeVar("N", bound=ast.AST)


class Candidate(NamedTuple):
    """Edits to try. ``decides_rounds`` if they say in which rounds of a loop it holds."""

    description: str
    edits: tuple[Edit, ...]
    decides_rounds: bool = False
    is_certain: bool = True
    """Whether it is safe where it mends; a guess of a size is not."""


class Syntax:
    """One piece of a program with what stands round each part of it."""

    def __init__(self, piece: Piece, path: str) -> None:
        self.piece = piece
        self.path = path
        self.lines = piece.text.split("\n")
        self.parents: dict[ast.AST, ast.AST] = {
            child: node for node in ast.walk(piece.tree) for child in ast.iter_child_nodes(node)
        }

    def all(self, kind: type[N]) -> list[N]:
        """Every part of a kind, as they stand in the text."""
        found = [node for node in ast.walk(self.piece.tree) if isinstance(node, kind)]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))  # type: ignore[attr-defined]

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a part stands in, the innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def text(self, node: ast.AST) -> str:
        """A part as it is written."""
        return ast.get_source_segment(self.piece.text, node) or ""

    def column(self, line: int, offset: int) -> int:
        """The column in characters, counted from 1."""
        return len(self.lines[line - 1].encode()[:offset].decode(errors="ignore")) + 1

    def start(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a part begins."""
        return node.lineno, self.column(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a part ends."""
        line = node.end_lineno or node.lineno
        return line, self.column(line, node.end_col_offset or 0)

    def replace(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        """Write something else in the place of a part."""
        return Edit(self.path, self.piece.cell, self.start(node), self.end(node), text)

    def add_argument(self, call: ast.Call, text: str) -> Edit:
        """Write one more argument at the end of a call."""
        line, column = self.end(call)
        closing = (line, column - 1)
        given = [*call.args, *(one.value for one in call.keywords)]
        if not given:
            return Edit(self.path, self.piece.cell, closing, closing, text)
        at = max(self.end(one) for one in given)
        if ")" in self._between(at, closing):  # the last argument stands in brackets of its own
            at = closing
        return Edit(self.path, self.piece.cell, at, at, f", {text}")

    def _between(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        lines = self.lines[start[0] - 1 : end[0]]
        lines[-1] = lines[-1][: end[1] - 1]
        lines[0] = lines[0][start[1] - 1 :]
        return "\n".join(line.partition("#")[0] for line in lines)


def candidates(pieces: tuple[Piece, ...], path: str, change: Change) -> Iterator[Candidate]:
    """What might mend a finding that asks for this change."""
    if change.argument == "shape":
        for piece in pieces:
            syntax = Syntax(piece, path)
            if piece.cell in (None, change.place.cell):
                yield from _of_input_shapes(syntax, change)
        return
    for piece in pieces:
        if piece.cell == change.place.cell:
            syntax = Syntax(piece, path)
            for call in _constructors(syntax, change):
                if change.argument == "omit":
                    yield from _without(syntax, call)
                else:
                    yield from _of_argument(syntax, call, change)


def _constructors(syntax: Syntax, change: Change) -> Iterator[ast.Call]:
    """The call that made the layer, and what it wraps, the innermost first."""
    where = change.place.line, change.place.column
    calls = syntax.all(ast.Call)
    for call in calls:
        ends = (change.place.end_line, change.place.end_column)
        if syntax.start(call) == where and syntax.end(call) == ends:
            yield from _inside(syntax, call, calls)


def _inside(syntax: Syntax, call: ast.Call, calls: list[ast.Call]) -> Iterator[ast.Call]:
    first = next(
        (one.value for one in call.keywords if one.arg == "layer"),
        call.args[0] if call.args else None,
    )
    if isinstance(first, ast.Call):
        yield from _inside(syntax, first, calls)
    elif isinstance(first, ast.Name):
        for one in calls:
            parent = syntax.parents.get(one)
            if isinstance(parent, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == first.id for target in parent.targets
            ):
                yield one
    yield call


def _without(syntax: Syntax, call: ast.Call) -> Iterator[Candidate]:
    """Leave a layer out: of the list it stands in, or with the statement that uses it."""
    described = said("leave {layer} out", layer=syntax.text(call.func))
    parent = syntax.parents[call]
    if isinstance(parent, ast.List | ast.Tuple) and len(parent.elts) > 1:
        number = parent.elts.index(call)
        start, end = syntax.start(call), syntax.end(call)
        if number + 1 < len(parent.elts):
            end = syntax.start(parent.elts[number + 1])
        else:
            start = syntax.end(parent.elts[number - 1])
        edit = Edit(syntax.path, syntax.piece.cell, start, end, "")
        yield Candidate(described, (edit,), is_certain=False)
        return
    for node in syntax.around(call):
        if isinstance(node, ast.Expr | ast.Assign):
            value = node.value
            used = isinstance(value, ast.Call) and value.args[:1]
            if isinstance(node, ast.Assign) and used and not _gives_on(node, used[0]):
                return
            yield Candidate(described, (_taking_out(syntax, node),), is_certain=False)
            return
        if isinstance(node, ast.stmt):
            return


def _taking_out(syntax: Syntax, node: ast.stmt) -> Edit:
    """Take a statement out with its lines, or put ``pass`` where a block would be left empty."""
    (first, start), (last, end) = syntax.start(node), syntax.end(node)
    before, after = syntax.lines[first - 1][: start - 1], syntax.lines[last - 1][end - 1 :]
    block = getattr(syntax.parents[node], "body", [])
    alone = not before.strip() and not after.partition("#")[0].strip()
    if alone and last < len(syntax.lines) and node in block and len(block) > 1:
        return Edit(syntax.path, syntax.piece.cell, (first, 1), (last + 1, 1), "")
    return syntax.replace(node, "pass")


def _gives_on(node: ast.Assign, used: ast.expr) -> bool:
    """Whether a statement binds what it uses anew: ``x = layer(x)``."""
    target = node.targets[0]
    return isinstance(target, ast.Name) and isinstance(used, ast.Name) and target.id == used.id


def _of_argument(syntax: Syntax, call: ast.Call, change: Change) -> Iterator[Candidate]:
    name, value = change.argument, change.value
    written = f"{name}={value}"
    given = next((one.value for one in call.keywords if one.arg == name), None)
    function = syntax.text(call.func)
    if given is None:
        names = POSITIONAL.get(function.rpartition(".")[2], ())
        if name in names and len(call.args) > names.index(name):
            given = call.args[names.index(name)]
    described = said("pass {argument} to {function}", argument=written, function=function)
    if given is not None and isinstance(given, ast.Constant):
        yield Candidate(described, (syntax.replace(given, str(value)),))
    if given is not None and not isinstance(given, ast.Constant):
        yield from _of_parameter(syntax, call, given, value)
    is_open = any(one.arg is None for one in call.keywords)
    from_afar = is_open or isinstance(given, ast.Name | ast.Attribute | ast.Subscript)
    if from_afar:
        yield from _of_constants(syntax, name, value)
    if value is True and not isinstance(given, ast.Constant):
        for condition, more in _conditions(syntax, call):
            edit = (
                syntax.add_argument(call, f"{name}={condition}")
                if given is None
                else syntax.replace(given, condition)
            )
            argument = f"{name}={condition}"
            text = said("pass {argument} to {function}", argument=argument, function=function)
            yield Candidate(text, (*more, edit), decides_rounds=True)
    if is_open:
        yield from _of_dicts(syntax, name, value)
    elif given is None:
        yield Candidate(described, (syntax.add_argument(call, written),))
    elif not isinstance(given, ast.Constant):
        yield Candidate(described, (syntax.replace(given, str(value)),))


def _of_parameter(
    syntax: Syntax, call: ast.Call, given: ast.expr, value: object
) -> Iterator[Candidate]:
    """The layer's argument is a parameter of a function: its callers can pass it."""
    function = next((one for one in syntax.around(call) if isinstance(one, ast.FunctionDef)), None)
    if function is None or not isinstance(given, ast.Name):
        return
    arguments = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    keywords = [one.arg for one in function.args.kwonlyargs]
    if given.id not in (*arguments, *keywords):
        return
    for caller in syntax.all(ast.Call):
        called = syntax.text(caller.func)
        if called.rpartition(".")[2] != function.name:
            continue
        position = arguments.index(given.id) if given.id in arguments else len(caller.args)
        if arguments[:1] in (["self"], ["cls"]) and "." in called:
            position -= 1
        passed = next((one.value for one in caller.keywords if one.arg == given.id), None)
        if passed is None and given.id in arguments and position < len(caller.args):
            passed = caller.args[position]
        argument = f"{given.id}={value}"
        described = said("pass {argument} to {function}", argument=argument, function=called)
        if passed is not None:
            yield Candidate(described, (syntax.replace(passed, str(value)),))
        else:
            yield Candidate(described, (syntax.add_argument(caller, f"{given.id}={value}"),))


def _of_constants(syntax: Syntax, name: str, value: object) -> Iterator[Candidate]:
    """The value comes from a list, a dict or a variable: one of the constants in the text."""
    others = [
        node
        for node in syntax.all(ast.Constant)
        if isinstance(node.value, bool) and node.value is not value
    ]
    for node in others[:_MOST_CONSTANTS]:
        described = said("let {argument} be {value} there", argument=name, value=value)
        yield Candidate(described, (syntax.replace(node, str(value)),))


def _of_dicts(syntax: Syntax, name: str, value: object) -> Iterator[Candidate]:
    """The arguments come from a dict that does not have this one yet."""
    dicts = [
        node
        for node in syntax.all(ast.Dict)
        if node.values and "units" in [k.value for k in node.keys if isinstance(k, ast.Constant)]
    ]
    for node in dicts[:_MOST_CONSTANTS]:
        at = syntax.end(node.values[-1])
        edit = Edit(syntax.path, syntax.piece.cell, at, at, f', "{name}": {value}')
        yield Candidate(_to_dict(name, value), (edit,))
    for call in syntax.all(ast.Call)[: 10 * _MOST_CONSTANTS]:
        named = [one.arg for one in call.keywords]
        if isinstance(call.func, ast.Name) and call.func.id == "dict" and "units" in named:
            edit = syntax.add_argument(call, f"{name}={value}")
            yield Candidate(_to_dict(name, value), (edit,))


def _to_dict(name: str, value: object) -> str:
    return said("add {argument} to the dict of arguments", argument=f"{name}={value}")


def _conditions(syntax: Syntax, call: ast.Call) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Conditions that hold in every round of the loop but the last, and edits they need."""
    for node in syntax.around(call):
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            return
        loops: Sequence[ast.For | ast.comprehension] = ()
        if isinstance(node, ast.For):
            loops = [node]
        elif isinstance(node, ast.ListComp | ast.GeneratorExp):
            loops = node.generators[-1:]
        for loop in loops:
            yield from _of_loop(syntax, loop)


def _of_loop(
    syntax: Syntax, loop: ast.For | ast.comprehension
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    source, target = loop.iter, loop.target
    called = syntax.text(source.func) if isinstance(source, ast.Call) else ""
    args = source.args if isinstance(source, ast.Call) else []
    if called in ("range", "xrange") and isinstance(target, ast.Name) and args:
        if len(args) < 3:
            yield f"{target.id} < {_less_one(syntax, args[-1])}", ()
        return
    if called == "enumerate" and isinstance(target, ast.Tuple) and len(args) == 1:
        if isinstance(target.elts[0], ast.Name):
            count = _count(syntax, args[0])
            if count:
                yield f"{target.elts[0].id} < {count}", ()
        return
    count = _count(syntax, source)
    if not count:
        return
    taken = {node.id for node in syntax.all(ast.Name)}
    index = next((one for one in ("i", "index", "n_round") if one not in taken), None)
    if index is None:
        return
    inner = syntax.text(target)
    bare = isinstance(target, ast.Tuple) and not inner.startswith(("(", "["))
    edits = (
        syntax.replace(target, f"{index}, ({inner})" if bare else f"{index}, {inner}"),
        syntax.replace(source, f"enumerate({syntax.text(source)})"),
    )
    yield f"{index} < {count}", edits


def _count(syntax: Syntax, source: ast.expr) -> str:
    """How many rounds a loop over this makes, less one, as text; empty where it is not plain."""
    if isinstance(source, ast.List | ast.Tuple):
        starred = any(isinstance(one, ast.Starred) for one in source.elts)
        return "" if starred else str(len(source.elts) - 1)
    if isinstance(source, ast.Name | ast.Attribute | ast.Subscript):
        return f"len({syntax.text(source)}) - 1"
    if isinstance(source, ast.Call) and syntax.text(source.func) == "zip" and source.args:
        counts = [_count(syntax, one) for one in source.args]
        return counts[0] if all(counts) else ""
    return ""


def _less_one(syntax: Syntax, node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return str(node.value - 1)
    text = syntax.text(node)
    simple = isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        simple = True
    return f"{text} - 1" if simple else f"({text}) - 1"


def _of_input_shapes(syntax: Syntax, change: Change) -> Iterator[Candidate]:
    """Input shapes that stand in the text, the last one before the finding first."""
    line = change.place.line or 0
    for call in sorted(syntax.all(ast.Call), key=lambda one: (one.lineno > line, -one.lineno)):
        function = syntax.text(call.func).rpartition(".")[2]
        given: list[ast.expr] = [one.value for one in call.keywords if one.arg in _SHAPES]
        if function in ("Input", "InputLayer", "build") and call.args and not given:
            given = call.args[:1]
        for shape in given:
            yield from _SHAPE_EDITS[change.value](syntax, shape)


def _with_feature(syntax: Syntax, shape: ast.expr) -> Iterator[Candidate]:
    if isinstance(shape, ast.Tuple | ast.List) and shape.elts:
        at = syntax.end(shape.elts[-1])
        edit = Edit(syntax.path, syntax.piece.cell, at, at, ", 1")
        if isinstance(shape, ast.Tuple) and len(shape.elts) == 1:
            edit = syntax.replace(shape, f"({syntax.text(shape.elts[0])}, 1)")
        yield Candidate(said("give the input a feature axis of size 1"), (edit,), is_certain=False)
    elif isinstance(shape, ast.Subscript) and syntax.text(shape).endswith(".shape[1:]"):
        edit = syntax.replace(shape, f"(*{syntax.text(shape)}, 1)")
        yield Candidate(said("give the input a feature axis of size 1"), (edit,), is_certain=False)


def _without_batch(syntax: Syntax, shape: ast.expr) -> Iterator[Candidate]:
    described = said("leave the batch out of the input shape")
    if isinstance(shape, ast.Attribute) and shape.attr == "shape":
        yield Candidate(described, (syntax.replace(shape, f"{syntax.text(shape)}[1:]"),))
    elif isinstance(shape, ast.Tuple | ast.List) and len(shape.elts) > 2:
        first, second = shape.elts[:2]
        edit = Edit(syntax.path, syntax.piece.cell, syntax.start(first), syntax.start(second), "")
        text = syntax.text(first)
        counted = text == "None" or text.endswith(".shape[0]") or text.startswith("len(")
        yield Candidate(described, (edit,), is_certain=counted)


_SHAPE_EDITS: Mapping[str, Callable[[Syntax, ast.expr], Iterator[Candidate]]] = {
    "feature": _with_feature,
    "batch": _without_batch,
}
