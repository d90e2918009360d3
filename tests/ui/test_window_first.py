"""While the window answers or draws, what reads the office on the other thread waits."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2 as sqlcipher
from typing_extensions import override

from intake_app.core.conflicts import Party, Stands, compare
from intake_app.core.fields import Compartment
from intake_app.core.people_index import Known, PeopleIndex
from intake_app.core.roles import Key
from intake_app.store import history
from intake_app.store.office import Office
from intake_app.store.sealing import Sealer
from intake_app.store.transactions import engine_over
from intake_app.ui.jobs import Jobs
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.people_list import PeopleList
from intake_app.ui.theme import Theme
from intake_app.ui.turns import Turns
from tests.ui.conftest import Desk
from tests.ui.screens import WindowScreen, no_questions

WORKS = 0.06
"""Seconds the window works in these tests: less than what others wait for at most."""


class Reader:
    """Long work as the office thread does it, on a thread of its own; keeps when it did a step."""

    def __init__(self, step: Callable[[], object]) -> None:
        self._step, self._ended = step, threading.Event()
        self.steps: list[float] = []
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        while not self._ended.is_set():
            self._step()
            self.steps.append(time.monotonic())

    def end(self) -> None:
        self._ended.set()
        self._thread.join(10)

    def during(self, span: tuple[float, float]) -> int:
        """How many steps were done from one moment to another; the one under way is none."""
        return sum(span[0] < moment < span[1] for moment in self.steps[1:])


def _unseal() -> Callable[[], object]:
    sealer = Sealer({Key.IDENTITY: bytes(32)})
    sealed = sealer.seal(Compartment.IDENTITY, "person.surname:1", "Example")
    return partial(sealer.open, Compartment.IDENTITY, "person.surname:1", sealed)


def _chain() -> Callable[[], object]:
    return partial(history._chained, bytes(32), b"", [1, "2014-05-01", None])


def _statement() -> Callable[[], object]:
    raw = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    engine = engine_over(raw)

    def ask() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")

    return ask


def _compared() -> Callable[[], object]:
    return partial(compare, Party(Stands.CLIENT, ()), (), Party(Stands.ADVERSE, ()))


def _taken_in() -> Callable[[], object]:
    return partial(PeopleIndex({}).add, 1, [Known(0, Party(Stands.CLIENT, ()))])


class Works(QObject):
    """Works a while on the window's thread, and says when."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[tuple[float, float]] = []

    def a_while(self, *_answer: object) -> Any:
        began = time.monotonic()
        while time.monotonic() < began + WORKS:
            sum(range(500))
        self.spans.append((began, time.monotonic()))
        return False


class Slow(QWidget):
    """Takes its time to draw."""

    works: Works

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.works.a_while()


@pytest.fixture
def shown(desk: Desk, office: Office, clock: Clock, qtbot: QtBot) -> MainWindow:
    """The window of the office, at rest."""
    window = MainWindow(desk.jobs, office, [PeopleList(desk.jobs, clock)], Theme(), 10)
    qtbot.addWidget(window, before_close_func=no_questions)
    WindowScreen(window, qtbot).show()
    window.go("cases")
    desk.settled()
    return window


def _answer(works: Works, shown: MainWindow, jobs: Jobs) -> None:
    jobs.run(lambda: None, works.a_while, works.a_while)


def _piece(works: Works, shown: MainWindow, jobs: Jobs) -> None:
    Turns.of_the_window().soon(works, works.a_while)


def _draw(works: Works, shown: MainWindow, jobs: Jobs) -> None:
    inside = Slow(shown)
    inside.works = works
    inside.resize(100, 100)
    inside.show()


def _go(works: Works, shown: MainWindow, jobs: Jobs) -> None:
    page = shown.page("cases")
    page.show_for = works.a_while  # type: ignore[method-assign, assignment]
    shown.go("cases")


@pytest.mark.parametrize("step", [_unseal, _chain, _statement, _compared, _taken_in])
@pytest.mark.parametrize("begin", [_answer, _piece, _draw, _go])
def test_the_window_goes_first(
    shown: MainWindow,
    desk: Desk,
    qtbot: QtBot,
    step: Callable[[], Callable[[], object]],
    begin: Callable[[Works, MainWindow, Jobs], None],
) -> None:
    works, reader = Works(), Reader(step())
    try:
        qtbot.waitUntil(lambda: len(reader.steps) > 10)
        qtbot.wait(20)
        begin(works, shown, desk.jobs)
        qtbot.waitUntil(lambda: bool(works.spans))
        qtbot.wait(50)
    finally:
        reader.end()
    for span in works.spans:
        assert reader.during(span) <= 1
    # It was at work before, and goes on afterwards.
    assert reader.during((0, works.spans[0][0])) > 10
    assert reader.during((works.spans[-1][1], time.monotonic())) > 10
