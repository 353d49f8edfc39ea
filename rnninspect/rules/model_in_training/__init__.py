"""Rules on a model with its loss and the data it is fed."""
