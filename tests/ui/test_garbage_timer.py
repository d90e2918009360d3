"""Unused objects are freed on the window's thread, whoever made them."""

import gc
import threading

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

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


def test_it_waits_for_a_calm_turn(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On top of the drawing of a page it would hold the window."""
    timer = qapp.findChild(GarbageTimer)
    assert timer is not None
    looked: list[int] = []
    asked: list[Piece] = []
    monkeypatch.setattr(timer, "look", lambda: looked.append(1))
    monkeypatch.setattr(Turns, "later", lambda _turns, _asker, piece: asked.append(piece))
    kept = [[number] for number in range(5_000)]
    qtbot.waitUntil(lambda: bool(asked), timeout=5_000)
    assert (len(kept), looked) == (5_000, [])
    assert not asked[-1]()  # once each time
    assert looked == [1]
