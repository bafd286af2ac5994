"""Run parsers in a process of their own, which may hang, crash or run out of memory without harm.

One child serves many calls. It reads no file and writes none: bytes go in through a pipe and readings come out as JSON.
A child that failed is replaced by a fresh one.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from types import TracebackType
from typing import Any, BinaryIO

from pipeline.read.reading import Limits, Reading, Unreadable

_SIZE = struct.Struct(">Q")
_START = "import sys; sys.path[:] = sys.argv[1:]; from pipeline.read.guard import serve; serve()"
# What a parser has no business to do; Python reports each before it happens.
_FORBIDDEN = (
    *(
        "socket.",
        "subprocess.",
        "shutil.",
        "os.exec",
        "os.fork",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "os.remove",
    ),
    *("os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link", "os.symlink", "os.chmod", "os.chown"),
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SLACK = 4
# Seconds in which a child must have started, on a machine that does much else.
_START_UP = 30


class Guard:
    """Calls `module:function` of this project with bytes and limits, each call within so much time and memory."""

    def __init__(self, seconds: int, memory: int) -> None:
        self.seconds, self.memory = seconds, memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Guard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            child, self._child = self._child, None
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()

    def call(self, target: str, raw: bytes, limits: Limits) -> list[Reading]:
        """What `target` reads in `raw`. Raises Unreadable with what it says, or with how it came to its end."""
        # A larger file may take longer.
        seconds = self.seconds + len(raw) // 2_000_000
        try:
            return self._call(target, raw, limits, seconds)
        except _Ended as end:
            raise Unreadable(self._reason(end, seconds)) from None

    def _call(self, target: str, raw: bytes, limits: Limits, seconds: int) -> list[Reading]:
        deadline = time.monotonic() + _SLACK * seconds + (0 if self._child else _START_UP)
        child = self._child or self._start()
        assert child.stdin and child.stdout
        order = {"target": target, "limits": asdict(limits), "seconds": seconds}
        found = []
        try:
            for frame in (json.dumps(order).encode(), raw):
                child.stdin.write(_SIZE.pack(len(frame)))
                child.stdin.write(frame)
            child.stdin.flush()
            while (answer := json.loads(_receive(child.stdout, deadline))) is not None:
                if "problem" in answer:
                    if answer.get("last"):
                        self.close()
                    raise Unreadable(answer["problem"])
                found.append(Reading(**{**answer, "pages": tuple(answer["pages"])}))
        except (BrokenPipeError, EOFError, TimeoutError) as error:
            raise _Ended(isinstance(error, TimeoutError)) from None
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "S3_PIPELINE_READER_MEMORY": str(self.memory), "OMP_NUM_THREADS": "1"},
        )
        return self._child

    def _reason(self, end: _Ended, seconds: int) -> str:
        status: int | None = None
        if self._child is not None and not end.late:
            with suppress(subprocess.TimeoutExpired):
                status = self._child.wait(5)
        self.close()
        if end.late or status in (-signal.SIGPROF, -signal.SIGXCPU):
            return f"reading it takes more than {seconds} s: split the file or save it as plain text"
        name = signal.Signals(-status).name if status is not None and status < 0 else f"status {status}"
        return f"the parser broke down on it ({name}): the file is damaged, save it anew or as plain text"


class _Ended(Exception):
    """The child is gone, or too late."""

    def __init__(self, late: bool) -> None:
        super().__init__()
        self.late = late


def _receive(stream: Any, deadline: float) -> bytes:
    def exactly(count: int) -> bytes:
        got = bytearray()
        while len(got) < count:
            ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise TimeoutError
            piece = os.read(stream.fileno(), min(count - len(got), 1 << 20))
            if not piece:
                raise EOFError
            got += piece
        return bytes(got)

    return exactly(*_SIZE.unpack(exactly(_SIZE.size)))


def serve() -> None:
    """The child: answer orders from standard input until it is closed."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    sys.stdout = sys.stderr
    sys.dont_write_bytecode = True
    _confine(int(os.environ.get("S3_PIPELINE_READER_MEMORY", "0")))
    while (order := _frame(orders)) is not None:
        raw = _frame(orders)
        assert raw is not None
        for answer in _answers(json.loads(order), raw):
            frame = json.dumps(answer).encode()
            answers.write(_SIZE.pack(len(frame)) + frame)
        answers.flush()


def _frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(_SIZE.size)
    return stream.read(*_SIZE.unpack(head)) if len(head) == _SIZE.size else None


def _answers(order: dict[str, Any], raw: bytes) -> Iterator[dict[str, Any] | None]:
    """Readings, then None; or in its place a problem, which is the child's last word where it may be damaged."""
    signal.setitimer(signal.ITIMER_PROF, order["seconds"])
    try:
        module, _, name = order["target"].partition(":")
        limits = Limits(**order["limits"])
        for reading in getattr(importlib.import_module(module), name)(raw, limits):
            if len(reading.text) > limits.characters:
                raise Unreadable(f"its text is over the limit of {limits.characters:,} characters: split the file")
            yield asdict(reading)
    except Unreadable as error:
        yield {"problem": str(error)}
    except MemoryError:
        yield {"problem": "reading it takes more memory than allowed: split the file", "last": True}
    except RecursionError:
        yield {"problem": "its parts are nested too deeply: save it as plain text"}
    except Exception as error:  # whatever a library makes of a broken file
        detail = " ".join(str(error).split())[:120]
        said = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
        yield {"problem": f"cannot be read ({said}): the file is damaged, save it anew or as plain text"}
    else:
        yield None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _confine(memory: int) -> None:
    """Limit memory, forbid files to be written, and refuse what a parser has no business to do."""
    import resource

    for what, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        # Not every system lets every limit be set.
        with suppress(ValueError, OSError):
            if limit or what != resource.RLIMIT_AS:
                resource.setrlimit(what, (limit, limit))
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if writes or event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is not allowed to a reader")

    sys.addaudithook(refuse)
