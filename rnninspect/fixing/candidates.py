"""Candidates: the edits of a program's text that might fix a finding, the likeliest first.

They come from the syntax alone. Which of them fixes the program shows when it is read again.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rnninspect.diagnostics import Change, ChangeKind, Edit
from rnninspect.fixing.constructor_calls import OF_CALLS, edits_of_call
from rnninspect.fixing.syntax import Syntax
from rnninspect.language import said
from rnninspect.layers import registry
from rnninspect.layers.calls import positions
from rnninspect.reader.text.code import Piece

_SHAPES = ("shape", "input_shape", "batch_shape", "batch_input_shape")
_MOST_CONSTANTS = 12
LEAST_RATIO = 0.85
"""How alike two names are (``difflib``) if one is the other with a spelling mistake."""


class Candidate(NamedTuple):
    """Edits to try; ``decides_iterations`` if they treat the iterations of a loop differently."""

    description: str
    edits: tuple[Edit, ...]
    decides_iterations: bool = False
    is_certain: bool = True
    """Whether it is safe where it fixes the finding; a guessed size is not."""


def candidates(pieces: tuple[Piece, ...], path: str, change: Change) -> Iterator[Candidate]:
    """Yield the edits that might make a change that a finding asks for."""
    if change.kind is ChangeKind.SHAPE:
        for piece in pieces:
            syntax = Syntax(piece, path)
            if piece.cell in (None, change.place.cell):
                yield from _of_input_shapes(syntax, change)
        return
    for piece in pieces:
        if piece.cell == change.place.cell:
            syntax = Syntax(piece, path)
            if change.kind in OF_CALLS:
                yield from _of_call(syntax, change)
                continue
            for call in _constructors(syntax, change):
                if change.kind is ChangeKind.OMIT:
                    yield from _without(syntax, call)
                else:
                    yield from _of_argument(syntax, call, change)


def _of_call(syntax: Syntax, change: Change) -> Iterator[Candidate]:
    """Yield edits of the call at the place of a change."""
    for call in syntax.all(ast.Call):
        if _is_at(syntax, call, change):
            for description, edits in edits_of_call(syntax, call, change.kind, change.value):
                yield Candidate(description, edits, is_certain=_is_plain(change))


def _is_plain(change: Change) -> bool:
    """Whether what was meant is beyond doubt: a new name differs by a letter or two."""
    if change.kind != "rename":
        return True
    # Only a renamed argument pays for the import.
    from difflib import SequenceMatcher

    return SequenceMatcher(None, *change.value).ratio() >= LEAST_RATIO


def _is_at(syntax: Syntax, call: ast.Call, change: Change) -> bool:
    place = change.place
    ends = (place.end_line, place.end_column)
    return syntax.start(call) == (place.line, place.column) and syntax.end(call) == ends


def _constructors(syntax: Syntax, change: Change) -> Iterator[ast.Call]:
    """Yield the constructor calls of the layer and of what it wraps, the innermost first."""
    calls = syntax.all(ast.Call)
    for call in calls:
        if _is_at(syntax, call, change):
            yield from _inside(syntax, call, calls)


def _inside(syntax: Syntax, call: ast.Call, calls: list[ast.Call]) -> Iterator[ast.Call]:
    first = next(
        (keyword.value for keyword in call.keywords if keyword.arg == "layer"),
        call.args[0] if call.args else None,
    )
    if isinstance(first, ast.Call):
        yield from _inside(syntax, first, calls)
    elif isinstance(first, ast.Name):
        for other in calls:
            parent = syntax.parents.get(other)
            if isinstance(parent, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == first.id for target in parent.targets
            ):
                yield other
    yield call


def _without(syntax: Syntax, call: ast.Call) -> Iterator[Candidate]:
    """Yield the edit that removes a layer: from its list, or with the statement that uses it."""
    described = said("remove {layer}", layer=syntax.text(call.func))
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
            if isinstance(node, ast.Assign) and used and not _rebinds(node, used[0]):
                return
            yield Candidate(described, (_removal(syntax, node),), is_certain=False)
            return
        if isinstance(node, ast.stmt):
            return


def _removal(syntax: Syntax, node: ast.stmt) -> Edit:
    """Return the edit that deletes a statement, or leaves ``pass`` in a block without others."""
    (first, start), (last, end) = syntax.start(node), syntax.end(node)
    before, after = syntax.lines[first - 1][: start - 1], syntax.lines[last - 1][end - 1 :]
    block = getattr(syntax.parents[node], "body", [])
    alone = not before.strip() and not after.partition("#")[0].strip()
    if alone and last < len(syntax.lines) and node in block and len(block) > 1:
        return Edit(syntax.path, syntax.piece.cell, (first, 1), (last + 1, 1), "")
    return syntax.replace(node, "pass")


def _rebinds(node: ast.Assign, used: ast.expr) -> bool:
    """Whether a statement rebinds the variable that it uses: ``x = layer(x)``."""
    target = node.targets[0]
    return isinstance(target, ast.Name) and isinstance(used, ast.Name) and target.id == used.id


def _of_argument(syntax: Syntax, call: ast.Call, change: Change) -> Iterator[Candidate]:
    name, value = change.kind.value, change.value
    written = f"{name}={value}"
    current = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    function = syntax.text(call.func)
    if current is None:
        declaration = registry.find(function.rpartition(".")[2])
        names = () if declaration is None else positions(declaration)
        if name in names and len(call.args) > names.index(name):
            current = call.args[names.index(name)]
    described = said("pass {argument} to {function}", argument=written, function=function)
    if current is not None and isinstance(current, ast.Constant):
        yield Candidate(described, (syntax.replace(current, str(value)),))
    if current is not None and not isinstance(current, ast.Constant):
        yield from _of_parameter(syntax, call, current, value)
    is_open = any(keyword.arg is None for keyword in call.keywords)
    from_afar = is_open or isinstance(current, ast.Name | ast.Attribute | ast.Subscript)
    if from_afar:
        yield from _of_constants(syntax, name, value)
    if value is True and not isinstance(current, ast.Constant):
        for condition, more in _conditions(syntax, call):
            edit = (
                syntax.add_argument(call, f"{name}={condition}")
                if current is None
                else syntax.replace(current, condition)
            )
            argument = f"{name}={condition}"
            text = said("pass {argument} to {function}", argument=argument, function=function)
            yield Candidate(text, (*more, edit), decides_iterations=True)
    if is_open:
        yield from _of_dicts(syntax, name, value)
    elif current is None:
        yield Candidate(described, (syntax.add_argument(call, written),))
    elif not isinstance(current, ast.Constant):
        yield Candidate(described, (syntax.replace(current, str(value)),))


def _of_parameter(
    syntax: Syntax, call: ast.Call, current: ast.expr, value: object
) -> Iterator[Candidate]:
    """Yield edits of the callers where the layer's argument is a parameter of a function."""
    function = next(
        (node for node in syntax.around(call) if isinstance(node, ast.FunctionDef)), None
    )
    if function is None or not isinstance(current, ast.Name):
        return
    arguments = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    keywords = [arg.arg for arg in function.args.kwonlyargs]
    if current.id not in (*arguments, *keywords):
        return
    for caller in syntax.all(ast.Call):
        called = syntax.text(caller.func)
        if called.rpartition(".")[2] != function.name:
            continue
        position = arguments.index(current.id) if current.id in arguments else len(caller.args)
        if arguments[:1] in (["self"], ["cls"]) and "." in called:
            position -= 1
        passed = next((word.value for word in caller.keywords if word.arg == current.id), None)
        if passed is None and current.id in arguments and position < len(caller.args):
            passed = caller.args[position]
        argument = f"{current.id}={value}"
        described = said("pass {argument} to {function}", argument=argument, function=called)
        if passed is not None:
            yield Candidate(described, (syntax.replace(passed, str(value)),))
        else:
            yield Candidate(described, (syntax.add_argument(caller, f"{current.id}={value}"),))


def _of_constants(syntax: Syntax, name: str, value: object) -> Iterator[Candidate]:
    """Yield edits of constants, one of which may reach the layer through a variable."""
    others = [
        node
        for node in syntax.all(ast.Constant)
        if isinstance(node.value, bool) and node.value is not value
    ]
    for node in others[:_MOST_CONSTANTS]:
        described = said("set {argument} to {value} there", argument=name, value=value)
        yield Candidate(described, (syntax.replace(node, str(value)),))


def _of_dicts(syntax: Syntax, name: str, value: object) -> Iterator[Candidate]:
    """Yield edits of dicts of arguments that do not have this argument yet."""
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
        named = [keyword.arg for keyword in call.keywords]
        if isinstance(call.func, ast.Name) and call.func.id == "dict" and "units" in named:
            edit = syntax.add_argument(call, f"{name}={value}")
            yield Candidate(_to_dict(name, value), (edit,))


def _to_dict(name: str, value: object) -> str:
    return said("add {argument} to the dict of arguments", argument=f"{name}={value}")


def _conditions(syntax: Syntax, call: ast.Call) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield conditions that hold in every iteration of a loop but the last, and edits they need."""
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
    index = next((name for name in ("i", "index", "iteration") if name not in taken), None)
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
    """Return the number of iterations over a source less one, as text; empty if not plain."""
    if isinstance(source, ast.List | ast.Tuple):
        starred = any(isinstance(item, ast.Starred) for item in source.elts)
        return "" if starred else str(len(source.elts) - 1)
    if isinstance(source, ast.Name | ast.Attribute | ast.Subscript):
        return f"len({syntax.text(source)}) - 1"
    if isinstance(source, ast.Call) and syntax.text(source.func) == "zip" and source.args:
        counts = [_count(syntax, argument) for argument in source.args]
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
    """Yield edits of the input shapes in the text, the last one before the finding first."""
    line = change.place.line or 0
    for call in sorted(syntax.all(ast.Call), key=lambda call: (call.lineno > line, -call.lineno)):
        function = syntax.text(call.func).rpartition(".")[2]
        shapes = [keyword.value for keyword in call.keywords if keyword.arg in _SHAPES]
        if function in ("Input", "InputLayer", "build") and call.args and not shapes:
            shapes = call.args[:1]
        for shape in shapes:
            yield from _SHAPE_EDITS[change.value](syntax, shape)


def _with_feature(syntax: Syntax, shape: ast.expr) -> Iterator[Candidate]:
    if isinstance(shape, ast.Tuple | ast.List) and shape.elts:
        at = syntax.end(shape.elts[-1])
        edit = Edit(syntax.path, syntax.piece.cell, at, at, ", 1")
        if isinstance(shape, ast.Tuple) and len(shape.elts) == 1:
            edit = syntax.replace(shape, f"({syntax.text(shape.elts[0])}, 1)")
        yield Candidate(
            said("add a feature axis of size 1 to the input"), (edit,), is_certain=False
        )
    elif isinstance(shape, ast.Subscript) and syntax.text(shape).endswith(".shape[1:]"):
        edit = syntax.replace(shape, f"(*{syntax.text(shape)}, 1)")
        yield Candidate(
            said("add a feature axis of size 1 to the input"), (edit,), is_certain=False
        )


def _without_batch(syntax: Syntax, shape: ast.expr) -> Iterator[Candidate]:
    described = said("remove the batch from the input shape")
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
