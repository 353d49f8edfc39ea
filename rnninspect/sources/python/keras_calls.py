"""What calls of Keras give: layers, inputs, models, and operations on tensors."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any

from rnninspect.diagnostics import Place
from rnninspect.dims import Dim, Shape, Unknown
from rnninspect.graph import Application, Call, Operation
from rnninspect.layers import registry
from rnninspect.layers.base import fits
from rnninspect.layers.core import Embedding, InputLayer
from rnninspect.layers.operations import TensorFlowOp
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.signatures import POSITIONAL
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.dialects import modern
from rnninspect.sources.python import library
from rnninspect.sources.python.graphs import operation_of
from rnninspect.sources.python.run import shape_of
from rnninspect.sources.python.values import (
    Array,
    Computed,
    External,
    Graph,
    Instance,
    Made,
    Method,
    Missing,
    Stack,
    Tensor,
    Use,
    UserClass,
)
from rnninspect.structures import flatten, map_structure

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter

_MERGES = {
    name.lower(): name
    for name in "Add Average Concatenate Dot Maximum Minimum Multiply Subtract".split()
}
_OPERATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "concat": ("concat", ("axis",)),
    "concatenate": ("concat", ("axis",)),
    "expand_dims": ("expand_dims", ("axis",)),
    "squeeze": ("squeeze", ("axis",)),
    "stack": ("stack", ("axis",)),
    "unstack": ("unstack", ("num", "axis")),
    "reshape": ("reshape", ("shape",)),
    "transpose": ("transpose", ("perm",)),
    "permute_dimensions": ("transpose", ("perm",)),
    "matmul": ("matmul", ("b",)),
    "tile": ("tile", ("multiples",)),
    "split": ("split", ("num_or_size_splits", "axis")),
    **{
        name: (f"reduce_{name.removeprefix('reduce_')}", ("axis", "keepdims"))
        for one in ("sum", "mean", "max", "min", "prod", "any", "all", "std")
        for name in (one, f"reduce_{one}")
    },
    **{
        name: (name, ())
        for name in """abs add subtract multiply divide exp log sqrt square tanh sigmoid relu
        softmax maximum minimum cast identity zeros_like ones_like sin cos negative sign
        stop_gradient elu gelu selu softplus cumsum""".split()
    },
    "argmax": ("argmax", ("axis",)),
}
_SETTINGS = {"image_data_format": "channels_last", "image_dim_ordering": "tf"}
"""What Keras answers unless a user's configuration says otherwise."""
_RENAMED = {"axes": "axis", "newshape": "shape", "pattern": "perm", "keep_dims": "keepdims"}


def call(
    run: Interpreter, function: External, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """A call of one of Keras's names."""
    name, path = function.last, function.path
    if name in _SETTINGS:
        return _SETTINGS[name]
    if name == "Input":
        return _input(run, args, kwargs, node)
    if name == "Sequential":
        return _sequential(run, args, kwargs, node)
    if name in ("Model", "Functional"):
        return _model(run, args, kwargs, node)
    if name in _MERGES and ".layers" in path and ".backend" not in path:
        given = {**kwargs, "axes": args[1]} if name == "dot" and len(args) > 1 else kwargs
        return use(run, make(run, _MERGES[name], [], given, node), args[:1], {}, node)
    if ".ops." in path or ".backend." in path or path.rpartition(".")[0] == "keras.activations":
        tensors = [one for one in flatten([args, kwargs]) if isinstance(one, Tensor)]
        if tensors:
            return operation(run, name, args, kwargs, node)
        return library.call(run, function, args, kwargs, node)
    if name[:1].isupper() and not any(
        part in path
        for part in (".optimizers", ".callbacks", ".losses", ".metrics", ".initializers",
                     ".regularizers", ".constraints", ".applications", ".preprocessing")
    ):  # fmt: skip
        return make(run, name, args, kwargs, node)
    return library.call(run, function, args, kwargs, node)


def make(
    run: Interpreter, written: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Made:
    """A layer as its constructor is written, in the words of any version of Keras."""
    place = run.run.place(node)
    if written == "Lambda":
        return _lambda(run, args, kwargs, node)
    given = {name: _plain(value) for name, value in kwargs.items()}
    class_name, _ = modern(written, {}, 3)
    for name, value in zip(POSITIONAL.get(class_name, ()), args, strict=False):
        given.setdefault(name, _plain(value))
    class_name, config = modern(written, given, 3)
    declaration = registry.find(class_name)
    stated = config.get("name")
    name = stated if isinstance(stated, str) else run.run.auto_name(class_name)
    if declaration is None:
        reason = registry.why_not(class_name)
        return Made(Unmodelled(name=name, written_class=class_name, reason=reason), place, node)
    kinds = declaration.argument_kinds()
    arguments = {key: value for key, value in config.items() if key in kinds}
    arguments["name"] = name
    if not isinstance(arguments.get("trainable", True), bool):
        arguments.pop("trainable")
    for key in declaration.holds:
        if key in arguments:
            arguments[key] = map_structure(_held, arguments[key])
    if issubclass(declaration, InputLayer) and "input_shape" in config:
        arguments.setdefault("shape", config["input_shape"])
    misfit = next((k for k, v in arguments.items() if not fits(kinds[k], v)), None)
    missing = next(
        (
            one.name
            for one in declaration.declared()
            if one.default is MISSING and one.name not in arguments
        ),
        None,
    )
    if misfit or missing:
        reason = f"its `{misfit or missing}` is not known"
        return Made(Unmodelled(name=name, written_class=class_name, reason=reason), place, node)
    hint = _hint(declaration, config)
    return Made(declaration(**arguments, input_hint=hint), place, node)


def _held(value: Any) -> Any:
    if isinstance(value, Made):
        return value.operation
    if isinstance(value, Stack | Graph):
        return operation_of(value)
    if isinstance(value, Unknown | Instance):
        return Unmodelled(name="layer", written_class="?", reason="the inner layer is not known")
    return value


def _hint(declaration: type[Operation], config: Mapping[str, Any]) -> Shape | None:
    """The input shape that a first layer states with the older arguments."""
    for key in ("batch_input_shape", "batch_shape"):
        if key in config:
            return _shape(config[key])
    if "input_shape" in config:
        inner = _shape(config["input_shape"])
        return Shape((Dim.of(None), *inner.dims)) if inner.dims is not None else inner
    length = config.get("input_length")
    if issubclass(declaration, Embedding):
        return _shape((None, length)) if length is not None else None
    if config.get("input_dim") is not None:
        if issubclass(declaration, Recurrence) or "input_length" in config:
            return _shape((None, length, config["input_dim"]))
        return _shape((None, config["input_dim"]))
    held = config.get("layer")
    if isinstance(held, Made):
        hint = getattr(held.operation, "input_hint", None)
        return hint if isinstance(hint, Shape) else None
    return None


def _shape(sizes: object) -> Shape:
    if isinstance(sizes, Shape):
        return sizes
    if not isinstance(sizes, list | tuple):
        return Shape.unknown("an input shape is not known")
    return Shape(Dim.of(None) if n is None else Dim.named("input", n) for n in sizes)


def _plain(value: Any) -> Any:
    """An argument as a declaration takes it: True for a flag written as 1."""
    if isinstance(value, Missing | Array | External | Method):
        return value if isinstance(value, Unknown) else Unknown("an argument is not known")
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return value
    return value


def _input(run: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Tensor:
    names = ("shape", "batch_size", "dtype")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    place = run.run.place(node)
    if "tensor" in given:
        shape = shape_of(given["tensor"])
        shape = shape if isinstance(shape, Shape) else Shape.unknown("a tensor is not known")
    elif (batch := given.get("batch_shape", given.get("batch_input_shape"))) is not None:
        shape = _shape(batch)
    else:
        inner = _shape(given.get("shape", ()))
        size = given.get("batch_size")
        first = Dim.of(None) if size is None else Dim.named("batch", size)
        shape = inner if inner.dims is None else Shape((first, *inner.dims))
    name = given.get("name")
    name = name if isinstance(name, str) else run.run.auto_name("InputLayer")
    sizes = None if shape.dims is None else tuple(_size_or_unknown(dim) for dim in shape.dims)
    return Tensor(shape, input_layer=Made(InputLayer(name=name, batch_shape=sizes), place, node))


def _size_or_unknown(dim: Dim) -> Any:
    return Unknown(dim.reason) if dim.is_unknown else dim.value


def _sequential(run: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Stack:
    layers = args[0] if args else kwargs.get("layers")
    name = kwargs.get("name")
    stack = Stack(
        name if isinstance(name, str) else run.run.auto_name("Sequential"), run.run.place(node)
    )
    run.run.stacks.append(stack)
    if layers is None:
        return stack
    items = run.items_of(layers)
    if items is None:
        doubt(stack, "the list of its layers is not known")
        return stack
    for layer in items:
        add(run, stack, layer, node)
    return stack


def add(run: Interpreter, stack: Stack, layer: Any, node: ast.AST) -> None:
    """``model.add(layer)``: the layer is applied as soon as the input is known."""
    if isinstance(layer, Tensor) and layer.input_layer is not None:
        layer = layer.input_layer
    if isinstance(layer, Made) and isinstance(layer.operation, InputLayer):
        if not stack.layers and stack.input is None:
            _start(stack, Tensor(layer.operation.tensor, input_layer=layer))
        return
    if isinstance(layer, Missing) or not isinstance(layer, Made | Stack | Graph | Instance):
        doubt(stack, "a layer that is added is not known")
        return
    made = layer if isinstance(layer, Made) else as_layer(run, layer)
    if not stack.layers and stack.input is None:
        shape = _own_input(layer)
        if shape is not None:
            tensor = Tensor(
                shape,
                input_layer=Made(
                    InputLayer(name=run.run.auto_name("InputLayer")), made.place, None
                ),
            )
            _start(stack, tensor)
    stack.layers.append(made)
    stack.places.append(run.run.place_of_use(made, node))
    if stack.input is not None:
        _advance(run, stack, layer, stack.places[-1])


def _own_input(layer: Any) -> Shape | None:
    if isinstance(layer, Made):
        hint = getattr(layer.operation, "input_hint", None)
        return hint if isinstance(hint, Shape) else None
    if isinstance(layer, Stack):
        return layer.input.shape if layer.input is not None else None
    if isinstance(layer, Graph) and isinstance(layer.inputs, Tensor):
        return layer.inputs.shape
    return None


def _start(stack: Stack, tensor: Tensor) -> None:
    stack.input = tensor
    stack.output = tensor


def _advance(run: Interpreter, stack: Stack, layer: Any, place: Place) -> None:
    if stack.failed:
        return
    before = len(run.run.refusals)
    if isinstance(layer, Instance):
        stack.output = use_instance(run, layer, [stack.output], {}, None)
    else:
        made = layer if isinstance(layer, Made) else as_layer(run, layer)
        stack.output = _applied(run, made, (stack.output,), {}, None, stack.name, place)
    stack.failed = len(run.run.refusals) > before


def build(run: Interpreter, stack: Stack, tensor: Tensor, place: Place | None = None) -> None:
    """Give a stack its input; every layer is applied, at ``place`` or where it was added."""
    _start(stack, tensor)
    for layer, added in zip(stack.layers, stack.places, strict=True):
        _advance(run, stack, layer, place or added)


def doubt(stack: Stack, reason: str) -> None:
    """From here on the output of a stack is not known."""
    stack.doubts.append(reason)
    unknown = Tensor(Shape.unknown(reason))
    if stack.input is None:
        stack.input = unknown
    stack.output = unknown


def forget(args: list[Any], kwargs: Mapping[str, Any]) -> None:
    """Models that are given to a function that is not known may be changed by it."""
    for value in flatten([args, dict(kwargs)]):
        if isinstance(value, Stack) and not value.layers:
            doubt(value, "a function that is not known may add to it")


def _model(run: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Any:
    names = ("inputs", "outputs", "name")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    inputs = given.get("inputs", given.get("input"))
    outputs = given.get("outputs", given.get("output"))
    if inputs is None or outputs is None:
        return Missing("a model of its own class")
    name = given.get("name")
    made = Graph(
        name if isinstance(name, str) else run.run.auto_name("Functional"),
        run.run.place(node),
        inputs,
        outputs,
    )
    run.run.graphs.append(made)
    return made


def as_layer(run: Interpreter, value: Any) -> Made:
    """A model as a layer of another one."""
    if isinstance(value, Instance):
        if value.as_layer is None:
            name = run.run.auto_name(value.cls.name)
            computed = Unmodelled(
                name=name, written_class=value.cls.name, reason="it is a class of the program"
            )
            value.as_layer = Made(computed, Place(run.run.path))
        return value.as_layer
    if value.as_layer is None or isinstance(value, Stack):
        uses = value.as_layer.uses if value.as_layer is not None else 0
        value.as_layer = Made(operation_of(value), value.place, uses=uses)
    made: Made = value.as_layer
    return made


def use(
    run: Interpreter, layer: Any, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """``layer(x)``: the tensors that come out."""
    tensors = tuple(_tensors(one) for one in args)
    more = {
        key: _tensors(value)
        for key, value in kwargs.items()
        if key not in ("training", "mask", "constants")
    }
    if isinstance(layer, Stack) and layer.input is None and tensors:
        shape = shape_of(tensors[0])
        if isinstance(shape, Shape):
            place = run.run.place(node)
            name = run.run.auto_name("InputLayer")
            start = Tensor(shape, input_layer=Made(InputLayer(name=name), place))
            build(run, layer, start, place)
    if isinstance(layer, Stack | Graph):
        if isinstance(layer, Stack) and (layer.failed or layer.doubts):
            return Tensor(Shape.unknown("a model that is not known"))
        layer = as_layer(run, layer)
    if not tensors and not more:
        return Missing("a layer is called on nothing")
    return _applied(run, layer, tensors, more, node)


def _tensors(value: Any) -> Any:
    """An argument of a layer's call: what is not known stands for a tensor."""
    if isinstance(value, Missing):
        return value.as_tensor()
    if isinstance(value, list | tuple):
        return [_tensors(one) for one in value]
    if isinstance(value, dict):
        return {key: _tensors(one) for key, one in value.items()}
    return value


def _applied(
    run: Interpreter,
    layer: Made,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    node: ast.AST | None,
    model: str | None = None,
    place: Place | None = None,
) -> Any:
    if layer.body is not None and args and isinstance(args[0], Tensor):
        given = Tensor(args[0].shape)
        result = layer.body(given)
        shape = shape_of(result)
        if not isinstance(shape, Shape):
            shape = Shape.unknown("what the function gives is not known")
        operation = Computed(
            name=layer.operation.name, written_class=layer.operation.class_name, result=shape
        )
        application = Application(operation, _call_of(args), shape)
        at = place or run.run.place_of_use(layer, node)
        return Tensor(shape, Use(Made(operation, layer.place), 0, args, {}, at, application))
    return run.run.apply(layer, args, kwargs, node, model, place)


def _call_of(args: tuple[Any, ...]) -> Call:
    return Call(tuple(map_structure(shape_of, one) for one in args))


def use_instance(
    run: Interpreter, value: Instance, args: list[Any], kwargs: dict[str, Any], node: Any
) -> Any:
    """A layer or model of a class of the program: its ``call`` is followed."""
    called = value.cls.find("call")
    if called is None:
        return Tensor(Shape.unknown("a class whose call is not known"))
    builder = value.cls.find("build")
    if builder is not None and not value.attributes.get("built") and args:
        value.attributes["built"] = True
        shape = shape_of(args[0])
        run.call(builder, [value, shape], {}, node)
    given = [_tensors(args[0]), *args[1:]] if args else []
    result = run.call(called, [value, *given], kwargs, node)
    if isinstance(result, Missing):
        return Tensor(Shape.unknown("what the class gives is not known"))
    return result


def _lambda(run: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Made:
    function = args[0] if args else kwargs.get("function")
    name = kwargs.get("name")
    name = name if isinstance(name, str) else run.run.auto_name("Lambda")
    operation = Unmodelled(name=name, written_class="Lambda", reason="it runs Python code")
    extra = kwargs.get("arguments")
    more = extra if isinstance(extra, dict) else {}
    stated = kwargs.get("output_shape")
    made = Made(operation, run.run.place(node), node)

    def body(x: Tensor) -> Any:
        result = run.call(function, [x], dict(more), node)
        known = isinstance(result, Tensor) and result.shape.dims is not None
        if not known and isinstance(stated, list | tuple) and x.shape.dims:
            return Array(Shape((x.shape[0], *_shape(stated))))
        return result

    made.body = body
    return made


def operation(
    run: Interpreter, function: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """An operation on tensors, which becomes a row of the model."""
    tf_name, names = _OPERATIONS.get(function, (function, ()))
    given = {_RENAMED.get(key, key): value for key, value in kwargs.items()}
    x = given.pop("x", given.pop("input", given.pop("values", given.pop("tensors", None))))
    args = args if args or x is None else [x]
    if names:
        given.update(zip(names, args[1:], strict=False))
        args = args[:1]
    if tf_name == "concat":
        given.setdefault("axis", -1 if function == "concatenate" else 0)
    if tf_name == "expand_dims":
        given.setdefault("axis", -1)
    if tf_name in ("softmax", "relu", "cast", "sigmoid", "tanh"):
        args, given = args[:1], {}
    layer = Made(
        TensorFlowOp(name=run.run.auto_name(tf_name), written_class=tf_name, function=tf_name),
        run.run.place(node),
        node,
    )
    tensors = tuple(_tensors(one) for one in args)
    return run.run.apply(layer, tensors, given, node, None, run.run.place(node))


def attribute(run: Interpreter, value: Any, name: str) -> Any:
    """An attribute of a layer or a model."""
    if isinstance(value, Stack):
        if name in ("input", "output") and value.input is not None:
            return value.input if name == "input" else value.output
        if name == "layers" and not value.doubts:
            return list(value.layers)
    if isinstance(value, Graph) and name in ("input", "output", "inputs", "outputs"):
        found = value.inputs if name.startswith("input") else value.outputs
        return found if not name.endswith("s") or isinstance(found, list) else [found]
    if name in ("output_shape", "input_shape"):
        end = attribute(run, value, name.partition("_")[0])
        return _sizes(end.shape) if isinstance(end, Tensor) else Missing("a shape is not known")
    if isinstance(value, Made) and name not in ("from_config",):
        if (
            name in value.operation.argument_kinds()
            if hasattr(value.operation, "argument_kinds")
            else False
        ):
            found = getattr(value.operation, name)
            return found if not isinstance(found, Operation) else Missing("an inner layer")
        return Missing("an attribute of a layer")
    return Method(value, name)


def _sizes(shape: Shape) -> Any:
    if shape.dims is None:
        return Missing("a shape is not known")
    return tuple(
        dim.value if dim.value is not None or dim.flexible else Missing(dim.reason)
        for dim in shape.dims
    )


def method(
    run: Interpreter, value: Any, name: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """A method of a model: ``add``, ``pop``, ``build``, ``fit``."""
    if isinstance(value, Stack):
        if name == "add":
            layer = args[0] if args else kwargs.get("layer", Missing("no layer"))
            add(run, value, layer, node)
            return None
        if name == "pop" and value.layers and not value.doubts:
            return _pop(run, value)
        if name == "build":
            shape = _shape(args[0] if args else kwargs.get("input_shape"))
            _build_on(run, value, shape, node)
            return None
        if name in ("fit", "predict", "evaluate", "train_on_batch", "predict_on_batch"):
            x = args[0] if args else kwargs.get("x")
            shape = shape_of(x)
            if not isinstance(shape, Shape):
                shape = Shape.unknown("the data is not known")
            if shape.dims:
                shape = Shape((Dim.of(None), *shape.dims[1:]))
            _build_on(run, value, shape, node)
    if isinstance(value, Instance):
        if name == "super.__call__" or name == "call":
            return Tensor(Shape.unknown("a class whose call is not known"))
        if name == "super.__init__":
            return None
        if name == "add_weight":
            return Missing("a weight")
        if name in ("fit", "predict", "evaluate") and args:
            shape = shape_of(args[0])
            if isinstance(shape, Shape):
                use_instance(run, value, [Tensor(shape)], {}, node)
        if name == "build" and (args or kwargs):
            shape = _shape(args[0] if args else kwargs.get("input_shape"))
            use_instance(run, value, [Tensor(shape)], {}, node)
    return Missing(f"what `{name}` gives is not known")


def _build_on(run: Interpreter, stack: Stack, shape: Shape, node: ast.AST) -> None:
    if stack.input is not None or not stack.layers:
        return
    place = run.run.place(node)
    layer = Made(InputLayer(name=run.run.auto_name("InputLayer")), place)
    build(run, stack, Tensor(shape, input_layer=layer), place)


def _pop(run: Interpreter, stack: Stack) -> Any:
    removed = stack.layers.pop()
    stack.places.pop()
    last = stack.output
    if stack.input is not None:
        if isinstance(last, Tensor) and last.use is not None and not stack.failed:
            stack.output = last.use.args[0]
        else:
            doubt(stack, "a layer was removed")
    return removed


def end(run: Interpreter) -> None:
    """A stack that nothing built is looked at on an input that is not known."""
    for stack in run.run.stacks:
        if stack.input is None and len(stack.layers) > 1:
            layer = Made(InputLayer(name="input_layer"), stack.place)
            build(run, stack, Tensor(Shape.unknown("no input shape is given"), None, 0, layer))


__all__ = ["UserClass", "add", "build", "call", "doubt", "end", "forget", "make", "method", "use"]
