"""Every statement of Python is followed."""

from __future__ import annotations

import ast

from rnninspect.reader.statements import EXECUTE
from tests.reader.follow import claims
from tests.reader.following import misses


def test_no_statement_is_left_out() -> None:
    kinds = {kind for kind in ast.stmt.__subclasses__() if kind.__module__ == "ast"}
    assert kinds - set(EXECUTE) <= {getattr(ast, "TypeAlias", None)}
    assert len(kinds) > 25


def test_statements_are_followed_in_order() -> None:
    text = """
        x: list = []
        def f():
            global y
            y = 1
            pass
            return
            x.append("never")
        f()
        x += [y]
        class A: v = x
        del y
        for n in (1, 2, 3):
            if n == 1: continue
            if n == 3: break
            x.append(n)
    """
    assert misses(text) == []


def test_what_raises_ends_the_program() -> None:
    assert claims("x = 1\nraise ValueError(x)\nx = 2") == []
    assert claims("def f():\n    raise ValueError\nf()\nx = 2") == []
