"""Answers come back in order, on the window's thread, and a fault of ours is never silent."""

import threading
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake_app.core.errors import AppError
from intake_app.ui.jobs import OUR_FAULT, Jobs


class Answers(QObject):
    """Keeps what comes back, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[object] = []
        self.sentences: list[str] = []
        self.threads: set[int] = set()

    @Slot(object)
    def done(self, value: object) -> None:
        self.came.append(value)
        self.threads.add(threading.get_ident())

    @Slot(object)
    def failed(self, error: AppError) -> None:
        self.sentences.append(error.sentence)


def test_200_answers_come_in_order_on_this_thread(jobs: Jobs, qtbot: QtBot) -> None:
    answers, workers = Answers(), set()

    def work(number: int) -> int:
        workers.add(threading.get_ident())
        return number

    for number in range(200):
        jobs.run(partial(work, number), answers.done, answers.failed)
    assert jobs.busy
    qtbot.waitUntil(lambda: not jobs.busy)
    assert answers.came == list(range(200))
    assert answers.threads == {threading.get_ident()}
    assert len(workers) == 1
    assert workers != answers.threads


def test_the_users_errors_come_with_their_sentence(jobs: Jobs, qtbot: QtBot) -> None:
    answers = Answers()

    def refuse() -> None:
        raise AppError("The disk is full. Make room, then try again.")

    jobs.run(refuse, answers.done, answers.failed)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert answers.sentences == ["The disk is full. Make room, then try again."]


def test_our_own_faults_are_told_apart_and_show_no_value(qtbot: QtBot) -> None:
    jobs, answers = Jobs(), Answers()
    faults: list[Exception] = []
    jobs.broke.connect(faults.append)

    def break_down() -> None:
        raise ValueError("Jean-Baptiste")

    jobs.run(break_down, answers.done, answers.failed)
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()
    assert answers.sentences == [OUR_FAULT]
    assert [type(fault) for fault in faults] == [ValueError]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    go = threading.Event()
    label = QLabel()
    answers = Answers()
    jobs.run(go.wait, label.setEnabled, answers.failed)
    with qtbot.waitSignal(label.destroyed):
        label.deleteLater()
    go.set()
    jobs.run(lambda: "next", answers.done, answers.failed)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert answers.came == ["next"]


def test_closing_finishes_what_was_asked_for_and_takes_nothing_more(qtbot: QtBot) -> None:
    jobs, answers = Jobs(), Answers()
    written: list[int] = []
    for number in range(20):
        jobs.run(partial(written.append, number), answers.done, answers.failed)
    jobs.close()
    jobs.close()
    assert written == list(range(20))
    jobs.run(lambda: written.append(99), answers.done, answers.failed)
    assert written == list(range(20))
