"""Backups, drills and lists beside the office thread: saves go on, and closing ends them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.roles import Role
from intake_app.store.backups.files import BACKUPS
from intake_app.store.backups.record import OWN
from intake_app.store.office import Office
from intake_app.ui.backup_work import BackupWork
from intake_app.ui.page import Clock
from intake_app.workflows.back_up_office import carry_out
from intake_app.workflows.list_backups import backup_state
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk

NAME = "20261122T171100Z-daily"


class Work:
    """The work, and what it said, in order."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.work = BackupWork(desk.jobs, clock)
        self.said: list[tuple[str, Any]] = []
        for name in ("made", "proven", "listed", "failed"):
            getattr(self.work, name).connect(partial(self._say, name))

    def _say(self, name: str, what: object) -> None:
        self.said.append((name, what))

    def answer(self) -> tuple[str, Any]:
        """The next thing it says."""
        self.desk.qtbot.waitUntil(lambda: bool(self.said), timeout=20_000)
        return self.said.pop(0)

    def kept(self) -> list[str]:
        """The names in the office's own folder."""
        place = self.desk.folder / BACKUPS
        return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


@pytest.fixture
def work(staffed_folder: Path, desk: Desk, clock: Clock, tmp_path: Path) -> Iterator[Work]:
    folder = Path(shutil.copytree(staffed_folder, tmp_path / "office"))
    made = Work(replace(desk, folder=folder), clock)
    yield made
    made.work.close()
    desk.settled()


def test_a_backup_is_written_down_before_it_is_told(work: Work) -> None:
    office = work.desk.open(Role.PARALEGAL)
    work.work.back_up(office, BackupReason.DAILY)
    said, places = work.answer()
    assert said == "made"
    assert [(one.place, one.name, one.fault) for one in places] == [(OWN, NAME, "")]
    assert work.desk.done(partial(backup_state, office)).last == places[0]
    work.work.back_up(office, BackupReason.DAILY, only_if_due=True)
    assert work.answer() == ("made", places)
    assert work.kept() == [NAME], "there is one of today"
    work.work.back_up(office, BackupReason.DAILY)
    assert work.answer()[1][0].name == f"{NAME}-2"
    work.desk.close(office)


def test_a_drill_is_written_down_and_the_list_is_of_each_place(work: Work) -> None:
    office = work.desk.open(Role.ADMINISTRATOR)
    work.work.back_up(office, BackupReason.DAILY)
    work.work.list(office)
    work.work.drill(office)
    said = dict(work.answer() for _times in range(3))
    assert [(one.place, one.fault) for one in said["proven"]] == [(OWN, "")]
    assert said["proven"][0].proof is not None
    assert [one.place for one in said["listed"]] == [OWN]
    assert work.desk.done(partial(backup_state, office)).proven == NOW
    work.desk.close(office)


def test_what_may_not_or_can_not_be_is_one_sentence(work: Work) -> None:
    office = work.desk.open(Role.PARALEGAL)
    for act in (work.work.drill, work.work.list):
        act(office)
        said, sentence = work.answer()
        assert said == "failed"
        assert "administrator" in sentence
    (work.desk.folder / BACKUPS).write_text("a file where the folder should be")
    work.work.back_up(office, BackupReason.DAILY)
    said, sentence = work.answer()
    assert said == "failed"
    assert "could not be written" in sentence
    assert work.desk.done(partial(backup_state, office)).last is None
    work.desk.close(office)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """A disk that is busy from the first event until the second: with the backup done, or not."""
    began, go_on = Event(), Event()

    def slowly(*asked: Any, **how: Any) -> Any:
        made = carry_out(*asked, **how)
        began.set()
        assert go_on.wait(20)
        return made

    monkeypatch.setattr("intake_app.ui.backup_work.carry_out", slowly)
    return began, go_on


def test_saves_go_on_while_the_disk_is_busy(work: Work, held: tuple[Event, Event]) -> None:
    began, go_on = held
    office = work.desk.open(Role.PARALEGAL)
    case = work.desk.done(partial(start_intake, office, NOW)).case_id
    work.work.back_up(office, BackupReason.DAILY)
    work.desk.qtbot.waitUntil(began.is_set, timeout=20_000)
    save = partial(save_answer, office, case, Person, None, "surname", "Núñez", NOW)
    work.desk.done(save)
    assert work.desk.done(partial(open_case, office, case)).one(Person).surname == "Núñez"
    assert work.said == []
    go_on.set()
    assert work.answer()[0] == "made"
    work.desk.close(office)


def test_an_answer_for_an_office_that_was_closed_is_dropped(
    work: Work, held: tuple[Event, Event]
) -> None:
    began, go_on = held
    office = work.desk.open(Role.PARALEGAL)
    work.work.back_up(office, BackupReason.DAILY)
    work.desk.qtbot.waitUntil(began.is_set, timeout=20_000)
    work.desk.close(office)
    go_on.set()
    work.work.close()
    for _turns in range(3):
        work.desk.settled()
    assert work.said == []
    # Nor is the closed office asked for anything more.
    again = BackupWork(work.desk.jobs, lambda: NOW)
    again.failed.connect(work.said.append)
    for act in (again.drill, again.list, partial(again.back_up, reason=BackupReason.DAILY)):
        act(office)
    work.desk.settled()
    QApplication.processEvents()
    assert work.said == []
    again.close()


def test_closing_the_office_stops_a_backup_and_leaves_nothing(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = work.desk.open(Role.PARALEGAL)
    beside = office.beside

    def when_it_closes(*asked: Any, **how: Any) -> Any:
        began.set()
        assert beside._ending.wait(20)
        return carry_out(*asked, **how)

    began = Event()
    monkeypatch.setattr("intake_app.ui.backup_work.carry_out", when_it_closes)
    work.work.back_up(office, BackupReason.DAILY)
    work.desk.qtbot.waitUntil(began.is_set, timeout=20_000)
    work.desk.close(office)
    said, sentence = work.answer()
    assert said == "failed"
    assert "was stopped" in sentence
    assert work.kept() == []


def test_nothing_begins_after_the_end(work: Work) -> None:
    office: Office = work.desk.open(Role.PARALEGAL)
    work.work.close()
    work.work.back_up(office, BackupReason.DAILY)
    work.desk.settled()
    assert (work.said, work.kept()) == ([], [])
    work.desk.close(office)
