"""Readers that do what a parser may do to a process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pipeline.read.reading import Limits, Reading, Unreadable


def well(raw: bytes, limits: Limits) -> Iterator[Reading]:
    yield Reading(raw.decode())


def says(raw: bytes, limits: Limits) -> Iterator[Reading]:
    print("a library that prints")
    yield Reading("said")


def hang(raw: bytes, limits: Limits) -> Iterator[Reading]:
    while True:
        pass
    yield


def sleep(raw: bytes, limits: Limits) -> Iterator[Reading]:
    signal.pause()
    yield Reading("")


def die(raw: bytes, limits: Limits) -> Iterator[Reading]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield Reading("")


def leave(raw: bytes, limits: Limits) -> Iterator[Reading]:
    os._exit(3)
    yield Reading("")


def swell(raw: bytes, limits: Limits) -> Iterator[Reading]:
    yield Reading("x" * len(bytearray(8_000_000_000)))


def sink(raw: bytes, limits: Limits) -> Iterator[Reading]:
    def deeper() -> None:
        deeper()

    deeper()
    yield Reading("")


def fail(raw: bytes, limits: Limits) -> Iterator[Reading]:
    raise KeyError("two\nlines")
    yield


def refuse(raw: bytes, limits: Limits) -> Iterator[Reading]:
    yield Reading("a part")
    raise Unreadable("half of it is missing: save it anew")


def connect(raw: bytes, limits: Limits) -> Iterator[Reading]:
    socket.create_connection(("127.0.0.1", 9), 1)
    yield Reading("")


def spawn(raw: bytes, limits: Limits) -> Iterator[Reading]:
    subprocess.run(["true"])
    yield Reading("")


def write(raw: bytes, limits: Limits) -> Iterator[Reading]:
    Path(raw.decode()).write_text("x")
    yield Reading("")
