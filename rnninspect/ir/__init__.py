"""The form between reading and analysing: sizes, shapes, weights, operations, models."""
