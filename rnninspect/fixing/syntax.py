"""Syntax: a program's nodes with their parents and places, and the edits of single nodes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeVar

from rnninspect.diagnostics import Edit
from rnninspect.reader.text.code import Piece

N = TypeVar("N", bound=ast.AST)


class Syntax:
    """The syntax of one piece of a program, with the parent of each node."""

    def __init__(self, piece: Piece, path: str) -> None:
        self.piece = piece
        self.path = path
        self.lines = piece.text.split("\n")
        self.parents: dict[ast.AST, ast.AST] = {
            child: node for node in ast.walk(piece.tree) for child in ast.iter_child_nodes(node)
        }

    def all(self, kind: type[N]) -> list[N]:
        """Return all nodes of a kind in the order of the text."""
        nodes = [node for node in ast.walk(self.piece.tree) if isinstance(node, kind)]
        return sorted(nodes, key=lambda node: (node.lineno, node.col_offset))  # type: ignore[attr-defined]

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """Yield the nodes that contain a node, the innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def text(self, node: ast.AST) -> str:
        """Return a node as it is written."""
        return ast.get_source_segment(self.piece.text, node) or ""

    def column(self, line: int, offset: int) -> int:
        """Return a column in characters, counted from 1, for an offset in bytes."""
        return len(self.lines[line - 1].encode()[:offset].decode(errors="ignore")) + 1

    def start(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Return the line and column at which a node begins."""
        return node.lineno, self.column(node.lineno, node.col_offset)

    def end(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Return the line and column after a node."""
        line = node.end_lineno or node.lineno
        return line, self.column(line, node.end_col_offset or 0)

    def replace(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        """Return the edit that replaces a node."""
        return Edit(self.path, self.piece.cell, self.start(node), self.end(node), text)

    def add_argument(self, call: ast.Call, text: str) -> Edit:
        """Return the edit that appends an argument to a call."""
        line, column = self.end(call)
        closing = (line, column - 1)
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if not arguments:
            return Edit(self.path, self.piece.cell, closing, closing, text)
        at = max(self.end(argument) for argument in arguments)
        if ")" in self._between(at, closing):  # the last argument has brackets of its own
            at = closing
        return Edit(self.path, self.piece.cell, at, at, f", {text}")

    def _between(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        lines = self.lines[start[0] - 1 : end[0]]
        lines[-1] = lines[-1][: end[1] - 1]
        lines[0] = lines[0][start[1] - 1 :]
        return "\n".join(line.partition("#")[0] for line in lines)
