"""Rules on a model with its shapes and counts."""
