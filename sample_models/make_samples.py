"""Makes the sample models beside this file, with the installed Keras 3.

Run it as ``python sample_models/make_samples.py`` after changing a model below. The weights are
random and mean nothing: what matters is the architecture.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
from keras import layers

HERE = Path(__file__).parent
TIMESTEPS, FEATURES = 20, 6


def stack(layer: Any, name: str) -> Any:
    """The stack of the study notes: (20, 6) → 16 units, every step → 32 units, the last → 1."""
    return keras.Sequential(
        [
            keras.Input((TIMESTEPS, FEATURES)),
            layer(16, return_sequences=True),
            layer(32),
            layers.Dense(1),
        ],
        name=name,
    )


def bidirectional_tagger() -> Any:
    """A tag for each word of a padded sentence; the padding is masked."""
    words = keras.Input((None,), dtype="int32", name="words")
    x = layers.Embedding(500, 16, mask_zero=True)(words)
    x = layers.Bidirectional(layers.LSTM(12, return_sequences=True))(x)
    x = layers.Dropout(0.2)(x)
    tags = layers.TimeDistributed(layers.Dense(9, activation="softmax"), name="tags")(x)
    return keras.Model(words, tags, name="bidirectional_tagger")


def encoder_decoder() -> Any:
    """An encoder whose last states are the first states of the decoder."""
    encoded = keras.Input((None, 8), name="encoder_inputs")
    decoded = keras.Input((None, 10), name="decoder_inputs")
    _, *states = layers.LSTM(24, return_state=True, name="encoder")(encoded)
    decoder = layers.LSTM(24, return_sequences=True, return_state=True, name="decoder")
    x, *_ = decoder(decoded, initial_state=states)
    outputs = layers.Dense(10, activation="softmax", name="outputs")(x)
    return keras.Model([encoded, decoded], outputs, name="encoder_decoder")


def conv_lstm() -> Any:
    """The next of a row of small pictures."""
    return keras.Sequential(
        [
            keras.Input((None, 12, 12, 1)),
            layers.ConvLSTM2D(4, 3, padding="same", return_sequences=True),
            layers.BatchNormalization(),
            layers.ConvLSTM2D(4, 3, padding="same"),
            layers.Flatten(),
            layers.Dense(2),
        ],
        name="conv_lstm",
    )


@keras.saving.register_keras_serializable(package="samples")
class StepWeights(layers.Layer):  # type: ignore[misc]
    """A layer of one's own: a weighted mean over the timesteps."""

    def build(self, input_shape: Any) -> None:
        """One weight for each feature."""
        self.kernel = self.add_weight(shape=(input_shape[-1], 1), name="kernel")

    def call(self, inputs: Any) -> Any:
        """(batch, timesteps, features) → (batch, features)."""
        weights = keras.ops.softmax(keras.ops.matmul(inputs, self.kernel), axis=1)
        return keras.ops.sum(weights * inputs, axis=1)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """The timesteps are gone."""
        return (input_shape[0], input_shape[-1])


def custom_layer() -> Any:
    """A stack with a layer that is not Keras's."""
    return keras.Sequential(
        [
            keras.Input((TIMESTEPS, FEATURES)),
            layers.GRU(16, return_sequences=True),
            StepWeights(name="step_weights"),
            layers.Dense(1),
        ],
        name="custom_layer",
    )


def main() -> None:
    """Write every sample."""
    keras.utils.set_random_seed(0)
    for layer, name in (
        (layers.SimpleRNN, "simple_rnn_stack"),
        (layers.LSTM, "lstm_stack"),
        (layers.GRU, "gru_stack"),
    ):
        model = stack(layer, name)
        model.save(HERE / f"{name}.keras")
        if name == "lstm_stack":
            model.save(HERE / f"{name}.h5")
            (HERE / f"{name}.json").write_text(model.to_json(indent=1), encoding="utf-8")
        keras.utils.clear_session()
    for build in (bidirectional_tagger, encoder_decoder, conv_lstm, custom_layer):
        model = build()
        model.save(HERE / f"{model.name}.keras")
        keras.utils.clear_session()


if __name__ == "__main__":
    main()
