"""Anything readable becomes Models; nothing a file names is imported, run or followed."""
