"""What a block that may run any number of times leaves behind."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.sources.python import stacks
from rnninspect.sources.python.arrays import rows_of
from rnninspect.sources.python.scopes import Scope
from rnninspect.sources.python.syntax import every_part
from rnninspect.sources.python.values import Missing, Tensor

if TYPE_CHECKING:
    from rnninspect.sources.python.expressions import Expressions


class Doubt:
    """What a block that may run any number of times changes is not known after it."""

    def __init__(
        self, reader: Expressions, body: Sequence[ast.stmt], scope: Scope, reason: str
    ) -> None:
        self.scope = scope
        self.reason = reason
        names = {
            one.id
            for statement in body
            for one in every_part(statement)
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        }
        self.before = {name: scope.names.get(name) for name in names}
        self.stacks = [(one, len(one.layers), one.output) for one in reader.run.stacks]
        self.lists = [
            (value, len(value)) for value in scope.names.values() if isinstance(value, list)
        ]

    def settle(self) -> None:
        """Forget what the one round that was followed does not tell of the others."""
        for name, before in self.before.items():
            after = self.scope.names.get(name)
            if isinstance(after, Tensor) and isinstance(before, Tensor):
                if after is not before:
                    self.scope.names[name] = Tensor(_either(before.shape, after.shape, self.reason))
            elif isinstance(after, bool | int | float | str) and after is not before:
                self.scope.names[name] = Missing(self.reason)
        for stack, length, output in self.stacks:
            if len(stack.layers) != length:
                after = stack.output
                stacks.doubt(stack, self.reason)
                if isinstance(output, Tensor) and isinstance(after, Tensor):
                    stack.output = Tensor(_either(output.shape, after.shape, self.reason))
        for found, length in self.lists:
            if len(found) != length:
                rows = rows_of(found[-1], self.reason) if found else Missing(self.reason)
                for name, value in self.scope.names.items():
                    if value is found:
                        self.scope.names[name] = rows


def _either(before: Shape, after: Shape, reason: str) -> Shape:
    """A round that keeps the number of axes keeps it however often it runs."""
    if before.dims is None or after.dims is None or before.rank != after.rank:
        return Shape.unknown(reason)
    return Shape(
        one if one.value == two.value and one.dynamic == two.dynamic else Dim.unknown(reason)
        for one, two in zip(before.dims, after.dims, strict=True)
    )
