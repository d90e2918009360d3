"""Pieces of work, one at each turn of the window."""

import itertools
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from intake_app.ui.turns import BUSY, LATER, Turns


class Work(QObject):
    """Some pieces, each of which writes its name down."""

    def __init__(self, name: str, pieces: int, done: list[str], parent: QObject) -> None:
        super().__init__(parent)
        self.name, self.left, self._done = name, pieces, done

    def piece(self) -> bool:
        self._done.append(self.name)
        self.left -= 1
        return self.left > 0


def test_two_that_fill_at_the_same_time_take_turns(qtbot: QtBot, qapp: QApplication) -> None:
    turns, done = Turns(qapp), list[str]()
    seen: list[int] = []
    beat = QTimer(turns)
    beat.timeout.connect(lambda: seen.append(len(done)))
    beat.start(0)
    for name in "ab":
        work = Work(name, 3, done, turns)
        turns.soon(work, work.piece)
    assert turns.busy
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == ["a", "b"] * 3
    steps = [after - before for before, after in itertools.pairwise(seen)]
    assert max(steps) == 1, "never two between two turns of the window"
    delete(turns)


def test_what_nobody_waits_for_comes_last(qtbot: QtBot, qapp: QApplication) -> None:
    turns, done = Turns(qapp), list[str]()
    later, soon = Work("later", 2, done, turns), Work("soon", 3, done, turns)
    turns.later(later, later.piece)
    turns.soon(soon, soon.piece)
    qtbot.waitUntil(lambda: len(done) == 5)
    assert done == ["soon"] * 3 + ["later"] * 2
    delete(turns)


def test_what_nobody_waits_for_is_not_put_on_top_of_a_long_turn(
    qtbot: QtBot, qapp: QApplication
) -> None:
    turns = Turns(qapp)
    times: list[float] = []

    def long_turn() -> None:
        time.sleep(2 * LATER / 1000)
        times.append(time.perf_counter())

    def piece() -> bool:
        times.append(time.perf_counter())
        return False

    QTimer.singleShot(LATER // 2, turns, long_turn)
    turns.later(turns, piece)
    qtbot.waitUntil(lambda: len(times) == 2)
    assert times[1] - times[0] > LATER / 2 / 1000
    delete(turns)


def test_what_nobody_waits_for_comes_even_where_every_turn_is_long(
    qtbot: QtBot, qapp: QApplication
) -> None:
    turns, done = Turns(qapp), list[str]()
    work = Work("later", 1, done, turns)
    always = QTimer(turns)
    always.timeout.connect(lambda: time.sleep(2 * BUSY / 1000))
    always.start(0)
    turns.later(work, work.piece)
    qtbot.waitUntil(lambda: bool(done))
    delete(turns)


def test_who_is_gone_or_was_dropped_gets_no_turn(qtbot: QtBot, qapp: QApplication) -> None:
    turns, done = Turns(qapp), list[str]()
    gone, dropped, here = (Work(name, 9, done, turns) for name in ("gone", "dropped", "here"))
    for one in (gone, dropped, here):
        turns.soon(one, one.piece)
    turns.later(dropped, dropped.piece)
    delete(gone)
    turns.drop(dropped)
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == ["here"] * 9
    delete(turns)


def test_a_piece_may_ask_for_another_one(qtbot: QtBot, qapp: QApplication) -> None:
    turns, done = Turns(qapp), list[str]()
    work = Work("a", 1, done, turns)

    def first() -> bool:
        done.append("first")
        turns.soon(work, work.piece)
        return False

    turns.soon(work, first)
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == ["first", "a"]
    delete(turns)


def test_there_is_one_for_the_whole_window(qapp: QApplication) -> None:
    assert Turns.of_the_window() is Turns.of_the_window()
    assert Turns.of_the_window().parent() is qapp


def test_the_steps_of_one_work_come_a_turn_each(qtbot: QtBot, qapp: QApplication) -> None:
    turns, done = Turns(qapp), list[int]()

    def steps() -> Iterator[bool]:
        for number in range(3):
            done.append(number)
            yield True
        done.append(9)

    owner = QObject(turns)
    turns.in_pieces(owner, steps())
    assert not done
    qtbot.waitUntil(lambda: not turns.busy)
    assert done == [0, 1, 2, 9]
    delete(turns)
