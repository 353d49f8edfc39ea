"""Rules on a layer call that Keras rejects."""
