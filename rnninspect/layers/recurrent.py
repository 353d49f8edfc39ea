"""Recurrent layers and their cells: SimpleRNN, LSTM, GRU, RNN over cells.

Source: ``keras/src/layers/rnn/*.py``. A sequence is ``(batch, timesteps, features)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, TypeAlias

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Call, Operation, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer

StateSize: TypeAlias = "Dim | list[StateSize]"
"""The width of a state, or those of several, nested as in Keras."""


@declare
class RecurrentArguments(Layer):
    """The arguments that every recurrent layer and cell has, with or without convolution."""

    keywords = "enable_caching_device@2"

    gates: ClassVar[tuple[str, ...]] = ()
    """The copies of each weight that Keras stores side by side, in Keras's order."""

    activation: object = "tanh"
    use_bias: bool = True
    kernel_initializer: object = "glorot_uniform"
    recurrent_initializer: object = "orthogonal"
    bias_initializer: object = "zeros"
    kernel_regularizer: object = None
    recurrent_regularizer: object = None
    bias_regularizer: object = None
    kernel_constraint: object = None
    recurrent_constraint: object = None
    bias_constraint: object = None
    dropout: float = 0.0
    recurrent_dropout: float = 0.0
    seed: object = None


@declare
class GatedWeights(RecurrentArguments):
    """The weights that a recurrent layer and its cell have in common."""

    positive = ("units",)

    units: int

    def bias_shape(self, units: Dim) -> Shape:
        """Return the shape of one gate's bias: one number for each unit."""
        return Shape((units,))

    def parts(self, x: Shape, *_: Structure) -> Iterator[Weight | Part]:
        features, units = x[-1].called("features"), self.dim("units")
        yield Weight("kernel", (features, units), per=self.gates)
        yield Weight("recurrent_kernel", (units, units), per=self.gates)
        if self.use_bias:
            yield Weight("bias", self.bias_shape(units), per=self.gates)


@declare
class LSTMWeights(GatedWeights):
    """What LSTM and LSTMCell share; Keras's kernel order is i, f, c, o."""

    keywords = "implementation enable_caching_device@2"

    gates = ("input", "forget", "cell", "output")

    recurrent_activation: object = "sigmoid"
    unit_forget_bias: bool = True
    implementation: object = 2


@declare
class GRUWeights(GatedWeights):
    """What GRU and GRUCell share; Keras's kernel order is z, r, h."""

    keywords = "implementation enable_caching_device@2"

    gates = ("update", "reset", "candidate")

    recurrent_activation: object = "sigmoid"
    reset_after: bool = True
    implementation: object = 2

    def bias_shape(self, units: Dim) -> Shape:
        """Return two biases a gate with ``reset_after``: for input and recurrent product."""
        return Shape((Dim.of(2), units)) if self.reset_after else Shape((units,))


@declare
class Cell(GatedWeights):
    """One step of a recurrence: features and states in, output and states out."""

    inputs = ("inputs", "states")
    states: ClassVar[int] = 1

    @property
    def output_size(self) -> Dim:
        """How many numbers one step returns."""
        return self.dim("units")

    @property
    def state_size(self) -> StateSize:
        """How many numbers each state holds (Keras: a list for several states)."""
        return [self.dim("units")] * self.states if self.states > 1 else self.dim("units")

    def output(self, x: Shape, *_: Structure) -> Structure:
        step = Shape((x[0], self.output_size))
        return (step, [step] * self.states)


@declare
class SimpleRNNCell(Cell):
    """One step of a fully connected recurrence."""

    positional = (
        "units activation use_bias kernel_initializer recurrent_initializer bias_initializer "
        "kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint "
        "recurrent_constraint bias_constraint dropout recurrent_dropout seed@3"
    )


@declare
class LSTMCell(Cell, LSTMWeights):
    """One step of a long short-term memory."""

    positional = (
        "units activation recurrent_activation use_bias kernel_initializer "
        "recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer "
        "recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint "
        "bias_constraint dropout recurrent_dropout seed@3"
    )

    states = 2


@declare
class GRUCell(Cell, GRUWeights):
    """One step of a gated recurrent unit."""

    positional = (
        "units activation recurrent_activation use_bias kernel_initializer "
        "recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer "
        "bias_regularizer kernel_constraint recurrent_constraint bias_constraint dropout "
        "recurrent_dropout reset_after seed@3"
    )
    earlier_defaults: ClassVar[Mapping[str, Any]] = {"reset_after": False}


@declare
class Recurrence(Layer):
    """What every layer that runs over timesteps shares (Keras: class RNN)."""

    keywords = "zero_output_for_mask input_length@2 enable_caching_device@2"

    inputs = ("sequences", "initial_state")
    supports_masking = True
    uses_mask = True

    return_sequences: bool = False
    return_state: bool = False
    go_backwards: bool = False
    stateful: bool = False
    unroll: bool = False
    zero_output_for_mask: bool = False
    time_major: bool = False
    """Keras 2: the timesteps come before the batch, in and out."""

    def batch_of(self, x: Shape) -> Dim:
        """Return the batch axis of an input."""
        return x[1] if self.time_major else x[0]

    def bind(self, call: Call) -> tuple[Structure, ...]:
        first, states = Layer.bind(self, call)
        if isinstance(first, list | tuple) and first and states is None:
            # Keras 1 and 2 write `layer([x, *states])`.
            return first[0], list(first[1:])
        return first, states

    def check(self, inputs: tuple[Structure, ...]) -> None:
        super().check(inputs)
        x = inputs[0]
        if not isinstance(x, Shape) or x.dims is None or len(x.dims) < 3:
            return
        if self.stateful is True and self.batch_of(x).dynamic:
            raise Rejected(
                "When using `stateful=True` in a RNN, the batch size must be static. "
                f"Found dynamic batch size: sequence.shape={x}"
            )

    def step(self, x: Shape) -> tuple[Dim, ...]:
        """Return the axes of one step's output, without the batch."""
        raise UnknownValue("the cell's output size is not known")

    def states_after(self, x: Shape) -> list[Structure]:
        """Return the shapes of the states after the last step."""
        raise UnknownValue("the cell's state size is not known")

    def output(self, x: Shape, *_: Structure) -> Structure:
        if self.return_sequences:
            result = Shape((x[0], x[1], *self.step(x)))
        else:
            result = Shape((self.batch_of(x), *self.step(x)))
        return (result, *self.states_after(x)) if self.return_state else result

    def carries_mask(self, masked: bool) -> bool:
        try:
            return masked and bool(self.return_sequences)
        except UnknownValue:
            return False


@declare
class Recurrent(Recurrence, GatedWeights):
    """What SimpleRNN, GRU and LSTM share: a vector in, a vector out, at each of the timesteps."""

    reading = "recurrent"
    reading_is_complete = True
    variants: ClassVar[tuple[Mapping[str, Any], ...]] = ({"use_bias": False},)

    earlier = (
        "output_dim:units init:kernel_initializer dropout_W:dropout dropout_U:recurrent_dropout"
    )

    ndim = 3
    states: ClassVar[int] = 1

    def step(self, x: Shape) -> tuple[Dim, ...]:
        return (self.dim("units"),)

    def states_after(self, x: Shape) -> list[Structure]:
        return [Shape((self.batch_of(x), self.dim("units")))] * self.states


@declare
class SimpleRNN(Recurrent):
    """A fully connected recurrence: the output of a step goes into the next one."""

    positional = (
        "units activation use_bias kernel_initializer recurrent_initializer bias_initializer "
        "kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer "
        "kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout "
        "return_sequences return_state go_backwards stateful unroll seed@3"
    )
    positional_1 = (
        "output_dim init inner_init activation W_regularizer U_regularizer b_regularizer "
        "dropout_W dropout_U"
    )


@declare
class LSTM(Recurrent, LSTMWeights):
    """Long short-term memory: a cell state guarded by three gates."""

    positional = (
        "units activation recurrent_activation use_bias kernel_initializer "
        "recurrent_initializer bias_initializer unit_forget_bias kernel_regularizer "
        "recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint "
        "recurrent_constraint bias_constraint dropout recurrent_dropout seed@3 return_sequences "
        "return_state go_backwards stateful time_major@2 unroll use_cudnn@3"
    )
    positional_1 = (
        "output_dim init inner_init forget_bias_init activation inner_activation "
        "W_regularizer U_regularizer b_regularizer dropout_W dropout_U"
    )

    states = 2

    use_cudnn: object = "auto"


@declare
class GRU(Recurrent, GRUWeights):
    """Gated recurrent unit: one state, and a gate used again as 1 − gate."""

    variants: ClassVar[tuple[Mapping[str, Any], ...]] = (
        {"reset_after": False},
        {"use_bias": False},
    )

    positional = (
        "units activation recurrent_activation use_bias kernel_initializer "
        "recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer "
        "bias_regularizer activity_regularizer kernel_constraint recurrent_constraint "
        "bias_constraint dropout recurrent_dropout seed@3 return_sequences return_state "
        "go_backwards stateful unroll time_major@2 reset_after use_cudnn@3"
    )
    positional_1 = (
        "output_dim init inner_init activation inner_activation W_regularizer U_regularizer "
        "b_regularizer dropout_W dropout_U"
    )
    earlier_defaults: ClassVar[Mapping[str, Any]] = {"reset_after": False}

    use_cudnn: object = "auto"


@declare
class StackedRNNCells(Layer):
    """Several cells, each fed with the output of the one before, as one cell."""

    positional = "cells"

    inputs = ("inputs", "states")
    holds = ("cells",)

    cells: tuple[Operation, ...]

    @property
    def output_size(self) -> Dim:
        """How many numbers the last cell returns."""
        return output_size(self.cells[-1] if self.cells else None)

    @property
    def state_size(self) -> list[StateSize]:
        """The state sizes of each cell."""
        return [state_size(cell) for cell in self.cells]

    def parts(self, x: Shape, *_: Structure) -> Iterator[Weight | Part]:
        for number, cell in enumerate(self.cells):
            yield Part(f"cells[{number}]", cell.apply(Call.on(x)))
            x = Shape((x[0], output_size(cell)))

    def output(self, x: Shape, *_: Structure) -> Structure:
        return (Shape((x[0], self.output_size)), None)


def output_size(cell: object) -> Dim:
    """Return a cell's output size; not known for a cell that is not one of Keras's."""
    if isinstance(cell, Cell | StackedRNNCells):
        return cell.output_size
    raise UnknownValue("the output size of a cell that is not one of Keras's is not known")


def _states(batch: Dim, size: StateSize) -> Structure:
    if isinstance(size, Dim):
        return Shape((batch, size))
    return [_states(batch, inner) for inner in size]


def state_size(cell: object) -> StateSize:
    """Return a cell's state sizes, nested as in Keras."""
    if isinstance(cell, Cell | StackedRNNCells):
        return cell.state_size
    raise UnknownValue("the state size of a cell that is not one of Keras's is not known")


@declare
class RNN(Recurrence):
    """A recurrence over any cell, or over several cells one above the other."""

    positional = (
        "cell return_sequences return_state go_backwards stateful unroll zero_output_for_mask@3 "
        "time_major@2"
    )

    holds = ("cell",)

    cell: Operation | tuple[Operation, ...]

    @cached_property
    def one_cell(self) -> Operation:
        """The cell; several are joined to StackedRNNCells, as Keras does."""
        return StackedRNNCells(cells=self.cell) if isinstance(self.cell, tuple) else self.cell

    def step(self, x: Shape) -> tuple[Dim, ...]:
        return (output_size(self.one_cell),)

    def states_after(self, x: Shape) -> list[Structure]:
        size = state_size(self.one_cell)
        batch = self.batch_of(x)
        return [_states(batch, state) for state in (size if isinstance(size, list) else [size])]

    def parts(self, x: Shape, *_: Structure) -> Iterator[Weight | Part]:
        yield Part("cell", self.one_cell.apply(Call.on(Shape((x[0], *x.require()[2:])))))
