"""Repairs: a finding becomes edits of the text, each tried by reading the mended program again."""
