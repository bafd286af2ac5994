"""A document that raises, hangs or kills its process costs its own row and nothing else."""

from __future__ import annotations

import importlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType

from pipeline.model import Document, Extraction
from pipeline.personal.leave_out import without_people
from pipeline.text.compiled import keep_in

Outcome = tuple[Extraction | None, str | None]
"""An extraction, or why there is none."""
# Waiting counts less than working: a busy machine must not condemn a document.
_SLACK = 4
_START = 120.0


class _TooLong(BaseException):
    """Not an Exception: nothing that an extractor catches."""


@cache
def load(target: str) -> Callable[..., object]:
    """The function that `module:function` names. Raises ValueError, with one line, where there is none."""
    module, _, name = target.partition(":")
    try:
        return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]
    except AttributeError:
        raise ValueError(f"{module} has no function {name!r}") from None


def extract_one(document: Document, extractor: str, seconds: int, expendable: bool) -> Outcome:
    """What `extractor` says of a document within so many seconds of processor time.

    In an expendable process, one that hangs where Python cannot interrupt it ends with its process.
    """
    function = load(extractor)
    try:
        with _deadline(seconds, expendable):
            extraction = function(document)
            if isinstance(extraction, Extraction):
                extraction = without_people(document, extraction)
    except _TooLong:
        return None, _slow(seconds)
    except Exception as error:  # whatever one document provokes must not stop the others
        detail = " ".join(str(error).split())[:200]
        return None, f"extraction failed ({type(error).__name__}: {detail}): report the document"
    if not isinstance(extraction, Extraction):
        return None, f"extraction gave {type(extraction).__name__}: report the document"
    return extraction, None


class Apart:
    """Extracts in a child process, one document at a time; a child that dies or hangs is replaced."""

    def __init__(self, extractor: str, seconds: int, compiled: Path) -> None:
        self._extractor, self._seconds, self._compiled = extractor, seconds, compiled
        self._child: multiprocessing.process.BaseProcess | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def extract(self, document: Document) -> Outcome:
        """What the child says of a document, or how the child came to its end over it."""
        if self._child is None:
            self._start()
        assert self._child is not None
        try:
            self._pipe.send(document)
            if not self._pipe.poll(_SLACK * self._seconds + 10):
                self._end()
                return None, _slow(self._seconds)
            outcome: Outcome = self._pipe.recv()
            return outcome
        except (EOFError, OSError):
            self._child.join(10)
            status = self._child.exitcode
            self._end()
        if status in (-signal.SIGALRM, -signal.SIGPROF):
            return None, _slow(self._seconds)
        how = signal.Signals(-status).name if status is not None and status < 0 else f"status {status}"
        return None, f"extraction ended its process ({how}): report the document"

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        told = (theirs, self._extractor, self._seconds, self._compiled)
        self._child = context.Process(target=_serve, args=told, daemon=True)
        self._child.start()
        theirs.close()
        if not self._pipe.poll(_START) or not self._pipe.recv():
            raise RuntimeError("no process to extract in could be started")

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.join()
            self._pipe.close()


def _serve(pipe: Connection, extractor: str, seconds: int, compiled: Path) -> None:
    """The child: answer documents until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_in(compiled)
    load(extractor)
    pipe.send(True)
    with suppress(EOFError):
        while True:
            pipe.send(extract_one(pipe.recv(), extractor, seconds, expendable=True))


@contextmanager
def _deadline(seconds: int, expendable: bool) -> Iterator[None]:
    def late(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGPROF, late), signal.signal(signal.SIGALRM, signal.SIG_DFL if expendable else late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, _SLACK * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])


def _slow(seconds: int) -> str:
    return f"extraction takes more than {seconds} s: split the document"
