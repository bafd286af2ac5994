"""Runs of the pipeline that things happen to: each is a fork of this process, which has everything imported."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.settings import PROJECT

# What Python reports before it happens. Writes inside of libraries in C (Arrow, DuckDB, SQLite) are not among them:
# a kill after some time finds those.
_ACTS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "shutil.", "tempfile.", "fcntl.flock")
_ACTS += ("sqlite3.connect", "ctypes.dlsym", "subprocess.Popen")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# Dagster's own history.
_OTHERS = ("pipeline/run.py", "pipeline/history.py", "pipeline/text/language.py")
At = Callable[[int, str], None]
# They take longer than all the rest of a small run, and are tried on their own.
os.environ.setdefault("S3_PIPELINE_VALIDATORS", "never")


def warm(arguments: list[str]) -> None:
    """A run in this process, so that all that runs load once is loaded."""
    from pipeline.__main__ import main

    with contextlib.redirect_stdout(io.StringIO()):
        assert main(arguments) == 0


def start(arguments: list[str], output: Path, before: Callable[[], object] | None = None) -> int:
    """Begin a run in a process group of its own and return its process id; what it says goes to `output`."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = 3
    try:
        os.setpgid(0, 0)
        handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        if before:
            before()
        from pipeline.__main__ import main

        status = main(arguments)
        sys.stdout.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def finish(child: int) -> int:
    """Wait for a run; its exit status, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(arguments: list[str], output: Path, before: Callable[[], object] | None = None) -> int:
    """A run from beginning to end."""
    return finish(start(arguments, output, before))


def watch(at: At) -> None:
    """Call `at(number, name)` before each act of this process upon the file system that the pipeline asks for."""
    count = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if event.startswith(_ACTS) or (event == "open" and _writes(arguments)):
            where = _where()
            if where and not where.startswith(_OTHERS):
                count += 1
                at(count, f"{event} in {where}")

    sys.addaudithook(hook)


def kill_at(number: int) -> Callable[[], None]:
    """Ends the process right before its act of this number."""

    def act(count: int, _: str) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: watch(act)


def kill_before(name: str) -> Callable[[], None]:
    """Ends the process right before its first act of this name."""

    def act(_: int, found: str) -> None:
        if found == name:
            os.kill(os.getpid(), signal.SIGKILL)

    return lambda: watch(act)


def tell() -> None:
    """Print each act."""
    watch(lambda count, name: print(f"ACT {count} {name}", flush=True))


def jump() -> None:
    """A clock of the day that goes back and forth by days."""
    real = time.time
    time.time = lambda: real() + 86_400 * (int(real() * 50) % 7 - 3)


def _writes(arguments: tuple[Any, ...]) -> bool:
    return isinstance(arguments[2], int) and bool(arguments[2] & _WRITES)


def _where() -> str | None:
    """The innermost function of the pipeline on the stack."""
    frame: Any = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(f"{PROJECT}/pipeline"):
            return f"{Path(path).relative_to(PROJECT)}:{frame.f_code.co_name}"
        frame = frame.f_back
    return None
