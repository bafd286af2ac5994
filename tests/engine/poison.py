"""An extractor that does with a text what the text says: raise, hang or die."""

from __future__ import annotations

import hashlib
import os
import signal
import time

from pipeline.model import Document, Entity, Extraction


def document(name: str, text: str) -> Document:
    """A text as the reader would hand it on."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, f"{name}.txt", digest, "text/plain", text, digest)


def extract(document: Document) -> Extraction:
    """The words of a text as entities, unless it is poison."""
    match document.text:
        case "RAISE":
            raise RuntimeError("poison")
        case "LOOP":
            while True:
                pass
        case "SLEEP":
            time.sleep(3600)
        case "DEAF":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF})
            time.sleep(3600)
        case "DIE":
            os.kill(os.getpid(), signal.SIGKILL)
        case "STRANGE":
            return None  # type: ignore[return-value]
        case text if text.startswith("KILL ONCE "):
            _once(text.removeprefix("KILL ONCE "))
    return Extraction(document.document_id, "en", 1 / 3, None, [Entity("region", w) for w in document.text.split()])


def _once(mark: str) -> None:
    """Die where no mark says that it was done: a machine that goes down under an innocent document."""
    if not os.path.exists(mark):
        open(mark, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
