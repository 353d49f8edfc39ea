"""Dataclasses, enumerations and namespaces."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    from dataclasses import asdict, astuple, dataclass, field, fields, is_dataclass, replace
    @dataclass
    class A:
        x: int = 1
        y: list = field(default_factory=list)
    o = A(y=[2])
    a = o.x
    b = asdict(o)
    c = replace(o, x=5).x
    o.y.append(3)
    d = b["y"]
    """,
    """
    from dataclasses import asdict, astuple, dataclass, field, fields, is_dataclass, replace
    @dataclass(frozen=True)
    class A:
        x: int
    @dataclass
    class B:
        a: list
    a = asdict(B([A(1)]))
    b = astuple(B([A(1)]))
    c = A(1) == A(1)
    d = [A(1)] == [A(1)]
    """,
    """
    from dataclasses import asdict, astuple, dataclass, field, fields, is_dataclass, replace
    @dataclass
    class A:
        x: int
    a = [f.name for f in fields(A)]
    b = is_dataclass(A)
    c = is_dataclass(3)
    """,
    """
    from types import SimpleNamespace
    o = SimpleNamespace(a=1)
    o.b = 2
    a = o.a + o.b
    b = SimpleNamespace(x=1) == SimpleNamespace(x=1)
    """,
    """
    import enum
    @enum.unique
    class E(enum.Enum):
        A = 1
        B = enum.auto()
    a = E.A.value
    b = E.B.value
    c = E.A.name
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_numbers_of_auto_are_not_claimed() -> None:
    text = """
        import enum
        class E(enum.Enum):
            A = enum.auto()
        a = E.A.value
    """
    found = known(text)
    assert found["a"] is UNKNOWN
