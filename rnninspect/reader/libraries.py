"""Which dotted paths are of libraries whose behaviour is known in broad lines.

A library's function does not change the lists, dicts and models that it is given, except where
its file in ``library/`` says so, and it may call back functions. What is imported from elsewhere
is code of the program that is not at hand, and can do anything.
"""

from __future__ import annotations

import sys

POPULAR = frozenset(
    """absl albumentations attr attrs autograd bert boto3 bs4 cv2 chainer click cloudpickle
    coremltools cupy dask datasets einops emoji fastai fasttext flask fuzzywuzzy gensim
    googleapiclient gym gymnasium h5py huggingface_hub hyperas hyperopt imageio imblearn
    imgaug imutils IPython ipywidgets jax jieba joblib keras keras_cv keras_nlp keras_tuner
    kerastuner kaggle kagglehub konlpy librosa lightgbm lime lxml matplotlib mlflow
    mpl_toolkits mplfinance music21 mxnet nibabel networkx nltk numba numexpr numpy nvidia
    onnx onnxruntime openpyxl optuna pandas pandas_datareader pandas_ta patsy PIL plotly
    pickle5 prettytable prophet protobuf psutil psycopg2 pyaudio pydot pydub pyarrow pygame
    pymongo pyspark pytest python_speech_features pytz quandl ray regex requests scikeras
    scikitplot scipy seaborn sentencepiece shap simplejson six skimage sklearn skopt soundfile
    spacy speech_recognition sqlalchemy stanfordnlp statsmodels streamlit sympy ta ta_lib
    talib tables tabulate tensorboard tensorboardX tensorflow tensorflow_addons
    tensorflow_core tensorflow_datasets tensorflow_hub tensorflow_probability tensorflow_text
    tf2onnx tf_keras tf_slim tflearn theano tokenizers toolz torch torchaudio torchtext
    torchvision tqdm transformers tweepy umap unidecode uvicorn wandb wfdb wordcloud xarray
    xgboost xlrd yaml yfinance zmq google googletrans pywt editdistance mido pretty_midi
    pyemma deap gplearn snownlp pymysql MySQLdb redis pylab tensorflowjs jupyter nbformat dill
    ujson msgpack langdetect textblob contractions livelossplot ipdb dotenv termcolor colorama
    rich loguru hydra omegaconf fire typer typing_extensions fastapi pydantic aiohttp
    websocket serial RPi usb pynput pyautogui mss win32api""".split()
)


def is_library(path: str) -> bool:
    """Whether a dotted path is that of the standard library or of a library in wide use."""
    root = path.partition(".")[0]
    return root == "builtins" or root in POPULAR or root in sys.stdlib_module_names
