"""The window goes first: work on another thread waits while the window answers or draws.

Python lets one thread run at a time, and changes between them at each call into Qt. A page that is
drawn while another thread reads names takes twice as long, and a key pressed meanwhile waits. So
the window says when it begins to work and when it rests, and long work asks at every small step.
A program without a window never waits.
"""

import threading
import time

LONGEST = 0.15
"""Seconds: so long at most is the window let go first; it may itself wait for the work."""

_rests = threading.Event()
_rests.set()
_began = 0.0
_window = 0


def window_works() -> None:
    """Called by the window, on its thread, before it does more than a moment's work."""
    global _began, _window
    if _rests.is_set():
        _began, _window = time.monotonic(), threading.get_ident()
        _rests.clear()


def window_rests() -> None:
    """Called by the window when it has nothing more to do."""
    _rests.set()


def give_way() -> None:
    """Wait while the window works. Called at each step of long work, some thousand times a second.

    On the window's own thread, and after `LONGEST`, it doesn't wait.
    """
    if _rests.is_set() or threading.get_ident() == _window:
        return
    left = _began + LONGEST - time.monotonic()
    if left > 0:
        _rests.wait(left)
