"""The program: ``rnninspect``, and ``python -m rnninspect``."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run one command line and end the process with its exit status."""
    # Start-up makes many objects and no garbage; the process ends before any could matter.
    gc.disable()
    from rnninspect.cli.main import main as program  # after the line above: it is most of the work

    status = program(standalone_mode=False)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status or 0)  # taking the interpreter apart would take a fifth of the time


if __name__ == "__main__":
    main()
