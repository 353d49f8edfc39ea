"""Rules on a printed ``model.summary()``."""
