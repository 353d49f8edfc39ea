"""copy."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import copy
    x = [[1], 2]
    y = copy.copy(x)
    z = copy.deepcopy(x)
    x[0].append(5)
    a = y
    b = z
    """,
    """
    import copy
    x = [1]
    y = copy.deepcopy([x, x])
    y[0].append(2)
    a = y[1]
    b = x
    """,
    """
    import copy
    x = [1]
    x.append(x)
    y = copy.deepcopy(x)
    a = y[1] is y
    b = y[1] is x
    """,
    """
    import copy
    class A:
        def __init__(self):
            self.x = [1]
    o = A()
    p = copy.deepcopy(o)
    p.x.append(2)
    q = copy.copy(o)
    q.x.append(3)
    a = o.x
    b = p.x
    """,
    """
    import copy
    d = copy.deepcopy({"a": {"b": (1, [2])}})
    d["a"]["b"][1].append(3)
    a = d
    """,
    """
    import copy
    class A:
        def __deepcopy__(self, memo):
            return 5
    a = copy.deepcopy([A()])
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_a_copy_by_a_method_of_the_program_is_not_followed() -> None:
    text = """
        import copy
        class A:
            def __copy__(self):
                return 5
        a = copy.copy(A())
    """
    found = known(text)
    assert found["a"] is UNKNOWN
