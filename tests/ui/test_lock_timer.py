"""The office locks by itself when nobody is there, and not while somebody is."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.lock_timer import JITTER, SLEPT, LockTimer


def test_it_rings_when_nobody_touches_anything(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    timer = LockTimer(0, window, look_every=10)
    with qtbot.waitSignal(timer.time_is_up):
        timer.start()


def test_it_says_how_many_minutes_are_left(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    timer = LockTimer(8, window, look_every=10)
    with qtbot.waitSignal(timer.minutes_left) as said:
        timer.start()
    assert said.args == [8]


def test_a_key_starts_it_anew(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    timer = LockTimer(8, window, look_every=100_000)
    handle = window.windowHandle()
    assert handle is not None
    handle.installEventFilter(timer)
    timer.start()
    qtbot.waitUntil(lambda: timer.idle > 30)
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert timer.idle < 30


def move_to(window: QWindow, x: float, y: float) -> None:
    """The mouse, as the system tells a window of it."""
    at, none = QPointF(x, y), Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, at, at, none, none, Qt.KeyboardModifier.NoModifier
    )
    QCoreApplication.sendEvent(window, moved)


def test_a_hand_on_the_mouse_counts_and_a_trembling_desk_does_not(qtbot: QtBot) -> None:
    window = QWindow()
    timer = LockTimer(8, window, look_every=100_000)
    window.installEventFilter(timer)
    timer.start()
    move_to(window, 400, 300)
    qtbot.waitUntil(lambda: timer.idle > 30)
    for step in range(200):
        move_to(window, 400 + step % 3, 300 - step % 2)
    assert timer.idle > 30
    move_to(window, 400 + JITTER + 1, 300)
    assert timer.idle < 30


class Clocks:
    """The two clocks of a computer, as a test sets them."""

    def __init__(self) -> None:
        self.wall = self.steady = 1_000.0


@pytest.mark.parametrize(("wall", "steady"), [(3_600, 0), (3_600, 3_600), (0, 3_600), (-3_600, 0)])
def test_a_computer_that_slept_is_locked_at_its_first_tick(
    qtbot: QtBot, wall: float, steady: float
) -> None:
    """Whichever of its clocks went on meanwhile; ten minutes have passed on neither timer."""
    clocks = Clocks()
    window = QWidget()
    qtbot.addWidget(window)
    timer = LockTimer(
        10, window, look_every=10, wall=lambda: clocks.wall, steady=lambda: clocks.steady
    )
    rung: list[bool] = []
    timer.time_is_up.connect(lambda: rung.append(True))
    timer.start()
    for _second in range(5):
        clocks.wall += SLEPT - 1
        clocks.steady += SLEPT - 1
        qtbot.wait(15)
    assert not rung
    clocks.wall += wall
    clocks.steady += steady
    qtbot.waitUntil(lambda: bool(rung), timeout=1_000)
    assert not timer.counts


def test_the_key_that_wakes_it_does_not_count_as_a_touch(qtbot: QtBot) -> None:
    """It may come before the first tick, and the hand may be a stranger's."""
    clocks = Clocks()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    timer = LockTimer(10, window, look_every=100_000, wall=lambda: clocks.wall)
    handle = window.windowHandle()
    assert handle is not None
    handle.installEventFilter(timer)
    timer.start()
    clocks.wall += 3_600
    with qtbot.waitSignal(timer.time_is_up, timeout=500):
        QTest.keyClick(handle, Qt.Key.Key_A)
