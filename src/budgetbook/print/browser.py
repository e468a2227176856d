"""The Chromium of the system, which prints the book and tests the site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from ..errors import BuildError

_PROGRAMS = (
    *("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    *(
        os.path.join(os.environ.get(root, root), *where, program)
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)")
        for where, program in (
            (("Google", "Chrome", "Application"), "chrome.exe"),
            (("Microsoft", "Edge", "Application"), "msedge.exe"),
        )
    ),
)
#: How it is started, so that it asks nothing of the network.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """Return the path of the system's Chromium, Chrome or Edge. Raises BuildError without one."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        raise BuildError("There is no Chromium, Chrome or Edge on this machine: install one first")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the system's Chromium without a window. Raises BuildError if there is none."""
    program = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
