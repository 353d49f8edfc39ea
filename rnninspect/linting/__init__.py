"""The lint step: files are found, checked each by itself, and what was found is put together."""
