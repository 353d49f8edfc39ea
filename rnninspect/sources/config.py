"""Keras's config (JSON) becomes a Model. Every format that carries a config comes through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.errors import NotAModel, UnreadableSource
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.json_values import Json, JsonObject, expect_list
from rnninspect.layers import registry
from rnninspect.layers.base import Layer, fits
from rnninspect.layers.core import InputLayer
from rnninspect.layers.quantized import is_quantized
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources import config_keys
from rnninspect.sources.config_keys import unforeseen_of_layer
from rnninspect.sources.entries import (
    built_shape,
    is_custom,
    is_operation,
    shape_of,
    short,
    stated_input,
    text,
    untagged,
)
from rnninspect.strictness import reject_unforeseen

MAX_NOTES = 20
"""Notes about one file; more say nothing new."""
MAX_NESTING_LEVELS = 60
"""Models and wrappers inside each other; real ones stay below ten."""


def read_config(config: Json, path: str, keras_version: Json = None) -> Model:
    """Return the model of a config; ``keras_version`` is the one that wrote it, if known.

    Raises NotAModel if it is not a model config, UnreadableSource if it is a broken one.
    """
    if not isinstance(config, Mapping) or not isinstance(config.get("class_name"), str):
        raise NotAModel(
            f"{path}: this is JSON, but not a Keras model config",
            "A model config has `class_name` and `config`; `model.to_json()` writes one.",
        )
    reader = _ConfigReader(path, _major(config, keras_version))
    operation = reader.operation(config, "", 0)
    if isinstance(operation, Model):
        return reader.noted(operation)
    if isinstance(operation, Layer):
        raise NotAModel(
            f"{path}: this is the config of a single {operation.class_name} layer, not of a model",
            "Save the whole model, for instance with `model.to_json()`.",
        )
    name = operation.name or operation.class_name
    whole = operation.but(is_whole_model=True)
    return reader.noted(_without_graph(name, operation.class_name, {name: whole}, {}, path))


def read_layers(
    name: str,
    class_name: str,
    entries: Sequence[Json],
    path: str,
    keras_version: Json = "3",
) -> Model:
    """Return a model of which only the layers are known, not how they are connected."""
    reader = _ConfigReader(path, _major({"module": None}, keras_version))
    layers: dict[str, Operation] = {}
    built_on: dict[str, Shape] = {}
    for number, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            raise UnreadableSource(f"{path}: layers[{number}] is not a layer")
        operation = reader.operation(entry, f"layers[{number}]", 0)
        layer = reader.unique(operation, layers)
        layers[layer] = operation
        if (shape := built_shape(entry)) is not None:
            built_on[layer] = shape
    return reader.noted(_without_graph(name, class_name, layers, built_on, path))


def read_weights_only(name: str, groups: Sequence[str], path: str) -> Model:
    """Return a model of which only the stored weights are known: a layer for each group."""
    reason = "weights do not say what the layer is"
    layers = {
        group: Unmodelled(name=group, written_class="stored weights", reason=reason)
        for group in groups
    }
    return _without_graph(name, "weights only", layers, {}, path)


def _without_graph(
    name: str,
    class_name: str,
    layers: Mapping[str, Operation],
    built_on: Mapping[str, Shape],
    path: str,
) -> Model:
    nowhere = Shape.unknown("a subclassed model has no graph")
    return Model(
        name=name,
        model_class=class_name,
        layers=layers,
        nodes=tuple(
            Node(layer, 0, (nowhere,), {}, built_on=built_on.get(layer)) for layer in layers
        ),
        input_shapes={},
        place=Place(path),
        notes=(
            "this file holds weights only, no architecture"
            if class_name == "weights only"
            else f"{class_name} is a model of its own class: how its layers connect is not known",
        ),
    )


def _major(config: JsonObject, keras_version: Json) -> int | None:
    if "module" in config and isinstance(keras_version, str) and keras_version.startswith("3."):
        return 3
    # Configs of Keras 3 need no dialect.
    from rnninspect.sources.dialects import guessed_major, major_of

    written = keras_version or config.get("keras_version")
    return major_of(written) or guessed_major(config.get("config"))


class _ConfigReader:
    def __init__(self, path: str, major: int | None) -> None:
        self.path = path
        self.major = major
        self.shared: dict[int, Operation] = {}
        self.notes: dict[str, None] = {}  # in the order in which they arise, each once

    def noted(self, model: Model) -> Model:
        """Return the model with the notes that were made while it was read."""
        return model.but(notes=(*model.notes, *self.notes)) if self.notes else model

    def _note_unforeseen(self, keys: Iterable[str], what: str, where: str) -> None:
        """Note keys that are not in any list; raise Unforeseen in our own tests."""
        for key in keys:
            reject_unforeseen(f"{self.path}: {where}: the key {key!r} in {what}")
            if len(self.notes) < MAX_NOTES:
                note = f"rnninspect does not know the key {short(key)} in {what}, and ignores it"
                self.notes[note] = None

    def operation(self, entry: JsonObject, where: str, depth: int) -> Operation:
        """Return one serialized object: a layer, a model, or an operation of ``keras.ops``."""
        if depth > MAX_NESTING_LEVELS:
            raise UnreadableSource(
                f"{self.path}: layers are nested more than {MAX_NESTING_LEVELS} deep",
                "No real model is; the file looks made to break readers.",
            )
        shared_id = entry.get("shared_object_id")
        if isinstance(shared_id, int) and shared_id in self.shared:
            return self.shared[shared_id]
        operation = self._new(entry, where, depth)
        if isinstance(shared_id, int):
            self.shared[shared_id] = operation
        return operation

    def _new(self, entry: JsonObject, where: str, depth: int) -> Operation:
        class_name = entry.get("class_name")
        config = entry.get("config")
        if not isinstance(class_name, str):
            raise UnreadableSource(f"{self.path}: {where or 'the config'} has no `class_name`")
        self._note_unforeseen(entry.keys() - config_keys.ENTRY, "the entry of a layer", where)
        if class_name == "Sequential" and isinstance(config, list):
            config = {"layers": config}
        config = config if isinstance(config, Mapping) else {}
        layers = config.get("layers")
        if isinstance(layers, list) and isinstance(config.get("input_layers"), list | Mapping):
            self._note_unforeseen(config.keys() - config_keys.MODEL, "the config of a model", where)
            return self._functional(class_name, config, where, depth)
        if class_name == "Sequential" and isinstance(layers, list):
            self._note_unforeseen(config.keys() - config_keys.MODEL, "the config of a model", where)
            return self._sequential(config, where, depth)
        if is_operation(entry, config):
            # Most models have none; the others pay for the import.
            from rnninspect.layers.operations import Recorded

            return Recorded(name=text(config.get("name")), operation=class_name, config=config)
        if class_name in ("TFOpLambda", "SlicingOpLambda"):
            # As above.
            from rnninspect.layers.operations import TensorFlowOp

            function = text(config.get("function")) or "?"
            return TensorFlowOp(
                name=text(config.get("name")), written_class=class_name, function=function
            )
        if is_custom(entry):
            reason = f"{class_name} is not a built-in Keras layer"
            return self._unmodelled(entry, config, reason)
        if self.major != 3 and (self.major is not None or "module" not in entry):
            # Configs of Keras 3 need no dialect.
            from rnninspect.sources.dialects import modern

            class_name, config = modern(class_name, config, self.major)
        declaration = registry.find(class_name)
        if declaration is None:
            return self._unmodelled(entry, config, registry.why_not(class_name))
        return self._layer(declaration, entry, config, where, depth)

    def _layer(
        self,
        declaration: type[Layer],
        entry: JsonObject,
        config: JsonObject,
        where: str,
        depth: int,
    ) -> Operation:
        kinds = declaration.argument_kinds()
        keys = unforeseen_of_layer(declaration.__name__, config, kinds, self.major)
        self._note_unforeseen(keys, f"the config of {declaration.__name__}", where)
        arguments: dict[str, Any] = {}  # checked by `fits`
        for key, value in config.items():
            if key not in kinds:
                continue
            value = untagged(value)
            held = key in declaration.holds
            argument = self._held(value, f"{where}.config.{key}", depth + 1) if held else value
            if key == "dtype" and not declaration.is_quantizable and is_quantized(value):
                reason = "its weights are quantized, which is not modelled yet"
                return self._unmodelled(entry, config, reason)
            if not fits(kinds[key], argument):
                reason = f"its `{key}` is {short(argument)}, which Keras does not take"
                return self._unmodelled(entry, config, reason)
            arguments[key] = argument
        for declared in declaration.declared():
            if declared.default is MISSING and declared.name not in arguments:
                reason = f"its config has no `{declared.name}`"
                return self._unmodelled(entry, config, reason)
        arguments["name"] = text(config.get("name", entry.get("name")))
        made = declaration(**arguments)
        if self.major is not None and self.major < 3 and not made.trainable:
            return made.frozen()  # Keras 2: a layer that does not train freezes what it holds
        return made

    def _held(self, value: object, where: str, depth: int) -> object:
        if isinstance(value, list | tuple):
            return tuple(self._held(v, f"{where}[{i}]", depth) for i, v in enumerate(value))
        if isinstance(value, Mapping) and "class_name" in value:
            return self.operation(value, where, depth)
        return value

    def _unmodelled(self, entry: JsonObject, config: JsonObject, reason: str) -> Unmodelled:
        trainable = config.get("trainable", True)
        return Unmodelled(
            name=text(config.get("name", entry.get("name"))),
            trainable=trainable if isinstance(trainable, bool) else True,
            written_class=str(entry["class_name"]).rpartition(">")[2],
            registered_name=text(entry.get("registered_name")),
            reason=reason,
            inner_classes={
                str(key): str(value["class_name"])
                for key, value in config.items()
                if isinstance(value, Mapping) and isinstance(value.get("class_name"), str)
            },
        )

    def _sequential(self, config: JsonObject, where: str, depth: int) -> Model:
        layers: dict[str, Operation] = {}
        nodes: list[Node] = []
        previous: Edge | None = None
        input_shapes: dict[str, Structure] = {}
        for number, entry in enumerate(expect_list(config["layers"])):
            at = f"{where}.config.layers[{number}]".lstrip(".")
            if not isinstance(entry, Mapping):
                raise UnreadableSource(f"{self.path}: {at} is not a layer")
            operation = self.operation(entry, at, depth + 1)
            name = self.unique(operation, layers)
            if isinstance(operation, InputLayer) and previous is None:
                layers[name] = operation
                input_shapes[name] = operation.tensor
                previous = Edge(name, 0, None)
                continue
            if previous is None:
                hint = shape_of(config.get("build_input_shape")) or stated_input(operation, entry)
                input_shapes["input"] = hint or Shape.unknown("no input shape is given")
                previous = Edge("input", 0, None)
            layers[name] = operation
            place = Place(self.path, config_path=at)
            nodes.append(Node(name, 0, (previous,), {}, place, built_shape(entry)))
            previous = Edge(name, 0, None)
        first = next(iter(input_shapes), None)
        return Model(
            name=text(config.get("name")) or (None if depth else "sequential"),
            trainable=True,  # Keras: Sequential.from_config does not read `trainable`
            model_class="Sequential",
            layers=layers,
            nodes=tuple(nodes),
            inputs=Edge(first, 0, None) if first else None,
            outputs=previous,
            input_shapes=input_shapes,
            place=Place(self.path, config_path=where or "config"),
        )

    def _outputs(self, structure: Structure) -> Structure:
        """Return the outputs; a list of one from Keras before 3 is that one output."""
        if self.major != 3 and isinstance(structure, list) and len(structure) == 1:
            output: Structure = structure[0]
            return output
        return structure

    def unique(self, operation: Operation, layers: Mapping[str, Operation]) -> str:
        """Return the layer's name; raises UnreadableSource where another layer has it."""
        name = operation.name or operation.class_name
        if operation.name is None:  # models inside models of Keras 1 have none
            number = sum(1 for label in layers if label.partition(" ")[0] == name)
            return f"{name} {number + 1}" if number else name
        if name in layers:
            raise UnreadableSource(
                f"{self.path}: two layers of one model are called {name!r}",
                "Keras needs a different name for each layer.",
            )
        return name

    def _functional(self, class_name: str, config: JsonObject, where: str, depth: int) -> Model:
        layers: dict[str, Operation] = {}
        written: dict[str, list[tuple[Json, Place, Shape | None]]] = {}
        for number, entry in enumerate(expect_list(config["layers"])):
            at = f"{where}.config.layers[{number}]".lstrip(".")
            if not isinstance(entry, Mapping):
                raise UnreadableSource(f"{self.path}: {at} is not a layer")
            operation = self.operation(entry, at, depth + 1)
            name = text(entry.get("name")) or operation.name or operation.class_name
            if name in layers:
                self.unique(operation, {name: operation})
            layers[name] = operation
            inbound = entry.get("inbound_nodes")
            calls = inbound if isinstance(inbound, list) else []
            place, built_on = Place(self.path, config_path=at), built_shape(entry)
            written[name] = [(data, place, built_on) for data in calls]
        # A Sequential names no tensors; the other models pay for the import.
        from rnninspect.sources.inbound import InboundReader

        tensors = InboundReader(
            self.path, layers, {name: len(calls) for name, calls in written.items()}
        )
        nodes = tuple(
            tensors.node(name, call, data, place, built_on)
            for name, calls in written.items()
            for call, (data, place, built_on) in enumerate(calls)
        )
        trainable = config.get("trainable", True)
        return Model(
            name=text(config.get("name")) or "functional",
            trainable=trainable if isinstance(trainable, bool) else True,
            model_class=class_name.rpartition(">")[2],
            layers=layers,
            nodes=nodes,
            inputs=tensors.ends(config.get("input_layers")),
            outputs=self._outputs(tensors.ends(config.get("output_layers"))),
            input_shapes={
                name: op.tensor for name, op in layers.items() if isinstance(op, InputLayer)
            },
            place=Place(self.path, config_path=where or "config"),
        )
