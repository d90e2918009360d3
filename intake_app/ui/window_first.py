"""The window goes before other threads: how it does, for `right_of_way.py` says why.

It says that it works where an answer comes (`jobs`), where it does a piece of work (`turns`),
where a page is opened and where it draws (`main_window`); and here that it rests.
"""

import sys

from PySide6.QtCore import QAbstractEventDispatcher

from intake_app.right_of_way import window_rests

SWITCH_SECONDS = 0.00002
"""How long a thread may run Python while another waits for its turn."""


def go_first() -> None:
    """From now on, once for each application."""
    # Each call into Qt gives other threads their turn. Where one works, the window would wait
    # five milliseconds to go on, some ten times until a page is drawn.
    sys.setswitchinterval(SWITCH_SECONDS)
    QAbstractEventDispatcher.instance().aboutToBlock.connect(window_rests)
