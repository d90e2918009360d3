"""Work in short steps on the office thread: other jobs, like saving an answer, go in between."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from intake_app.core.errors import AppError
from intake_app.ui.jobs import Jobs
from intake_app.workflows.steps import Steps

T = TypeVar("T")


@dataclass(frozen=True)
class _Step:
    share: float


@dataclass(frozen=True)
class _End:
    result: Any


@dataclass
class _Task:
    steps: Steps[Any]
    done: Callable[[Any], None]
    failed: Callable[[AppError], None]
    moved: Callable[[float], None] | None
    dropped: bool = False


class StepRunner(QObject):
    """Does one thing after the other, each step by step; callbacks as for `Jobs.run`."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._tasks: deque[_Task] = deque()
        self._out = False

    @property
    def busy(self) -> bool:
        """Whether anything is still to be done."""
        return bool(self._tasks)

    def run(
        self,
        steps: Steps[T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
        moved: Callable[[float], None] | None = None,
    ) -> None:
        """Do all steps, then call `done`; `moved` is told what share is done before each."""
        self._tasks.append(_Task(steps, done, failed, moved))
        self._go_on()

    def drop(self, steps: Steps[Any]) -> None:
        """Leave something where it is; nobody is called back."""
        for task in self._tasks:
            task.dropped = task.dropped or task.steps is steps

    def _go_on(self) -> None:
        if self._out or not self._tasks:
            return
        self._out = True
        task = self._tasks[0]
        work = partial(_close if task.dropped else _advance, task.steps)
        self._jobs.run(work, self._stepped, self._failed)

    def _stepped(self, step: _Step | _End) -> None:
        self._out = False
        task = self._tasks[0]
        if isinstance(step, _Step):
            if task.moved is not None and not task.dropped:
                task.moved(step.share)
        else:
            self._tasks.popleft()
            if not task.dropped:
                task.done(step.result)
        self._go_on()

    def _failed(self, error: AppError) -> None:
        self._out = False
        task = self._tasks.popleft()
        if not task.dropped:
            task.failed(error)
        self._go_on()


def _advance(steps: Steps[Any]) -> _Step | _End:
    try:
        return _Step(next(steps))
    except StopIteration as end:
        return _End(end.value)


def _close(steps: Steps[Any]) -> _End:
    """On the office thread too: what it opened is closed where it was opened."""
    steps.close()
    return _End(None)
