"""A Report becomes text, and nothing else: no sums, no decisions."""
