"""What each Keras layer holds and gives: one declaration each, a file for each family."""
