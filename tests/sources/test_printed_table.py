"""The rows of a printed summary."""

from __future__ import annotations

from rnninspect.sources.printed_table import PrintedRow, PrintedTable

PLAIN = PrintedRow("a", "Dense", (), 3)


def test_a_table_states_connections_if_any_row_does() -> None:
    joined = PLAIN._replace(connections=(("a", 0),))
    assert not PrintedTable("m", (PLAIN, PLAIN)).states_connections
    assert PrintedTable("m", (PLAIN, joined)).states_connections
