"""What holds for all tests: no deadlines, and runs of the whole pipeline without the standards' validators.

The validators take longer than all the rest of such a run; `tests/release` tries them on their own.
"""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("S3_PIPELINE_VALIDATORS", "never")
# How long an example takes says how busy the machine is.
settings.register_profile("here", deadline=None)
settings.load_profile("here")
