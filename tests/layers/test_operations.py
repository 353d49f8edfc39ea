"""Recorded operations: a config's or a call's arguments, no weights, a shape where known."""

from __future__ import annotations

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.operations import Recorded, TensorFlowOp

X = Shape.of(None, 20, 6)


def test_an_operation_of_keras_ops_takes_arguments_from_its_config() -> None:
    mean = Recorded(name="mean", operation="Mean", config={"name": "mean", "axis": [1]})
    assert mean.apply(Call.on(X)).output == Shape.of(None, 6)
    assert mean.class_name == "Mean"
    assert not mean.is_listed


def test_an_operation_of_keras_ops_takes_arguments_from_its_call() -> None:
    getitem = Recorded(name="get_item", operation="GetItem", config={"name": "get_item"})
    assert getitem.apply(Call.on(X, (slice(None), -1))).output == Shape.of(None, 6)


def test_a_function_of_tensorflow_is_found_by_its_last_name() -> None:
    concat = TensorFlowOp(name="tf.concat", written_class="TFOpLambda", function="concat")
    assert concat.apply(Call(([X, X],), {"axis": -1})).output == Shape.of(None, 20, 12)
    power = TensorFlowOp(name="tf.pow", written_class="TFOpLambda", function="math.pow")
    assert power.apply(Call.on(X, 2)).output == X
    assert power.class_name == "TFOpLambda"


def test_an_operation_that_is_not_in_the_table_has_an_unknown_shape() -> None:
    for operation in (
        Recorded(name="svd", operation="SVD", config={}),
        TensorFlowOp(name="tf.fft", written_class="TFOpLambda", function="signal.fft"),
    ):
        output = operation.apply(Call.on(X)).output
        assert isinstance(output, Shape)
        assert output.dims is None
        assert "is not known" in output.reason


def test_what_fails_is_rejected_with_the_words_of_the_operation() -> None:
    matmul = TensorFlowOp(name="m", written_class="TFOpLambda", function="linalg.matmul")
    use = matmul.apply(Call((X,), {"b": Shape.of(None, 5, 6)}))
    assert use.rejected is not None
    assert "Matrix size-incompatible" in use.rejected.message
