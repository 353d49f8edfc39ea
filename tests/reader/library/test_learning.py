"""scikit-learn."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_data_is_split() -> None:
    text = """
        import numpy as np
        X, y = np.zeros((100, 3)), np.zeros(100)
        from sklearn.model_selection import train_test_split
        a, b, c, d = train_test_split(X, y, test_size=0.2)
        e, f = train_test_split(X, test_size=n)
        g, h = train_test_split([1, 2, 3])
    """
    found = known(text)
    assert found["a"] == ("array", (80, 3))
    assert found["b"] == ("array", (20, 3))
    assert found["c"] == ("array", (80,))
    assert found["d"] == ("array", (20,))
    assert found["e"] == ("array", (None, 3))
    assert found["g"] is UNKNOWN


def test_data_is_scaled() -> None:
    text = """
        import numpy as np
        X, y = np.zeros((100, 3)), np.zeros(100)
        from sklearn.preprocessing import MinMaxScaler, LabelEncoder, OneHotEncoder, LabelBinarizer
        from sklearn.decomposition import PCA
        s = MinMaxScaler().fit(X)
        a = s.transform(X)
        b = MinMaxScaler().fit_transform(y.reshape(-1, 1))
        c = LabelEncoder().fit_transform(y)
        d = OneHotEncoder().fit_transform(X)
        e = LabelBinarizer().fit_transform(y)
        f = PCA(n_components=2).fit_transform(X)
        g = s.scale_
        h = MinMaxScaler().fit_transform(unknown_data)
    """
    found = known(text)
    assert found["a"] == ("array", (100, 3))
    assert found["b"] == ("array", (100, 1))
    assert found["c"] == ("array", (100,))
    assert found["d"] is UNKNOWN
    assert found["e"] == ("array", (100, None))
    assert found["f"] == ("array", (100, 2))
    assert found["h"] == ("array", None)


def test_folds_are_pairs_of_indices() -> None:
    text = """
        import numpy as np
        X, y = np.zeros((100, 3)), np.zeros(100)
        from sklearn.model_selection import KFold
        for train, test in KFold(5).split(X):
            a = X[train]
            b = y[test]
    """
    found = known(text)
    assert found["train"] == ("array", (None,))
    assert found["a"] == ("array", (None, 3))
    assert found["b"] == ("array", (None,))


def test_rows_are_shuffled() -> None:
    text = """
        import numpy as np
        X, y = np.zeros((100, 3)), np.zeros(100)
        from sklearn.utils import shuffle
        a, b = shuffle(X, y)
        c = shuffle(X)
        l = [1, 2]
        d = shuffle(l)
        e = l
    """
    found = known(text)
    assert found["a"] == ("array", (100, 3))
    assert found["b"] == ("array", (100,))
    assert found["c"] == ("array", (100, 3))
    assert found["d"] is UNKNOWN
    assert found["e"] == [1, 2]
