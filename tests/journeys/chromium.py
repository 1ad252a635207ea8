"""The one Chromium of a process: started by the first module that asks, ended with the run."""

import asyncio
import os
import shutil

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]


class Chromium:
    """Playwright keeps a loop of its own half-run in this thread, for as long as it lives.

    Between `show` and `hide` the thread seems to be within that loop, which Playwright needs; without
    `hide` every test of the process after it would seem to be asynchronous.
    """

    def __init__(self, path: str) -> None:
        self._playwright = sync_playwright()
        launched = self._playwright.__enter__().chromium
        self.browser: Browser = launched.launch(executable_path=path, args=ARGUMENTS)
        self._loop = asyncio.get_running_loop()
        self.hide()

    def show(self) -> None:
        asyncio._set_running_loop(self._loop)

    def hide(self) -> None:
        asyncio._set_running_loop(None)

    def end(self) -> None:
        self.show()
        self.browser.close()
        self._playwright.__exit__()


KEPT = pytest.StashKey[Chromium]()


def chromium_of(config: pytest.Config) -> Chromium:
    """The Chromium of CHROMIUM or of the path. None: skipped, and a failure under CI=true."""
    if KEPT not in config.stash:
        path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
        if not path:
            reason = "no Chromium on the path or under CHROMIUM"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        found = config.stash[KEPT] = Chromium(path)
        config.add_cleanup(found.end)
    return config.stash[KEPT]
