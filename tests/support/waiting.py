"""Waiting for what another process does."""

import time


def wait_for(what, seconds=120):
    """Wait until `what()` is true; returns what it gave."""
    end = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > end:
            raise AssertionError(f"it did not come within {seconds} s")
        time.sleep(0.05)
    return found
