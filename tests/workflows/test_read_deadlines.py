"""When to give notice: times alone, read again only after a change."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.core.casefile import Custody, Detainer, Person
from intake_app.core.errors import NotAllowed
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.read_deadlines import read_deadlines
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.offices import unlocked
from tests.workflows.test_read_desk import LOCAL, held, office_entry


def test_only_times_are_told(office: Office) -> None:
    held(office, LOCAL - timedelta(days=1), "Núñez")
    held(office, LOCAL - timedelta(days=40), "Long Over")
    held(office, None, "No Start")
    told = read_deadlines(office, NOW)
    assert told is not None
    (notices,) = told.clocks
    assert notices[0].at == LOCAL + timedelta(hours=12)
    assert set(asdict(notices[0])) == {"at", "until", "words"}
    assert not any(
        secret in repr(told.clocks) for secret in ("Núñez", "2026-0001", "Example", "FL")
    )


def test_it_is_read_again_only_after_a_change_or_on_another_day(office: Office) -> None:
    case = held(office, LOCAL - timedelta(days=1))
    known = read_deadlines(office, NOW)
    assert known is not None
    assert read_deadlines(office, NOW, known) is None
    tomorrow = read_deadlines(office, NOW + timedelta(days=1), known)
    assert tomorrow is not None
    due = LOCAL - timedelta(hours=30)
    save_answer(office, case, Custody, None, "release_due_at", due, NOW)
    moved = read_deadlines(office, NOW, known)
    assert moved is not None
    assert moved.clocks[0][0].at == due + timedelta(hours=36)
    save_answer(office, case, Detainer, office_entry(office, case), "served", None, NOW)
    save_answer(office, case, Person, None, "given", "Ana", NOW)
    save_answer(office, case, Custody, None, "released_at", LOCAL, NOW)
    gone = read_deadlines(office, NOW, moved)
    assert gone is not None
    assert gone.clocks == ()


def test_a_coordinator_learns_no_deadline(staffed: Office) -> None:
    folder: Path = staffed.folder
    held(staffed, LOCAL)
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office, pytest.raises(NotAllowed):
        read_deadlines(office, NOW)
