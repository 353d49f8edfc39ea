"""Anything readable becomes Models; nothing a file names is imported, run, unpickled or followed."""
