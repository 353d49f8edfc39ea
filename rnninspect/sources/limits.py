"""Limits that commands show before they read anything."""

from __future__ import annotations

FILE_TIMEOUT_SECONDS = 60.0
"""How long the check of one file may take."""
DEFAULT_TIMEOUT_SECONDS = 300.0
"""How long a child process may take that runs Keras or the user's code."""
