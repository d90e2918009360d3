"""Python's search for unused objects in cycles, done between two events on the window's thread.

Left alone, Python searches whenever enough objects were made: on the office thread, where freeing
a widget ends the program, or in the middle of Qt making one, where it meets a half-made object
(both seen as a segmentation fault). So the search of its own accord is off while there is a
window, and this timer does it instead, one generation in one piece of the window's `Turns`.
"""

import gc
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer

from intake_app.ui.turns import Turns

EVERY = 250
"""Milliseconds between two looks at the counts."""

LIMITS = (700, 4, 40)
"""What has to be more before a generation is searched: objects made, searches of the younger one.

Python's own (700, 10, 10) suit searches of 700 objects. Here one finds up to 40,000, of which half
live on for a moment: ten times that, searched at once, is 40 ms.
"""


class GarbageTimer(QObject):
    """Made once, with the application; it lives as long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._search = self._generations()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look_when_calm)
        self._timer.start()

    def settle(self) -> None:
        """Search everything once, and from now on only what is made from now on.

        The program itself is two hundred thousand objects: to search them takes 100 ms, in the
        middle of a word. To be called when nobody types: while the office is being unlocked, and
        after it was locked, when what the window held is to go.
        """
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _look_when_calm(self) -> None:
        # On top of an answer that came, or of the painting it led to, it would be a stall.
        if gc.get_count()[0] > LIMITS[0]:
            Turns.of_the_window().later(self, partial(next, self._search))

    def _generations(self) -> Iterator[bool]:
        """The youngest objects where many were made, then the older ones where it is time.

        A step for each; what waits for its turn still has it when there is another look.
        """
        while True:
            for generation, limit in enumerate(LIMITS):
                if gc.get_count()[generation] <= limit:
                    break
                gc.collect(generation)
                yield True
            yield False
