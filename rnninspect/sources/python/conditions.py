"""Conditions: what is compared, and which way an unknown one goes."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir.dims import Unknown
from rnninspect.ir.structures import flatten
from rnninspect.sources.python.run import Run, is_true
from rnninspect.sources.python.scopes import Scope
from rnninspect.sources.python.values import Array, Made, Method, Missing, Tensor, UserClass

PLAIN = (int, float, str, bytes, bool, type(None))
"""The constants of a program."""

_COMPARE: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class Conditions:
    """The part of the interpreter that compares and chooses."""

    run: Run
    objects_deep: int
    """How many layers and models of the program's own classes are being called."""

    def value(self, node: ast.AST | None, scope: Scope) -> Any:
        """What an expression comes to."""
        raise NotImplementedError

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Any:
        condition = self.value(node.test, scope)
        known = is_true(condition)
        if known is None and isinstance(condition, Missing):
            known = self.run.decide(condition, id(node), True)
        return self.value(node.body if known is not False else node.orelse, scope)

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Any:
        value: Any = None
        open_one = False
        for one in node.values:
            value = self.value(one, scope)
            known = is_true(value)
            open_one = open_one or known is None
            if known is isinstance(node.op, ast.Or):
                return value
        if open_one:
            return Missing("a condition is not known", ("text", ast.dump(node), scope))
        return value

    def _compare(self, node: ast.Compare, scope: Scope) -> Any:
        left = self.value(node.left, scope)
        result: Any = True
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.value(right_node, scope)
            result = self.compared(op, left, right)
            if is_true(result) is not True:
                return result
            left = right
        return result

    def compared(self, op: ast.cmpop, left: Any, right: Any) -> Any:
        """``left op right``."""
        if isinstance(op, ast.Is | ast.IsNot):
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                return self._unknown_comparison(op, left, right)
            same = left is right
            return same if isinstance(op, ast.Is) else not same
        if isinstance(op, ast.In | ast.NotIn):
            keys = right.keys() if isinstance(right, dict) else right
            known = isinstance(right, list | tuple | dict | str | range)
            if not known or any(isinstance(one, Unknown) for one in flatten([left, list(keys)])):
                return self._unknown_comparison(op, left, right)
            try:
                inside = left in right
            except TypeError:
                return Missing("a condition is not known")
            return inside if isinstance(op, ast.In) else not inside
        known = all(isinstance(one, (*PLAIN, tuple, list)) for one in (left, right))
        if not known or any(isinstance(i, Unknown) for s in (left, right) for i in _inside(s)):
            return self._unknown_comparison(op, left, right)
        try:
            return bool(_COMPARE[type(op)](left, right))
        except TypeError:
            return Missing("a condition is not known")

    @staticmethod
    def _unknown_comparison(op: ast.cmpop, left: Any, right: Any) -> Missing:
        """A condition that is known by what it compares, so that it can be met again."""
        if isinstance(right, Missing) and not isinstance(left, Missing):
            left, right = right, left
        if not isinstance(left, Missing) or not isinstance(right, PLAIN):
            return Missing("a condition is not known")
        if isinstance(op, ast.Eq | ast.Is):
            return Missing("a condition is not known", ("==", left, right))
        if isinstance(op, ast.NotEq | ast.IsNot):
            equal = Missing("a condition is not known", ("==", left, right))
            return Missing("a condition is not known", ("not", equal))
        return Missing("a condition is not known", (type(op).__name__, left, right))


def _inside(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


def is_hashable(value: object) -> bool:
    """Whether a value can be a key of a dict of the program."""
    try:
        hash(value)
    except TypeError:
        return False
    return not isinstance(value, Unknown | Tensor | Array | Made | UserClass | Method)
