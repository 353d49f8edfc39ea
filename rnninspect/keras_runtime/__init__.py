"""Everything that runs Keras or user code, always in a child process."""
