"""The lint step: files are discovered and checked one by one, and their findings combined."""
