"""CPython judges what the reader claims to know about programs."""
