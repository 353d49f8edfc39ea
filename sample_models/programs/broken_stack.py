"""Both layers keep only their last step: the second one has no sequence to read."""

from keras import Input, Sequential
from keras.layers import LSTM, Dense, SimpleRNN

model = Sequential()
model.add(Input(shape=(20, 6)))
model.add(SimpleRNN(16))
model.add(LSTM(32))
model.add(Dense(1))
