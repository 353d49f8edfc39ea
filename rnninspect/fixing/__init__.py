"""Repairs: a finding becomes edits of the text, each tried by reading the fixed program again."""
