"""Our numbers beside the stored weights' and beside Keras's own ``model.summary()``."""
