"""A layer, a model or an operation used on tensors."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.dims import UnknownValue
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Application, Call, Operation, Rejected, again, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, map_structure
from rnninspect.layers.base import UNFORESEEN, Layer
from rnninspect.layers.unmodelled import Rejecting
from rnninspect.reader.cells import LayerCell, SequentialCell
from rnninspect.reader.context import Context
from rnninspect.reader.keras import ranks
from rnninspect.reader.keras.graphs import operation_of
from rnninspect.reader.keras.plain import Tensors, as_value, leaves, shape_of
from rnninspect.reader.values import (
    GraphRef,
    LayerRef,
    SequentialRef,
    Tensor,
    Use,
    Value,
)


@declare
class Computed(Operation):
    """A function of the program used as a layer, on the input for which it was worked out."""

    written_class: str
    result: Structure

    is_listed = False

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        return Application(self, call, self.result)


def layer_cell(ctx: Context, layer: LayerRef) -> LayerCell:
    """Return what was done with a layer so far."""
    cell = ctx.state.cells.get(layer)
    return cell if isinstance(cell, LayerCell) else LayerCell()


def apply(
    ctx: Context,
    layer: LayerRef,
    args: tuple[Tensors, ...],
    kwargs: Mapping[str, Tensors],
    node: ast.AST | None,
    model: str | None = None,
    place: Place | None = None,
) -> Any:
    """Use a layer on tensors: the tensors that come out; a rejection is remembered."""
    call = Call(
        tuple(map_structure(partial(ranks.shape_in, ctx.state), value) for value in args),
        {name: map_structure(shape_of, value) for name, value in kwargs.items()},
    )
    cell = layer_cell(ctx, layer)
    application = layer.operation.apply(call)
    if cell.first_use is not None:
        application = again(application, cell.first_use.application)
    if ctx.record.is_keras_2:
        application = _as_keras_2(application)
    where = place or place_of_use(ctx, layer, node)
    is_reached = not any(map(follows_rejection, leaves([args, dict(kwargs)])))
    is_accepted = is_reached and application.rejected is None
    use: Use = ctx.create(
        lambda: Use(layer, cell.uses, args, kwargs, where, application, not is_accepted)
    )
    ctx.record.uses += 1
    output = ctx.create(lambda: outputs_of(use))
    ctx.state.put(
        layer,
        LayerCell(
            cell.uses + 1,
            cell.first_use or use,
            args[0] if args else None,
            output,
            cell.is_open,
            cell.overrides,
        ),
    )
    if application.rejected is not None:
        if is_reached and not (ctx.caught or layer.is_rejected or cell.is_open):
            ctx.record.reject(use, cell.first_use, model)
        return output
    ranks.note_rank(ctx.state, layer.operation, args)
    if application.output is not None and all(
        leaf.rank is not None for leaf in leaves(list(call.args)) if isinstance(leaf, Shape)
    ):
        ctx.record.accepted.add((where.cell, where.line, where.column))
    return output


def _as_keras_2(application: Application) -> Application:
    """Return a use of a model as Keras 1 and 2 take it: they do not compare its input's sizes."""
    model = application.operation
    if application.rejected is None or not isinstance(model, Model):
        return application
    inner = (part.application.rejected for part in application.parts)
    return application if any(inner) else application._replace(rejected=None)


def outputs_of(use: Use) -> Any:
    """Return the tensors that come out of a use."""
    output = use.application.output
    if isinstance(output, Shape):
        return Tensor(output, use)
    counter = iter(range(10_000))
    return map_structure(
        lambda leaf: Tensor(leaf, use, next(counter)) if isinstance(leaf, Shape) else leaf, output
    )


def follows_rejection(value: object) -> bool:
    """Whether a tensor comes after a rejection, so that nothing more is to be said of it."""
    return isinstance(value, Tensor) and value.use is not None and value.use.follows_rejection


def check_constructor(ctx: Context, layer: LayerRef) -> None:
    """Remember a layer whose arguments Keras's constructor rejects, whatever becomes of it."""
    if not isinstance(layer.operation, Layer):
        return
    try:
        layer.operation.reject_arguments()
    except (UnknownValue, *UNFORESEEN):
        pass
    except Rejected as rejected:
        if ctx.record.eras.is_plainly_old:  # Keras before 2.4 looked at no value
            return
        layer.is_rejected = True
        reject_constructor(ctx, layer, rejected)
        return
    place = layer.place
    ctx.record.constructed.add((place.cell, place.line, place.column))


def reject_constructor(ctx: Context, layer: LayerRef, rejected: Rejected) -> None:
    """Remember that Keras rejects a constructor call."""
    reason = "Keras rejects its arguments"
    nothing = Shape.unknown(reason)
    application = Application(layer.operation, Call(), nothing, unknown=reason, rejected=rejected)
    use = Use(layer, 0, (), {}, layer.place, application, follows_rejection=True)
    ctx.state.put(layer, LayerCell(first_use=use))
    if not ctx.caught:
        ctx.record.reject(use, None, None)


def reject(
    ctx: Context, what: Rejecting, args: Sequence[Tensors], node: ast.AST | None, place: Place
) -> None:
    """Remember something other than a layer's use that Keras rejects."""
    layer = ctx.create(lambda: LayerRef(what, place))
    apply(ctx, layer, tuple(args), {}, node, None, place)


def place_of_use(ctx: Context, layer: LayerRef, node: ast.AST | None) -> Place:
    """Return the place of the layer's constructor if the statement has it, else of the call."""
    statement, made = ctx.statement, layer.call
    if (
        statement is not None
        and made is not None
        and layer.place.path == ctx.frame.path
        and layer.place.cell == ctx.frame.cell
        and _spans(statement, made)
    ):
        return layer.place
    return ctx.place(node or statement)


def _spans(outer: Any, inner: Any) -> bool:
    return (outer.lineno, outer.col_offset) <= (inner.lineno, inner.col_offset) and (
        inner.end_lineno,
        inner.end_col_offset,
    ) <= (outer.end_lineno, outer.end_col_offset)


def as_layer(ctx: Context, value: SequentialRef | GraphRef) -> LayerRef:
    """Return a model as a layer of another one."""
    if isinstance(value, GraphRef):
        if value.sub_model is None:
            value.sub_model = LayerRef(operation_of(value, ctx.state), value.place)
        return value.sub_model
    cell: SequentialCell = ctx.state.get(value)
    layer = cell.as_layer
    if layer is not None and layer.body == (cell.layers, cell.input, cell.output):
        return layer
    operation = operation_of(value, ctx.state)
    made: LayerRef = ctx.create(
        lambda: LayerRef(operation, value.place, body=(cell.layers, cell.input, cell.output))
    )
    if layer is not None:
        ctx.state.put(made, LayerCell(uses=layer_cell(ctx, layer).uses))
    if not cell.is_open:
        ctx.state.put(
            value,
            SequentialCell(
                cell.layers, cell.places, cell.input, cell.output, cell.doubts, cell.failed, made
            ),
        )
    return made


def applied(
    ctx: Context,
    layer: LayerRef,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    node: ast.AST | None,
    model: str | None = None,
    place: Place | None = None,
) -> Any:
    """Return the tensors that a layer gives, with what is remembered of this use."""
    follow = getattr(layer.body, "follow", None)
    if follow is not None and args and all(isinstance(leaf, Tensor) for leaf in leaves(args[0])):
        fresh = map_structure(lambda leaf: Tensor(leaf.shape), args[0])
        shape = follow(ctx, as_value(ctx, fresh), node)
        operation = Computed(
            name=layer.operation.name, written_class=layer.operation.class_name, result=shape
        )
        layer = ctx.create(lambda: LayerRef(operation, layer.place, layer.call))
    return apply(ctx, layer, args, kwargs, node, model, place)


def unknown_tensor(reason: str) -> Tensor:
    """Return a tensor of which nothing is known."""
    return Tensor(Shape.unknown(reason))


def data_shape(ctx: Context, value: Value) -> Shape:
    """Return the shape of what a model is fed with."""
    shape = shape_of(value)
    if isinstance(shape, Shape):
        return shape
    return Shape.unknown("the data is not known")
