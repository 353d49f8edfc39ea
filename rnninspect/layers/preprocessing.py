"""Preprocessing: raw values, texts and sounds become numbers that a model can use.

Source: ``keras/src/layers/preprocessing/*.py``. Lookup tables are not weights.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.ir.dims import DYNAMIC, Dim, UnknownValue, product
from rnninspect.ir.operation import Call, Operation, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer, axis_of
from rnninspect.layers.windows import apart, is_channels_first, joined, slide


@declare
class Normalization(Layer):
    """Subtracts a mean and divides by a deviation that were measured before."""

    positional = "axis mean variance invert"

    supports_masking = True

    axis: object = -1
    mean: object = None
    variance: object = None
    invert: bool = False

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        stated = () if self.axis is None else self.axis
        axes = list(stated) if isinstance(stated, list | tuple) else [stated]
        if self.mean is not None:
            return
        rank = len(x.require())
        kept = sorted(axis % rank if isinstance(axis, int) else 0 for axis in axes)
        for axis in axes:
            axis_of(x, axis)
        is_single = len(kept) == 1
        shape = tuple(x[axis].called("features" if is_single else f"axis_{axis}") for axis in kept)
        yield Weight("mean", shape, trainable=False)
        yield Weight("variance", shape, trainable=False)
        yield Weight("count", (), trainable=False, dtype="int32")


@declare
class Rescaling(Layer):
    """Multiplies by one number and adds another."""

    positional = "scale offset"

    supports_masking = True

    scale: object
    offset: object = 0.0


def encoded(x: Shape, output_mode: object, depth: Dim) -> Shape:
    """Return a shape after every number, or every sample, became a row of ``depth`` numbers."""
    if output_mode not in ("int", "one_hot", "multi_hot", "count", "tf_idf", "binary", "tf-idf"):
        raise UnknownValue(f"output_mode is {output_mode!r}")
    dims = x.require()
    if output_mode == "int":
        return x
    if output_mode == "one_hot" and not (len(dims) > 1 and dims[-1].value == 1):
        return Shape((*dims, depth))
    return Shape((*dims[:-1], depth))


@declare
class CategoryEncoding(Layer):
    """Numbers of categories become rows of zeros and ones."""

    positional = "num_tokens output_mode sparse"

    inputs = ("inputs", "count_weights")

    num_tokens: int | None = None
    output_mode: str = "multi_hot"
    sparse: bool = False

    def output(self, x: Shape, _: Structure = None) -> Structure:
        return encoded(x, self.output_mode, self.dim("num_tokens"))


@declare
class Discretization(Layer):
    """Every number becomes the number of the bin it falls into."""

    positional = "bin_boundaries num_bins epsilon output_mode sparse dtype@3 name@3"
    is_closed = True

    bin_boundaries: object = None
    num_bins: int | None = None
    epsilon: object = 0.01
    output_mode: str = "int"
    sparse: bool = False

    def output(self, x: Shape) -> Structure:
        depth = DYNAMIC
        if isinstance(self.bin_boundaries, list | tuple):
            depth = Dim.of(len(self.bin_boundaries) + 1)
        elif self.num_bins is not None:
            depth = self.dim("num_bins")
        dims = x.require()
        if self.output_mode in ("int", "one_hot") or len(dims) < 2:
            return encoded(x, self.output_mode, depth)
        return Shape((dims[0], *dims[2:], depth))


@declare
class Hashing(Layer):
    """Every value becomes the number of a bin, by its hash."""

    positional = "num_bins mask_value salt output_mode sparse"

    num_bins: int
    mask_value: object = None
    salt: object = None
    output_mode: str = "int"
    sparse: bool = False

    def output(self, x: Shape) -> Structure:
        if self.output_mode == "int":
            return x
        return Shape((*x.require()[:-1], self.dim("num_bins")))


@declare
class HashedCrossing(Layer):
    """Two values become the number of a bin, by the hash of the pair."""

    positional = "num_bins output_mode sparse name@3 dtype@3"
    accepts_any = True

    takes_several = True

    num_bins: int
    output_mode: str = "int"
    sparse: bool = False

    def output(self, x: Structure) -> Structure:
        if isinstance(x, Shape):
            x.require()
            raise Rejected("Expected as input a list/tuple of 2 tensors.")
        if not isinstance(x, list | tuple) or len(x) != 2 or not isinstance(x[0], Shape):
            raise Rejected(f"Expected as input a list/tuple of 2 tensors. Received: {x}")
        return encoded(x[0], self.output_mode, self.dim("num_bins"))


@declare
class Lookup(Layer):
    """What the lookups share: a vocabulary, and how its numbers are encoded."""

    max_tokens: int | None = None
    num_oov_indices: int = 1
    mask_token: object = None
    oov_token: object = None
    vocabulary: object = None
    idf_weights: object = None
    invert: bool = False
    output_mode: str = "int"
    pad_to_max_tokens: bool = False
    sparse: bool = False
    oov_method: object = "floormod"
    salt: object = None
    vocabulary_size: int | None = None

    def output(self, x: Shape) -> Structure:
        return encoded(x, self.output_mode, self.depth)

    @property
    def depth(self) -> Dim:
        """How many tokens there are; open while the vocabulary is not known."""
        if self.pad_to_max_tokens and self.max_tokens is not None:
            return self.dim("max_tokens")
        if self.vocabulary_size is not None:
            return self.dim("vocabulary_size")
        if not isinstance(self.vocabulary, list | tuple):
            return DYNAMIC
        # The mask's own number exists only where numbers come out, which need no depth.
        special = [self.oov_token] * self.num_oov_indices
        has_them = list(self.vocabulary[: len(special)]) == special
        return Dim.of(len(self.vocabulary) + (0 if has_them else len(special)))


@declare
class StringLookup(Lookup):
    """Every text becomes its number in a vocabulary."""

    positional = (
        "max_tokens num_oov_indices mask_token oov_token vocabulary idf_weights encoding@2 "
        "invert output_mode sparse@2 pad_to_max_tokens sparse@3 encoding@3 name@3 salt@3"
    )
    lacks = "activity_regularizer autocast input_dim input_shape"
    keywords = "vocabulary_size has_input_vocabulary oov_method@3"

    oov_token: object = "[UNK]"
    encoding: object = "utf-8"


@declare
class IntegerLookup(Lookup):
    """Every whole number becomes its number in a vocabulary."""

    positional = (
        "max_tokens num_oov_indices mask_token oov_token vocabulary vocabulary_dtype "
        "idf_weights invert output_mode sparse pad_to_max_tokens oov_method@3 salt@3 name@3"
    )
    lacks = "activity_regularizer autocast input_dim input_shape"
    keywords = "vocabulary_size has_input_vocabulary"

    oov_token: object = -1
    vocabulary_dtype: object = "int64"


@declare
class TextVectorization(Layer):
    """A text becomes the numbers of its words."""

    positional = (
        "max_tokens standardize split ngrams output_mode output_sequence_length "
        "pad_to_max_tokens vocabulary idf_weights sparse ragged encoding name@3"
    )
    keywords = "vocabulary_size has_input_vocabulary"

    max_tokens: int | None = None
    standardize: object = "lower_and_strip_punctuation"
    split: object = "whitespace"
    ngrams: object = None
    output_mode: str = "int"
    output_sequence_length: int | None = None
    pad_to_max_tokens: bool = False
    vocabulary: object = None
    idf_weights: object = None
    sparse: bool = False
    ragged: bool = False
    encoding: object = "utf-8"
    vocabulary_size: int | None = None

    def output(self, x: Shape) -> Structure:
        if self.output_mode == "int":
            length = self.output_sequence_length
            return Shape((x[0], DYNAMIC if length is None else Dim.of(length)))
        words = x if self.split is None else x + (DYNAMIC,)
        if self.split is None and len(x.require()) <= 1:
            words = x + (Dim.of(1),)
        table = StringLookup(
            max_tokens=self.max_tokens,
            mask_token="",
            vocabulary=self.vocabulary,
            pad_to_max_tokens=self.pad_to_max_tokens,
            output_mode=self.output_mode,
            vocabulary_size=self.vocabulary_size,
        )
        return table.output(words)


@declare
class MelSpectrogram(Layer):
    """A sound becomes the loudness of its mel frequencies over time."""

    positional = (
        "fft_length sequence_stride sequence_length window sampling_rate num_mel_bins min_freq "
        "max_freq power_to_db top_db mag_exp min_power ref_power"
    )

    fft_length: int = 2048
    sequence_stride: int = 512
    sequence_length: int | None = None
    window: object = "hann"
    sampling_rate: object = 16000
    num_mel_bins: int = 128
    min_freq: object = 20.0
    max_freq: object = None
    power_to_db: bool = True
    top_db: object = 80.0
    mag_exp: object = 2.0
    min_power: object = 1e-10
    ref_power: object = 1.0

    def output(self, x: Shape) -> Structure:
        dims = x.require()
        stride = self.sequence_stride
        length = dims[0] if len(dims) == 1 else dims[1]
        steps = length.apply(lambda n: (n + stride + 1) // stride)
        mel = self.dim("num_mel_bins")
        return Shape((mel, steps) if len(dims) == 1 else (dims[0], mel, steps))


@declare
class STFTSpectrogram(Layer):
    """A sound becomes the strengths of its frequencies over time, by a fixed convolution."""

    positional = (
        "mode frame_length frame_step fft_length window periodic scaling padding expand_dims "
        "data_format"
    )

    ndim = 3

    mode: str = "log"
    frame_length: int = 256
    frame_step: int | None = None
    fft_length: int | None = None
    window: object = "hann"
    periodic: bool = False
    scaling: object = "density"
    padding: str = "valid"
    expand_dims: bool = False
    data_format: str | None = None

    @property
    def bins(self) -> int:
        """How many frequencies there are."""
        # Keras: the next power of two
        length = self.fft_length or 2 ** (self.frame_length - 1).bit_length()
        return length // 2 + 1

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        frame = self.dim("frame_length")
        shape = (frame, Dim.of(1), Dim.of(self.bins).called("frequencies"))
        if self.mode != "imag":
            yield Weight("real_kernel", shape)
        if self.mode != "real":
            yield Weight("imag_kernel", shape)

    def output(self, x: Shape) -> Structure:
        first = is_channels_first(self.data_format)
        _, _, channels = apart(x, 1, first)
        frequencies = Dim.of(self.bins * (2 if self.mode == "stft" else 1))
        made = slide(
            x,
            axes=1,
            window=self.frame_length,
            strides=self.frame_step or self.frame_length // 2,
            padding=self.padding,
            channels_first=first,
            channels=product((frequencies, channels)),
        )
        if not self.expand_dims:
            return made
        batch, (steps,), _ = apart(made, 1, first)
        spatial = (steps, frequencies)
        return joined(batch, spatial, channels, first)


@declare
class Pipeline(Layer):
    """Several layers one after the other, as one layer."""

    positional = "layers name"
    is_closed = True

    takes_several = True

    holds = ("layers",)

    layers: tuple[Operation, ...]

    def use(self, x: Structure) -> tuple[Structure, tuple[Weight | Part, ...]]:
        parts = []
        for number, layer in enumerate(self.layers):
            application = layer.apply(Call.on(x))
            parts.append(Part(f"layers[{number}]", application))
            x = application.output
        return x, tuple(parts)
