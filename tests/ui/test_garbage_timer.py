"""Unused objects are freed on the window's thread, whoever made them."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import garbage_timer
from intake_app.ui.garbage_timer import GarbageTimer
from intake_app.ui.jobs import Jobs
from intake_app.ui.turns import Piece, Turns


class _Told:
    """Says on which thread it was freed; in a cycle, so that only a search finds it."""

    def __init__(self, freed: list[int]) -> None:
        self.freed, self.itself = freed, self
        self.widget = QWidget()

    def __del__(self) -> None:
        self.freed.append(threading.get_ident())


def _busy() -> int:
    """As many objects in cycles as make Python search several times."""
    made = 0
    for _ in range(60_000):
        one: list[object] = []
        one.append(one)
        made += 1
    return made


def test_work_on_the_office_thread_frees_no_widget(qapp: QApplication, qtbot: QtBot) -> None:
    assert not gc.isenabled()
    freed: list[int] = []
    for _ in range(50):
        _Told(freed)
    jobs, done = Jobs(), list[int]()
    jobs.run(_busy, done.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    qtbot.waitUntil(lambda: len(freed) == 50, timeout=10_000)
    jobs.close()
    assert set(freed) == {threading.get_ident()}


@pytest.fixture
def asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Piece]]:
    """The pieces another timer asks for; none is done unless the test does it."""
    of_the_window = qapp.findChild(GarbageTimer)
    assert of_the_window is not None
    Turns.of_the_window().drop(of_the_window)
    gc.collect()
    parent = QObject()
    timer = GarbageTimer(parent)
    found: list[Piece] = []

    def later(_turns: Turns, asker: QObject, piece: Piece) -> None:
        if asker is timer:
            found.append(piece)

    monkeypatch.setattr(Turns, "later", later)
    yield found
    parent.deleteLater()


@pytest.fixture
def searched() -> Iterator[list[int]]:
    """The generations that are searched."""
    found: list[int] = []

    def tell(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            found.append(about["generation"])

    gc.callbacks.append(tell)
    yield found
    gc.callbacks.remove(tell)


def _many() -> list[list[int]]:
    return [[number] for number in range(5_000)]


def test_it_waits_for_a_calm_turn(qtbot: QtBot, asked: list[Piece], searched: list[int]) -> None:
    """On top of the drawing of a page it would hold the window."""
    kept = _many()
    qtbot.waitUntil(lambda: bool(asked), timeout=5_000)
    assert (len(kept), searched) == (5_000, [])
    assert asked[-1]()
    assert searched == [0]
    assert not asked[-1](), "nothing else is old enough"
    assert searched == [0]


def test_older_objects_are_searched_in_a_piece_of_their_own(
    qtbot: QtBot, asked: list[Piece], searched: list[int]
) -> None:
    for _ in range(garbage_timer.LIMITS[1]):
        gc.collect(0)
    searched.clear()
    kept = [_many()]
    qtbot.waitUntil(lambda: bool(asked), timeout=5_000)
    assert asked[-1]()
    assert searched == [0]
    # It looks again before the piece had its turn: that is not put off by it.
    asked.clear()
    kept.append(_many())
    qtbot.waitUntil(lambda: bool(asked), timeout=5_000)
    assert asked[-1]()
    assert searched == [0, 1]
    assert not asked[-1]()
