"""Limits that several readers, or readers and commands, share."""

from __future__ import annotations

MAX_CONFIG_BYTES = 256 * 2**20
"""A model of 10,000 layers has a config of about 20 MB."""
FILE_TIMEOUT_SECONDS = 60.0
"""How long the check of one file may take."""
DEFAULT_TIMEOUT_SECONDS = 300.0
"""How long a child process may take that runs Keras or the user's code."""
