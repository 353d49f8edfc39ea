"""A tensor inside a model."""

from __future__ import annotations

from rnninspect.ir.edge import Edge


def test_an_edge_is_the_first_output_of_the_first_call_unless_stated() -> None:
    edge = Edge("lstm")
    assert (edge.layer, edge.call, edge.tensor, edge.recorded) == ("lstm", 0, 0, None)


def test_two_edges_are_equal_only_if_they_are_the_same_object() -> None:
    """Readers look edges up by identity, since one tensor may be passed twice."""
    edge = Edge("lstm")
    assert edge == edge
    assert edge != Edge("lstm")
