"""What calls of Keras's names and methods of its objects do."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.layers.calls import Misfit
from rnninspect.layers.miscalled import path_of_class
from rnninspect.layers.unmodelled import UNPACKING, Rejecting
from rnninspect.reader.calls import library_default
from rnninspect.reader.cells import SequentialCell
from rnninspect.reader.context import Context
from rnninspect.reader.keras import functional, instances, sequential, training
from rnninspect.reader.keras.applying import place_of_use, reject
from rnninspect.reader.keras.making import (
    auto_name,
    input_tensor,
    lambda_layer,
    make,
    reset_names,
)
from rnninspect.reader.keras.miscalls import miscalled, name_of_layer_class
from rnninspect.reader.keras.operations import operation
from rnninspect.reader.keras.plain import holds_tensor, is_model, shape_from, shape_of, structure
from rnninspect.reader.library.table import find_function
from rnninspect.reader.values import (
    ClassRef,
    External,
    GraphRef,
    InstanceRef,
    LayerRef,
    LibraryObject,
    ListRef,
    SequentialRef,
    Tensor,
    Unresolved,
    Value,
)

Args = Sequence[Value]
Kwargs = Mapping[str, Value]

_MERGES = {
    name.lower(): name
    for name in "Add Average Concatenate Dot Maximum Minimum Multiply Subtract".split()
}
_NOT_LAYERS = frozenset(
    """optimizers callbacks losses metrics initializers regularizers constraints applications
    preprocessing datasets utils wrappers saving mixed_precision distribution random
    visualization objectives""".split()
)
"""The modules of Keras whose classes are not layers."""
_HARMLESS = frozenset(
    """compile summary save save_weights load_weights get_weights set_weights get_config to_json
    to_yaml count_params plot_model evaluate predict reset_states reset_state fit train_on_batch
    test_on_batch predict_on_batch fit_generator predict_generator evaluate_generator
    predict_classes predict_proba export trainable_weights make_predict_function
    _make_predict_function adapt compute_output_shape compute_mask get_input_at
    get_output_at get_input_shape_at get_output_shape_at stop_training build""".split()
)
"""Methods that leave the layers of a model as they are."""
_KEEPS_MODELS = frozenset(
    "plot_model save_model print_summary model_to_dot clone_model to_json".split()
)


def call_keras(
    ctx: Context, function: External, args: Args, kwargs: Kwargs, node: ast.AST
) -> Value:
    """Return what a call of one of Keras's names gives."""
    name, path = function.last, function.path
    if name in ("image_data_format", "image_dim_ordering"):
        return _data_format(ctx, name)
    if name in ("set_image_data_format", "set_image_dim_ordering"):
        ctx.record.data_format = args[0] if args else Unresolved("a data format")
        return None
    if name in ("clear_session", "reset_uids"):
        reset_names(ctx.state)
        return None
    if name == "Input":
        return input_tensor(ctx, args, kwargs, node)
    if name == "Sequential":
        return sequential.sequential(ctx, args, kwargs, node)
    if name in ("Model", "Functional"):
        return functional.functional(ctx, args, kwargs, node)
    if name in _MERGES and ".layers" in path and ".backend" not in path:
        return _merge(ctx, name, args, kwargs, node)
    if name == "register_keras_serializable":
        return External("builtins.<same>")
    implementation = find_function(path)
    if implementation is not None:
        return implementation(ctx, args, kwargs, node)
    is_operation = (
        ".ops." in path or ".backend." in path or path.rpartition(".")[0] == "keras.activations"
    )
    if not is_operation and name[:1].isupper() and not _is_of_no_layer(path):
        if name == "Lambda":
            return lambda_layer(ctx, args, kwargs, node)
        return make(ctx, name, args, kwargs, node, is_checked=".experimental." not in path)
    if holds_tensor(ctx, [*args, *kwargs.values()]):
        return operation(ctx, name, args, kwargs, node, path)
    if is_operation:
        return call_on_arrays(ctx, path, args, kwargs, node)
    return _other(ctx, path, args, kwargs)


def call_with_repeated(
    ctx: Context, function: Value, name: str, kwargs: Kwargs, node: ast.Call
) -> Value | None:
    """Return what comes of a layer's constructor that gets a keyword twice; None for others.

    Written out twice, Python does not compile the file; from a dict, the call raises.
    """
    written = name_of_layer_class(function)
    if written is None or not isinstance(function, External):
        return None
    path = path_of_class(written)
    misfit = Misfit(
        "given twice",
        name,
        "TypeError",
        f"{path}() got multiple values for keyword argument '{name}'",
    )
    if [keyword.arg for keyword in node.keywords].count(name) > 1:
        misfit = Misfit("given twice", name, "SyntaxError", f"keyword argument repeated: {name}")
    return miscalled(ctx, auto_name(ctx, written), written, misfit, node, kwargs)


def _other(ctx: Context, path: str, args: Args, kwargs: Kwargs) -> Value:
    """Return what Keras gives that is neither a layer nor a tensor: it keeps models as they are."""
    name = path.rpartition(".")[2]
    reason = f"what `{name}` gives is not known"
    values = [*args, *kwargs.values()]
    ctx.call_back([value for value in values if not isinstance(value, InstanceRef)], reason)
    for value in values:
        if not is_model(value) and name not in _KEEPS_MODELS:
            ctx.state.escape(value, reason)
    if name[:1].isupper():
        return LibraryObject(f"{path}()")
    return Unresolved(reason)


def call_on_arrays(ctx: Context, path: str, args: Args, kwargs: Kwargs, node: ast.AST) -> Value:
    """Return what an operation gives on data."""
    alike = find_function(f"numpy.{path.rpartition('.')[2]}")
    if alike is not None:
        return alike(ctx, args, kwargs, node)
    return library_default(ctx, path, args, kwargs, node)


def _data_format(ctx: Context, name: str) -> Value:
    known = ctx.record.data_format
    if name == "image_dim_ordering":
        return {"channels_last": "tf", "channels_first": "th"}.get(known, known)
    return {"tf": "channels_last", "th": "channels_first"}.get(known, known)


def _merge(ctx: Context, name: str, args: Args, kwargs: Kwargs, node: ast.AST) -> Value:
    """``add([a, b])``: a merging layer that is used at once."""
    arguments = dict(kwargs)
    if name == "dot" and len(args) > 1:
        arguments["axes"] = args[1]
    inputs = args[0] if args else arguments.pop("inputs", None)
    layer = make(ctx, _MERGES[name], [], arguments, node)
    return sequential.use_model(ctx, layer, [inputs], {}, node)


def use_layer(ctx: Context, layer: Value, args: Args, kwargs: Kwargs, node: ast.AST) -> Value:
    """Return what a layer, a model or an object of a class derived from one gives."""
    if isinstance(layer, InstanceRef):
        return instances.use_instance(ctx, layer, args, kwargs, node)
    return sequential.use_model(ctx, layer, args, kwargs, node)


def call_method_of_layer(
    ctx: Context, value: Value, name: str, args: Args, kwargs: Kwargs, node: ast.AST
) -> Value:
    """Return what a method of a layer, a model or an object gives."""
    if isinstance(value, InstanceRef):
        return _of_object(ctx, value, name, args, kwargs, node)
    if isinstance(value, SequentialRef):
        cell: SequentialCell = ctx.state.get(value)
        if name == "add":
            layer = args[0] if args else kwargs.get("layer", Unresolved("no layer"))
            sequential.add(ctx, value, layer, node)
            return None
        if name == "pop" and not cell.is_open:
            return sequential.pop(ctx, value)
        if name == "build":
            shape = shape_from(ctx, args[0] if args else kwargs.get("input_shape"))
            sequential.build(ctx, value, shape, ctx.place(node))
            return None
    if isinstance(value, SequentialRef | GraphRef):
        if name == "get_layer":
            return functional.layer_of(ctx, value, args, kwargs)
        if name in training.FEEDING:
            training.fed(ctx, value, args, kwargs, node)
        if name == "summary":
            ctx.record.note_summary(value, ctx.state, ctx.place(node))
        if name in ("call", "__call__"):
            return sequential.use_model(ctx, value, args, kwargs, node)
    if isinstance(value, LayerRef) and name in ("call", "__call__"):
        return sequential.use_model(ctx, value, args, kwargs, node)
    values = [*args, *kwargs.values()]
    ctx.call_back(values, f"`{name}` may call it")
    if name in _HARMLESS:
        return Unresolved(f"what `{name}` gives is not known")
    return ctx.call_unseen([value, *values], f"`{name}` is not followed")


def _of_object(
    ctx: Context, value: InstanceRef, name: str, args: Args, kwargs: Kwargs, node: ast.AST
) -> Value:
    """Return what a method gives that an object of the program has from a library's class."""
    is_keras = is_model_class(ctx, value.cls)
    short = name.removeprefix("super.")
    if is_keras:
        if short in ("__init__", "build"):
            if name == "super.__init__":
                return initialize(ctx, value, args, kwargs, node)
            if name == "build" and (args or kwargs):
                shape = shape_from(ctx, args[0] if args else kwargs.get("input_shape"))
                instances.use_instance(ctx, value, [Tensor(shape)], {}, node)
            return None
        if short in ("add_weight", "add_variable"):
            return instances.add_weight(ctx, value, args, kwargs)
        if short == "add" and instances.root_of(value.cls) == "Sequential":
            return ctx.call_unseen([value, *args], "a subclass of Sequential")
        if name in ("super.__call__", "super.call", "call"):
            return Tensor(Shape.unknown("a class whose call is not known"))
        if name in training.FEEDING and args:
            _feed_object(ctx, value, args[0], node)
        if name == "summary":
            return None
        if short in _HARMLESS or short.startswith("add_"):
            ctx.call_back([*args, *kwargs.values()], f"`{name}` may call it")
            return Unresolved(f"what `{name}` gives is not known")
    if short == "__init__" and not value.cls.has_unknown_base:
        values = [*args, *kwargs.values()]
        if all(path.startswith(("builtins.", "keras.")) for path in value.cls.library_bases):
            ctx.call_unseen(values, "a library's class keeps it")
            return None
    return ctx.call_unseen(
        [value, *args, *kwargs.values()], f"`{short}` of a library is not followed"
    )


def _feed_object(ctx: Context, value: InstanceRef, data: Value, node: ast.AST) -> None:
    tensors = structure(ctx, data)
    shape = shape_of(tensors)
    if isinstance(shape, Shape):
        instances.use_instance(ctx, value, [Tensor(training.shape_of_batch(shape))], {}, node)


def _is_of_no_layer(path: str) -> bool:
    """Whether a name of Keras is in a module whose classes are not layers."""
    parts = path.split(".")
    if parts[:2] == ["keras", "layers"]:
        return False
    return any(part in _NOT_LAYERS for part in parts[1:-1])


def is_model_class(ctx: Context, cls: ClassRef) -> bool:
    """Whether objects of a class are layers or models of Keras."""
    return any(
        path.startswith("keras.") and not _is_of_no_layer(path) for path in cls.library_bases
    ) and instances.root_of(cls) not in ("Callback", "Sequence", "Loss", "Metric", "Constraint")


def initialize(
    ctx: Context, value: InstanceRef, args: Args, kwargs: Kwargs, node: ast.AST
) -> Value:
    """``super().__init__(...)`` of a layer or model, or of another library's class."""
    if not is_model_class(ctx, value.cls):
        return ctx.call_unseen([value, *args, *kwargs.values()], "a library's class")
    name = kwargs.get("name")
    if isinstance(name, str):
        ctx.state.set_name(value, "_name", name)
    for key in ("trainable", "dtype"):
        if key in kwargs:
            ctx.state.set_name(value, key, kwargs[key])
    if instances.root_of(value.cls) in instances.MODELS and (len(args) > 1 or "outputs" in kwargs):
        arguments = {**dict(zip(("inputs", "outputs"), args, strict=False)), **kwargs}
        functional.graph_of(
            ctx,
            structure(ctx, arguments.get("inputs")),
            structure(ctx, arguments.get("outputs")),
            name if isinstance(name, str) else value.cls.name,
            node,
            value.cls.name,
        )
    return None


def call_on_tensors(
    ctx: Context, function: External, args: Args, kwargs: Kwargs, node: ast.AST
) -> Value:
    """Return what another library's function gives on symbolic tensors; None without one."""
    if function.path.startswith("builtins.") or not holds_tensor(ctx, [*args, *kwargs.values()]):
        return None
    return operation(ctx, function.last, args, kwargs, node, function.path)


def check_unpacking(
    ctx: Context, targets: Sequence[ast.expr], value: Value, items: list[Value] | None
) -> None:
    """A symbolic tensor cannot be unpacked, nor a list into another number of names."""
    if ctx.objects_deep or any(isinstance(target, ast.Starred) for target in targets):
        return
    wanted = len(targets)
    if isinstance(value, Tensor) and value.use is not None and value.shape.dims:
        if value.shape.dims[0].dynamic:
            _reject_unpacking(ctx, value, "Iterating over a symbolic KerasTensor is not supported.")
    elif (
        isinstance(value, ListRef | tuple)
        and items
        and len(items) != wanted
        and isinstance(items[0], Tensor)
        and items[0].use is not None
    ):
        few = f"not enough values to unpack (expected {wanted}, got {len(items)})"
        many = f"too many values to unpack (expected {wanted})"
        _reject_unpacking(ctx, items[0], few if len(items) < wanted else many)


def _reject_unpacking(ctx: Context, tensor: Tensor, message: str) -> None:
    assert tensor.use is not None
    what = Rejecting(name="unpacking", written_class=UNPACKING, rejection=Rejected(message))
    place = tensor.use.place or place_of_use(ctx, tensor.use.layer, ctx.statement)
    reject(ctx, what, (tensor,), None, place)


def part_of_tensor(value: Tensor, number: int) -> Tensor:
    """Return what unpacking takes from a tensor."""
    return Tensor(Shape.unknown("an output is not known"), value.use, None)


def is_layer_of(ctx: Context, value: LayerRef, path: str) -> bool | None:
    """Whether a layer is an object of a class of Keras."""
    name = path.rpartition(".")[2]
    if path.startswith("builtins."):
        return False
    if name == value.operation.class_name:
        return True
    return None
