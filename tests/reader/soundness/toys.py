"""Readers that need no interpreter: what the judge must let pass, and what it must catch."""

from __future__ import annotations

import ast
from enum import Flag, auto

from tests.reader.soundness.claims import (
    UNKNOWN,
    Claim,
    Claims,
    Entries,
    Instance,
    Items,
    Known,
    Named,
    OfType,
    Same,
    World,
)
from tests.reader.soundness.execution import Observations
from tests.reader.soundness.snapshot import Snapshot, Value


def points_of(tree: ast.AST) -> list[int]:
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "probe"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, int)
    ]


def claim_nothing(text: str) -> Claims:
    """Claim of each point that it can be reached, and nothing else."""
    return {point: [World()] for point in points_of(ast.parse(text))}


class Bug(Flag):
    """A mistake of a reader."""

    NONE = 0
    ALIASES = auto()  # a change is one of the name only through which it is made
    GLOBALS = auto()  # functions do not assign to globals
    BRANCHES = auto()  # what is assigned in a compound statement is not
    CALLS = auto()  # code that is not seen changes nothing


class StraightReader:
    """Follows assignments of constants and lists at module level, and forgets at all else."""

    def __init__(self, bug: Bug = Bug.NONE) -> None:
        self.bug = bug

    def __call__(self, text: str) -> Claims:
        tree = ast.parse(text)
        claims: dict[int, list[World]] = {point: [World()] for point in points_of(tree)}
        written = set() if self.bug & Bug.GLOBALS else _declared(tree)
        names: dict[str, Claim] = {}
        for statement in tree.body:
            for point in points_of(statement):
                if isinstance(statement, ast.Expr):
                    claims[point] = [World(module=dict(names))]
            self.follow(statement, names)
            for name in written:
                names.pop(name, None)
        return claims

    def follow(self, statement: ast.stmt, names: dict[str, Claim]) -> None:
        match statement:
            case ast.Expr(ast.Call(ast.Name("probe"))) | ast.Pass():
                return
            case ast.Assign([ast.Name(name)], value) if claim := _value(value, names):
                names[name] = claim
                return
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "append"), [argument])) if (
                self.bug & Bug.ALIASES
                and isinstance(held := names.get(name), Items)
                and (claim := _value(argument, names))
            ):
                names[name] = Items("list", (*held.items, claim))
                return
        compound = isinstance(
            statement, ast.If | ast.For | ast.While | ast.Try | ast.With | ast.Match
        )
        if not (compound and self.bug & Bug.BRANCHES):
            stored = _stored(statement)
            if self.bug & Bug.GLOBALS and isinstance(statement, ast.FunctionDef):
                stored = {statement.name}
            for name in stored:
                names.pop(name, None)
        if self.bug & Bug.CALLS and isinstance(statement, ast.Expr):
            return
        mentioned = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)}
        for name in mentioned if self.bug & (Bug.ALIASES | Bug.CALLS) else names:
            if isinstance(names.get(name), Items):
                names[name] = UNKNOWN


def _value(node: ast.expr, names: dict[str, Claim]) -> Claim | None:
    match node:
        case ast.Constant(value):
            return Known(value)
        case ast.Name(name):
            return names.get(name)
        case ast.List(items):
            claims = [_value(item, names) for item in items]
            known = [claim for claim in claims if claim is not None]
            return Items("list", tuple(known)) if len(known) == len(items) else None
    return None


def _declared(tree: ast.AST) -> set[str]:
    return {name for n in ast.walk(tree) if isinstance(n, ast.Global) for name in n.names}


def _stored(statement: ast.stmt) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(name, ast.Store() | ast.Del()):
                found.add(name)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                found.add(name)
            case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
    return found


def describe(state: Snapshot) -> World:
    """Return the world that claims a state completely, aliases included."""
    seen: set[int] = set()

    def claim(value: Value) -> Claim:
        if isinstance(value, int):
            if value in seen:
                return Same(value)
            seen.add(value)
            node = state.objects[value]
            if node.kind == "dict":
                pairs = tuple((claim(k), claim(v)) for k, v in node.items)
                return Entries(pairs, node.class_name, value)
            attributes = {name: claim(v) for name, v in node.attributes}
            if node.kind == "class":
                return Named("class", node.class_name, attributes, value)
            if node.kind == "object":
                return Instance(node.class_name, attributes, True, value)
            return Items(node.kind, tuple(map(claim, node.items)), node.class_name, value)
        match value:
            case ("tuple", name, items):
                return Items("tuple", tuple(map(claim, items)), name)
            case ("int" | "str" | "bool" | "bytes" | "NoneType", constant):
                return Known(constant)
            case ("float", text):
                return Known(float(text))
            case ("function" | "class" | "module" | "method" as kind, name):
                return Named(kind, name)
        return OfType(value[0])

    local = {name: claim(value) for name, value in state.local or ()}
    module = {name: claim(value) for name, value in state.module}
    return World(local, module, frozenset(seen))


def describe_all(seen: Observations) -> Claims:
    """Return the claims of somebody who has seen all executions."""
    claims: dict[int, list[World]] = {}
    for point, state, _ in seen.by_point():
        claims.setdefault(point, []).append(describe(state))
    return claims
