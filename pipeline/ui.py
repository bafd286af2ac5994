"""Dagster's web page on this machine."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from pipeline.history import prepare
from pipeline.preflight import Unusable
from pipeline.settings import PROJECT, Settings


def serve(settings: Settings, port: int) -> int:
    """Serve until interrupted; the exit status. Raises Unusable where the web server is not installed.

    It listens on 127.0.0.1 only: the page has no login, and whoever reaches it can start runs.
    """
    if importlib.util.find_spec("dagster_webserver") is None:
        raise Unusable("the web page is not installed: pip install dagster-webserver (or use `make ui`)")
    prepare()
    print(f"The pipeline opens at http://127.0.0.1:{port} in some seconds; stop it with Ctrl+C.", flush=True)
    command = ["dagster", "dev", "-m", "pipeline.definitions", "-h", "127.0.0.1", "-p", str(port), "-d", str(PROJECT)]
    environment = os.environ | settings.environment() | {"PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=PROJECT)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait(30)
