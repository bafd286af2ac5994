"""Chromium without a window and without a network, told what to do over its debugging protocol."""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    # The network is cut: no name is found, and what has a number goes to a port where nobody listens.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
]


class Browser:
    """One tab. `requests` has every address it asked for, `problems` what it complained of."""

    def __init__(self, address: str) -> None:
        self._socket = _connected(address)
        self._last = 0
        self.requests: list[str] = []
        self.problems: list[str] = []
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result; what happens meanwhile is noted."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=30))
            if message.get("id") == self._last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return dict(message["result"])
            self._note(message.get("method"), message.get("params", {}))

    def open(self, address: str) -> None:
        """Load an address anew and wait for its view."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        self.wait("document.documentElement?.dataset.ready !== undefined")

    def go(self, fragment: str) -> None:
        """Follow a deep link within the page and wait until its view stands."""
        path = fragment.partition("?")[0].lstrip("#/") or "overview"
        self.ask(f"location.hash = {json.dumps(fragment)}")
        self.wait(f"document.documentElement?.dataset.ready === decodeURIComponent({json.dumps(path)})")
        self.settle()

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.ask("new Promise(done => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 30))")

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page; a promise is awaited."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"].get("exception", {}).get("description", str(found)))
        return found["result"].get("value")

    def wait(self, condition: str, seconds: float = 20) -> None:
        """Until the condition holds in the page."""
        end = time.monotonic() + seconds
        while not self.ask(condition):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            time.sleep(0.02)

    def press(self, key: str, code: int, text: str | None = None) -> None:
        """A key as a person presses it."""
        facts = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **facts, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **facts)

    def size(self, width: int, height: int, phone: bool = False) -> None:
        """The window, or a phone's screen."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)

    def picture(self, path: Path, whole: bool = False) -> None:
        """A screenshot as PNG; `whole` for all of the page."""
        found = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(found["data"]))

    def _note(self, method: str | None, facts: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(facts["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.problems.append(facts["exceptionDetails"].get("exception", {}).get("description", "exception"))
        elif method == "Log.entryAdded" and facts["entry"]["level"] in ("error", "warning"):
            self.problems.append(facts["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and facts["type"] in ("error", "warning"):
            self.problems.append(str([a.get("value") for a in facts["args"]]))


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A fresh browser that leaves nothing behind."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield Browser(_tab(Path(profile) / "DevToolsActivePort"))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _tab(told: Path) -> str:
    """The socket of the first tab, once the browser has told its port."""
    end = time.monotonic() + 30
    while not (told.is_file() and len(told.read_text().splitlines()) == 2):
        if time.monotonic() > end:
            raise TimeoutError("Chromium did not start")
        time.sleep(0.05)
    port, path = told.read_text().splitlines()
    with _connected(f"ws://127.0.0.1:{port}{path}") as root:
        root.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
        targets = json.loads(root.recv(timeout=30))["result"]["targetInfos"]
    identifier = next(target["targetId"] for target in targets if target["type"] == "page")
    return f"ws://127.0.0.1:{port}/devtools/page/{identifier}"


def _connected(address: str) -> ClientConnection:
    return connect(address, proxy=None, max_size=None)
