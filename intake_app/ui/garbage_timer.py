"""Python's search for unused objects in cycles, done between two events on the window's thread.

Left alone, Python searches whenever enough objects were made: on the office thread, where freeing
a widget ends the program, or in the middle of Qt making one, where it meets a half-made object
(both seen as a segmentation fault). So the search of its own accord is off while there is a
window, and this timer does it instead, by the same counts.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from intake_app.ui.turns import Turns

EVERY = 500
"""Milliseconds between two looks at the counts."""


class GarbageTimer(QObject):
    """Made once, with the application; it lives as long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._limits = gc.get_threshold()
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
        if gc.get_count()[0] > self._limits[0]:
            Turns.of_the_window().later(self, self.look)

    def look(self) -> bool:
        """Search the youngest objects where many were made, the older ones now and then.

        One piece of the window's `Turns`: nothing is left to do after it.
        """
        for generation, (count, limit) in enumerate(zip(gc.get_count(), self._limits, strict=True)):
            if count <= limit:
                break
            gc.collect(generation)
        return False
