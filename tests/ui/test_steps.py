"""Steps run one after the other on the office thread, and let other jobs in between."""

from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from intake_app.core.errors import AppError
from intake_app.ui.jobs import Jobs
from intake_app.ui.steps import StepRunner
from intake_app.workflows.steps import Steps, whole


class Heard(QObject):
    """Keeps what it was told, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def done(self, answer: object) -> None:
        self.told.append(answer)

    def failed(self, error: AppError) -> None:
        self.told.append(error.sentence)


def counting(name: str, log: list[str], fail_at: int = -1) -> Steps[str]:
    try:
        for step in range(3):
            if step == fail_at:
                raise AppError("It failed.")
            log.append(f"{name}{step}")
            yield step / 3
    finally:
        log.append(f"{name} ended")
    return name


def test_all_steps_at_once() -> None:
    log: list[str] = []
    assert whole(counting("a", log)) == "a"
    assert log == ["a0", "a1", "a2", "a ended"]


def test_other_jobs_go_in_between_and_tasks_do_not(qtbot: QtBot, jobs: Jobs) -> None:
    log: list[str] = []
    heard, runner = Heard(), StepRunner(jobs)
    runner.run(counting("a", log), heard.done, heard.failed, heard.done)
    runner.run(counting("b", log), heard.done, heard.failed)
    jobs.run(partial(log.append, "a save"), heard.done, heard.failed)
    assert runner.busy
    qtbot.waitUntil(lambda: not runner.busy)
    assert log == ["a0", "a save", "a1", "a2", "a ended", "b0", "b1", "b2", "b ended"]
    assert heard.told == [0.0, None, 1 / 3, 2 / 3, "a", "b"]


def test_an_error_ends_one_and_the_next_goes_on(qtbot: QtBot, jobs: Jobs) -> None:
    log: list[str] = []
    heard, runner = Heard(), StepRunner(jobs)
    runner.run(counting("a", log, fail_at=1), heard.done, heard.failed)
    runner.run(counting("b", log), heard.done, heard.failed)
    qtbot.waitUntil(lambda: not runner.busy)
    assert heard.told == ["It failed.", "b"]


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_dropped_is_closed_and_not_told(qtbot: QtBot, jobs: Jobs, which: int) -> None:
    log: list[str] = []
    heard, runner = Heard(), StepRunner(jobs)
    tasks = [counting("a", log), counting("b", log)]
    for task in tasks:
        runner.run(task, heard.done, heard.failed)
    runner.drop(tasks[which])
    qtbot.waitUntil(lambda: not runner.busy)
    assert heard.told == ["ba"[which]]
    assert f"{'ab'[which]}2" not in log
