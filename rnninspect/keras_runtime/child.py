"""serve: the child's side of a worker. It takes the standard streams and answers line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import IO, NamedTuple, NoReturn

from rnninspect.keras_runtime.protocol import Reply, Request, parse_request, write_reply


class Streams(NamedTuple):
    """The two ends of the connection to the parent process."""

    requests: IO[str]
    replies: IO[str]


def take_streams(*, quiet: bool) -> Streams:
    """Take standard input and output for the protocol, so that other code cannot disturb it.

    Other code reads an empty standard input; what it prints goes to standard error, or, with
    ``quiet``, nowhere.
    """
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    if quiet:
        os.dup2(nowhere, 2)
    os.dup2(2, 1)
    return Streams(requests, replies)


def serve(streams: Streams, answer: Callable[[Request], Reply]) -> NoReturn:
    """Answer each request until the parent closes the connection, then end the process."""
    for line in streams.requests:
        text = write_reply(answer(parse_request(line)))
        for printed in (sys.stdout, sys.stderr):
            printed.flush()
        streams.replies.write(text + "\n")
        streams.replies.flush()
    os._exit(0)  # tearing TensorFlow down takes longer than the answers
