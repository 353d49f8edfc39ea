"""Keras's functions for data."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_sequences_are_padded() -> None:
    text = """
        from keras.preprocessing.sequence import pad_sequences
        import numpy as np
        a = pad_sequences([[1, 2], [3]], maxlen=10)
        b = pad_sequences([np.zeros((4, 5)), np.zeros((2, 5))], maxlen=9)
        c = pad_sequences(x, maxlen=10)
        d = pad_sequences([[1], [2, 3]])
        e = pad_sequences(np.zeros((6, 4, 2)), 3)
    """
    found = known(text)
    assert found["a"] == ("array", (2, 10))
    assert found["b"] == ("array", (2, 9, 5))
    assert found["c"] == ("array", None)
    assert found["d"] == ("array", (2, None))
    assert found["e"] == ("array", (6, 3, 2))


def test_classes_have_an_axis() -> None:
    text = """
        from keras.utils import to_categorical
        import numpy as np
        a = to_categorical([0, 1, 2], 3)
        b = to_categorical(np.zeros((9, 1)))
        c = to_categorical(np.zeros((9, 4)), num_classes=5)
        d = to_categorical(x, 3)
    """
    found = known(text)
    assert found["a"] == ("array", (3, 3))
    assert found["b"] == ("array", (9, None))
    assert found["c"] == ("array", (9, 4, 5))
    assert found["d"] == ("array", None)


def test_a_tokenizer_has_one_number_of_words() -> None:
    text = """
        from tensorflow.keras.preprocessing.text import Tokenizer
        from tensorflow.keras.preprocessing.sequence import pad_sequences
        t = Tokenizer(num_words=50)
        t.fit_on_texts(texts)
        n = len(t.word_index) + 1
        same = n == len(t.word_index) + 1
        s = t.texts_to_sequences(texts)
        x = pad_sequences(s, maxlen=20)
        m = t.texts_to_matrix(["a", "b"])
        t.fit_on_texts(more)
        other = n == len(t.word_index) + 1
    """
    found = known(text)
    assert found["n"] is UNKNOWN
    assert found["same"] is True
    assert found["x"] == ("array", (None, 20))
    assert found["m"] == ("array", (2, 50))
    assert found["other"] is UNKNOWN


def test_data_sets_have_their_sizes() -> None:
    text = """
        from keras.datasets import mnist, imdb, reuters
        from keras.preprocessing import sequence
        (a, b), (c, d) = mnist.load_data()
        (e, f), g = imdb.load_data(num_words=100)
        e = sequence.pad_sequences(e, maxlen=80)
        (h, i), j = reuters.load_data(test_split=0.3)
    """
    found = known(text)
    assert found["a"] == ("array", (60000, 28, 28))
    assert found["d"] == ("array", (10000,))
    assert found["e"] == ("array", (25000, 80))
    assert found["h"] == ("array", (None,))


def test_series_are_cut() -> None:
    text = """
        import keras, numpy as np
        from keras.preprocessing.sequence import TimeseriesGenerator
        X, y = np.zeros((100, 3)), np.zeros(100)
        for a, b in keras.utils.timeseries_dataset_from_array(X, y, 10):
            pass
        for c, d in TimeseriesGenerator(np.zeros((100, 3)), np.zeros((100, 2)), length=10):
            pass
        for e in keras.utils.timeseries_dataset_from_array(X, None, 10, batch_size=None):
            pass
    """
    found = known(text)
    assert found["a"] == ("array", (None, 10, 3))
    assert found["b"] == ("array", (None,))
    assert found["c"] == ("array", (None, 10, 3))
    assert found["d"] == ("array", (None, 2))
    assert found["e"] == ("array", (10, 3))


def test_pictures_are_read() -> None:
    text = """
        import keras
        from keras.preprocessing.image import ImageDataGenerator
        for a, b in keras.utils.image_dataset_from_directory("x", image_size=(64, 32)):
            pass
        g = ImageDataGenerator(rescale=1 / 255)
        for c, d in g.flow_from_directory("x", target_size=(8, 9), class_mode="binary"):
            pass
    """
    found = known(text)
    assert found["a"] == ("array", (None, 64, 32, 3))
    assert found["b"] == ("array", (None,))
    assert found["c"] == ("array", (None, 8, 9, 3))
    assert found["d"] == ("array", (None,))
