"""Dagster's web page on this machine."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import sys
from typing import NoReturn

import dagster as dg

from pipeline.history import fail_leftovers, prepare
from pipeline.lock import exclusive
from pipeline.preflight import Unusable
from pipeline.settings import PROJECT, Settings


def serve(settings: Settings, port: int) -> NoReturn:
    """Serve until interrupted. Raises Unusable where the web server is not installed.

    It listens on 127.0.0.1 only: the page has no login, and whoever reaches it can start runs.
    """
    if importlib.util.find_spec("dagster_webserver") is None:
        raise Unusable("the web page is not installed: pip install dagster-webserver (or use `make ui`)")
    prepare()
    with contextlib.suppress(TimeoutError), exclusive(settings.work, 0), dg.DagsterInstance.get() as instance:
        # Nobody is at work here: what the history shows as running was killed.
        fail_leftovers(instance, settings)
    print(f"The pipeline opens at http://127.0.0.1:{port} in some seconds; stop it with Ctrl+C.", flush=True)
    command = ["dagster", "dev", "-m", "pipeline.definitions", "-h", "127.0.0.1", "-p", str(port), "-d", str(PROJECT)]
    environment = os.environ | settings.environment() | {"PYTHONWARNINGS": "ignore"}
    # This process becomes the server, so that a signal reaches it; a shell's `&` has it ignore Ctrl+C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.chdir(PROJECT)
    os.execve(sys.executable, [sys.executable, "-m", *command], environment)
