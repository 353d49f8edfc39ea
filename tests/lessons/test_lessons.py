"""Lessons: their numbers are Keras's, their equations what Keras computes, their links lead on."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from rnninspect.api import inspect
from rnninspect.cli.main import main
from rnninspect.lessons.fill import Numbers, evaluate, fill
from rnninspect.lessons.rows import LISTED, row_of
from rnninspect.lessons.topics import DEFAULTS, contents, page_of, topics
from rnninspect.rules.registry import codes

LAYERS = [name for name, topic in topics().items() if topic.kind == "layers"]
IDEAS = [name for name, topic in topics().items() if topic.kind == "ideas"]
GATES = {"LSTM": "ifco", "GRU": "zrh"}


def explain(*args: str, columns: int = 80) -> Result:
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, ["explain", *args])


def sizes(seed: int) -> dict[str, int]:
    chosen = random.Random(seed)
    return {name: chosen.randint(4, 12) for name in DEFAULTS}


@pytest.mark.parametrize("name", topics())
def test_no_number_is_written_by_hand(name: str) -> None:
    text = re.sub(r"\{\{.*?\}\}", "", topics()[name].text)
    text = re.sub(r"RNN\d{3}|\b(19|20)\d\d\b", "", text)
    assert re.findall(r"\d{3,}|\d,\d{3}", text) == []


@pytest.mark.parametrize("name", topics())
def test_a_page_fits_80_columns_and_leaves_nothing_open(name: str) -> None:
    result = explain(name)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "{{" not in result.stdout


@pytest.mark.parametrize("name", topics())
def test_what_is_next_is_there(name: str) -> None:
    page = page_of([name])
    following = re.findall(r"`rnninspect explain ([^`]+)`", page)
    assert following
    for words in following:
        assert page_of(words.split())
    assert set(re.findall(r"RNN\d{3}", page)) <= set(codes())


@pytest.mark.parametrize("name", IDEAS)
def test_an_idea_has_a_drawing_and_an_example(name: str) -> None:
    text = topics()[name].text
    assert "```text" in text
    assert "Worked example" in text or "Worked example" in page_of([name])


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_has_its_parts(name: str) -> None:
    text = topics()[name].text
    for part in ("## Input and output", "## Weights", "## Source"):
        assert part in text


@pytest.mark.keras
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", LAYERS)
def test_the_numbers_of_a_layer_are_keras_own(name: str, seed: int, keras: Any) -> None:
    values = sizes(seed)
    expression = topics()[name].it
    row = row_of(expression, values)
    written, _, shapes = expression.partition(" on ")
    scope = {**vars(keras.layers), **values}
    layer = eval(written, scope)
    inputs = [keras.Input(eval(one, scope)) for one in shapes.split("&")]
    listed = len(inputs) > 1 and written.startswith(LISTED)
    output = layer(inputs) if listed else layer(*inputs)
    assert row.parameters.value == layer.count_params()
    assert str(row.output_shape) == str(tuple(output.shape))


def sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def softmax(x: Any) -> Any:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


FUNCTIONS: Mapping[str, Any] = {
    "sigmoid": sigmoid,
    "softmax": softmax,
    "tanh": np.tanh,
    "sqrt": np.sqrt,
    "sum": np.sum,
    "mean": lambda x: x.mean(-1, keepdims=True),
    "var": lambda x: x.var(-1, keepdims=True),
}


def computed(name: str, **values: Any) -> dict[str, Any]:
    """What the equations of a lesson give, worked out in NumPy from the lesson's own text."""
    (block,) = re.findall(r"```equations\n(.*?)```", topics()[name].text, re.S)
    scope = {**FUNCTIONS, **values}
    exec(block, scope)
    return scope


def weights_of(layer: Any, rng: Any) -> list[Any]:
    made = [rng.normal(size=one.shape).astype("float32") for one in layer.weights]
    layer.set_weights(made)
    return made


@pytest.mark.keras
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["SimpleRNN", "LSTM", "GRU"])
def test_one_step_of_a_recurrent_layer(name: str, seed: int, keras: Any) -> None:
    values, rng = sizes(seed), np.random.default_rng(seed)
    units, features = values["units"], values["features"]
    layer = getattr(keras.layers, name)(units, return_state=True)
    x = rng.normal(size=(3, 1, features)).astype("float32")
    states = [rng.normal(size=(3, units)).astype("float32") for _ in range(1 + (name == "LSTM"))]
    layer(x)
    kernel, recurrent, bias = weights_of(layer, rng)
    given: dict[str, Any] = {"x": x[:, 0], "h": states[0], "c": states[-1]}
    if name == "SimpleRNN":
        given |= {"W": kernel, "U": recurrent, "b": bias}
    for number, gate in enumerate(GATES.get(name, "")):
        span = slice(number * units, (number + 1) * units)
        given |= {f"W_{gate}": kernel[:, span], f"U_{gate}": recurrent[:, span]}
        if name == "GRU":
            given |= {f"b_{gate}": bias[0, span], f"r_{gate}": bias[1, span]}
        else:
            given[f"b_{gate}"] = bias[span]
    ours = computed(name, **given)
    output, *after = (np.asarray(one) for one in layer(x, initial_state=states))
    assert np.allclose(ours["h_new"], output, atol=1e-5)
    assert np.allclose(ours["h_new"], after[0], atol=1e-5)
    if name == "LSTM":
        assert np.allclose(ours["c_new"], after[1], atol=1e-5)


@pytest.mark.keras
@pytest.mark.parametrize("name", ["Dense", "LayerNormalization", "BatchNormalization"])
def test_the_equation_of_a_layer_for_vectors(name: str, keras: Any) -> None:
    rng = np.random.default_rng(7)
    layer = keras.layers.Dense(5) if name == "Dense" else getattr(keras.layers, name)()
    x = rng.normal(size=(4, 6)).astype("float32")
    layer(x)
    names = {
        "Dense": ("W", "b"),
        "LayerNormalization": ("gamma", "beta"),
        "BatchNormalization": ("gamma", "beta", "moving_mean", "moving_variance"),
    }[name]
    made = [rng.uniform(0.5, 2, size=one.shape).astype("float32") for one in layer.weights]
    layer.set_weights(made)
    given = dict(zip(names, made, strict=True))
    ours = computed(name, x=x, epsilon=getattr(layer, "epsilon", 0), **given)
    assert np.allclose(ours["y"], np.asarray(layer(x)), atol=1e-5)


@pytest.mark.keras
@pytest.mark.parametrize("name", ["Attention", "AdditiveAttention"])
def test_the_equation_of_an_attention(name: str, keras: Any) -> None:
    rng = np.random.default_rng(3)
    layer = getattr(keras.layers, name)()
    q, v = (rng.normal(size=(1, n, 6)).astype("float32") for n in (4, 5))
    layer([q, v])
    scale = weights_of(layer, rng)
    ours = computed(name, q=q[0], k=v[0], v=v[0], scale=scale[0] if scale else 1)
    assert np.allclose(ours["y"], np.asarray(layer([q, v]))[0], atol=1e-5)


@pytest.mark.keras
def test_the_equation_of_a_table(keras: Any) -> None:
    layer = keras.layers.Embedding(9, 4)
    x = np.array([[3, 0, 8]])
    expected = np.asarray(layer(x))
    ours = computed("Embedding", x=x, E=np.asarray(layer.get_weights()[0]))
    assert np.allclose(ours["y"], expected)


@pytest.mark.keras
def test_the_equation_of_a_window(keras: Any) -> None:
    rng = np.random.default_rng(5)
    layer = keras.layers.Conv1D(4, 3)
    x = rng.normal(size=(1, 8, 6)).astype("float32")
    layer(x)
    kernel, bias = weights_of(layer, rng)
    expected = np.asarray(layer(x))[0]
    for t in range(6):
        assert np.allclose(
            computed("Conv1D", x=x[0], W=kernel, b=bias, t=t)["y_t"], expected[t], atol=1e-5
        )


@pytest.mark.keras
def test_the_equation_of_a_head(keras: Any) -> None:
    rng = np.random.default_rng(9)
    layer = keras.layers.MultiHeadAttention(1, 5)
    x = rng.normal(size=(1, 4, 6)).astype("float32")
    layer(x, x)
    q, bq, k, bk, v, bv, o, bo = (np.squeeze(one) for one in weights_of(layer, rng))
    given = {"W_q": q, "b_q": bq, "W_k": k, "b_k": bk, "W_v": v, "b_v": bv, "W_o": o, "b_o": bo}
    ours = computed("MultiHeadAttention", x=x[0], key_dim=5, **given)
    assert np.allclose(ours["y"], np.asarray(layer(x, x))[0], atol=1e-5)


NOTES = [
    ("return-sequences", "expected ndim=3, found ndim=2"),
    ("RNN101", "return_sequences=True"),
    ("SimpleRNN", "(features + units + 1) × units"),
    ("SimpleRNN", "(6 + 16 + 1) × 16"),
    ("SimpleRNN", "368"),
    ("SimpleRNN", "recurrent_kernel: units × units = 16 × 16 = 256"),
    ("parameters", "1,568"),
    ("parameters", "(nodes of the layer before + nodes of the layer itself + bias)"),
    ("bias", "there nearly always"),
    ("LSTM", "a memory (the cell state)"),
    ("gates", "what of the memory is removed"),
    ("hidden-state", "carries what helps to manage the memory"),
    ("gates", "mixes present and past by one constant rule"),
    ("cell-state", "joins what the forget gate keeps of the past"),
    ("gates", "put in range by a sigmoid"),
    ("LSTM", "return_sequences"),
    ("LSTM", "1,472 = 4 × 368"),
    ("GRU", "cell state and hidden state are one"),
    ("GRU", "8 parts are old and 2 parts"),
    ("backpropagation", "updates the weights of every layer, again and again"),
    ("transformer", "a memory that is made to concentrate"),
    ("attention", "picks what matters"),
]


@pytest.mark.parametrize(("name", "said"), NOTES)
def test_every_statement_of_the_notes_is_answered(name: str, said: str) -> None:
    page = re.sub(r"\*\*|`", "", " ".join(page_of([name]).split()))
    assert said in page


def test_layers_side_by_side() -> None:
    result = explain("SimpleRNN", "LSTM", "GRU", "--units", "16", "--features", "6", columns=120)
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "parameters 368 1,472 1,152" in text
    assert "ratio 1 × 4 × 3.13 ×" in text
    assert "reset_after=False it is exactly 3 times" in text


def test_the_users_own_numbers() -> None:
    page = explain("LSTM", "--units", "64", "--features", "10", "--timesteps", "7").stdout
    assert "(None, 7, 10)" in page
    assert "19,200" in page  # 4 × (10 + 64 + 1) × 64


def test_a_layer_of_a_real_model(samples: Path) -> None:
    result = explain(str(samples / "bidirectional_tagger.keras"), "none")
    assert result.exit_code == 2
    assert "there is no layer 'none'" in result.stderr
    model = inspect(samples / "bidirectional_tagger.keras").models[0]
    bound = next(one.name for one in model.layers if one.class_name == "Bidirectional")
    page = explain(str(samples / "bidirectional_tagger.keras"), bound)
    assert page.exit_code == 0
    assert "Bidirectional: the sequence from both ends" in " ".join(page.stdout.split())


def test_names_in_any_form() -> None:
    assert page_of(["return_sequences"]) == page_of(["Return-Sequences"])
    assert page_of(["lstm"]) == page_of(["LSTM"])
    assert page_of(["LSTMCell"]) == page_of(["RNN"])
    assert page_of(["forget gate"]) == page_of(["gates"])
    assert page_of(["Attention"]) != page_of(["attention"])
    assert "Did you mean" in explain("LTSM").stderr
    assert all(f"`{name}`" in contents() for name in topics())


def test_formats() -> None:
    markdown = explain("GRU", "--format", "markdown").stdout
    assert markdown.startswith("# GRU")
    html = explain("GRU", "--format", "html").stdout
    assert "<table>" in html and "3 × (6 + 16 + 2) × 16" in html


def test_a_lesson_cannot_ask_for_what_is_not_there() -> None:
    numbers = Numbers({"units": 4})
    assert fill("{{units}} {{= 2 * units + 1}}", numbers) == "4 9"
    for text in ("{{nothing}}", "{{params}}", "{{= __import__('os')}}", "{{= units.real}}"):
        with pytest.raises(ValueError, match="lesson"):
            fill(text, numbers)
    assert evaluate("2 ** 3 / 4", {}) == 2
