"""Libraries whose functions neither change nor hand out what they are given."""

from __future__ import annotations

PURE_ROOTS = frozenset(
    """matplotlib pylab seaborn plotly logging os sys time datetime math cmath re warnings json
    string struct zipfile tarfile gzip bz2 urllib requests glob shutil platform hashlib uuid
    tempfile subprocess socket csv pickle joblib h5py PIL cv2 skimage librosa soundfile wave nltk
    scipy numpy pandas sklearn yfinance pandas_datareader quandl tqdm IPython google kaggle
    tabulate prettytable termcolor colorama psutil gc locale calendar unicodedata html base64
    binascii zlib getpass traceback inspect statistics decimal fractions secrets wfdb pywt talib
    ta music21 pretty_midi mido gym gymnasium streamlit flask wandb mlflow yaml configparser
    io codecs sqlite3 pymongo psycopg2 pydot networkx statsmodels imageio jieba konlpy spacy
    gensim textblob bs4 lxml tweepy emoji contractions langdetect""".split()
)
"""First parts of dotted paths. Data of these libraries is never a list or model of the program."""

_EXCEPT = frozenset(
    """heapq.heappush random.shuffle numpy.random.shuffle copy.copy copy.deepcopy random.choice
    random.choices random.sample sklearn.utils.shuffle sklearn.model_selection.train_test_split
    tqdm.tqdm tqdm.trange tqdm.auto.tqdm tqdm.notebook.tqdm pickle.loads joblib.Parallel
    inspect.getmembers gc.get_objects sys.setprofile sys.settrace os.walk""".split()
)
"""Functions of these libraries that do."""


def is_pure(path: str) -> bool:
    """Whether a library's function leaves its arguments alone and returns none of them."""
    return path.partition(".")[0] in PURE_ROOTS and path not in _EXCEPT
