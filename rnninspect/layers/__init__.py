"""What each Keras layer holds and returns: one declaration each, a file for each family."""
