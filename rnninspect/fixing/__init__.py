"""Fixes: a finding becomes edits of the text, each tried by reading the edited program again."""
