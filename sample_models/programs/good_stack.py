"""The first layer hands its whole sequence to the second, which keeps its last step."""

from keras import Input, Sequential
from keras.layers import LSTM, Dense, SimpleRNN

model = Sequential()
model.add(Input(shape=(20, 6)))
model.add(SimpleRNN(16, return_sequences=True))
model.add(LSTM(32))
model.add(Dense(1))
