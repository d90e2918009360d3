"""Letters for all running clocks: what the gate blocks is not kept, what is done stays done."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.casefile import Custody, Person
from intake_app.core.errors import NotAllowed, OfficeDamaged
from intake_app.core.letters.kinds import KINDS
from intake_app.core.roles import Role
from intake_app.core.vocabulary import KnownFrom, State
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.workflows import write_batch
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.steps import whole
from intake_app.workflows.write_batch import (
    Batch,
    Became,
    Clocks,
    chosen,
    running_clocks,
    summary,
)
from tests.conftest import NOW
from tests.letters import case_for_a_letter
from tests.offices import unlocked

HOUR = timedelta(hours=1)
LOCAL = NOW.astimezone(ZoneInfo("America/Los_Angeles"))


def _running(office: Office, since: timedelta) -> int:
    """A case of which a letter can be written, whose release was due that long ago."""
    case = case_for_a_letter(office, LOCAL)
    save_answer(office, case, Custody, None, "release_due_at", LOCAL - since, NOW)
    return case


def _ids(office: Office, which: Clocks) -> list[int]:
    return [row.case_id for row in chosen(running_clocks(office, NOW), which)]


def _batch(office: Office, *, waiting: bool = False) -> Batch:
    made = Batch(office, running_clocks(office, NOW), NOW, waiting=waiting)
    whole(made.steps())
    return made


def _stages(office: Office, cases: Sequence[int]) -> list[list[Stage]]:
    return [[one.stage for one in letters_of(office, case)] for case in cases]


def test_the_clocks_that_are_over_that_soon_will_be_and_all(office: Office) -> None:
    over, soon, later = (_running(office, since) for since in (200 * HOUR, 40 * HOUR, HOUR))
    _not_begun = _running(office, -48 * HOUR)
    assert _ids(office, Clocks.OVER) == [over]
    assert _ids(office, Clocks.SOON) == [over, soon]
    assert _ids(office, Clocks.ALL) == [over, soon, later]


def test_what_may_be_written_is_kept_and_what_is_blocked_is_not(office: Office) -> None:
    fine, blocked = _running(office, HOUR), _running(office, 2 * HOUR)
    save_answer(office, blocked, Person, None, "booking_number", None, NOW)
    batch = _batch(office)
    by_case = {one.case_id: one for one in batch.outcomes}
    assert by_case[fine].became is Became.WRITTEN
    assert by_case[fine].letter_id == letters_of(office, fine)[0].id
    assert by_case[blocked].became is Became.BLOCKED
    assert any("Booking number" in why for why in by_case[blocked].why)
    assert _stages(office, (fine, blocked)) == [[Stage.DRAFT], []]
    assert summary(batch) == "Written: 1. Blocked: 1."


def test_a_name_that_cant_be_set_is_told_and_stops_nobody_else(office: Office) -> None:
    strange, fine = _running(office, 2 * HOUR), _running(office, HOUR)
    save_answer(office, strange, Person, None, "surname", "𒀀𒀁", NOW)
    batch = _batch(office)
    assert [(one.case_id, one.became) for one in batch.outcomes] == [
        (strange, Became.BLOCKED),
        (fine, Became.WRITTEN),
    ]
    assert "𒀀" in batch.outcomes[0].why[0]
    assert _stages(office, (strange, fine)) == [[], [Stage.DRAFT]]


def test_no_second_letter_is_written_where_one_is_kept(office: Office) -> None:
    case = _running(office, HOUR)
    first = _batch(office, waiting=True)
    (kept,) = letters_of(office, case)
    assert kept.stage is Stage.WAITING
    again = _batch(office)
    assert letters_of(office, case) == (kept,)
    (outcome,) = again.outcomes
    assert (outcome.became, outcome.letter_id) == (Became.THERE, first.outcomes[0].letter_id)
    assert "waits" in outcome.why[0]


def test_what_is_done_when_it_is_stopped_stays_and_the_next_goes_on(office: Office) -> None:
    cases = [_running(office, hours * HOUR) for hours in (3, 2, 1)]
    batch = Batch(office, running_clocks(office, NOW), NOW, waiting=False)
    steps = batch.steps()
    assert next(steps) == pytest.approx(1 / 3)
    batch.stop()
    with pytest.raises(StopIteration):
        next(steps)
    assert batch.left == 2
    assert summary(batch) == "Written: 1. Stopped before the last 2; what is written stays."
    assert _stages(office, cases) == [[Stage.DRAFT], [], []]
    assert summary(_batch(office)) == "Written: 2. There already: 1."


def test_somebody_elses_save_goes_in_between(office: Office) -> None:
    first, second = _running(office, 2 * HOUR), _running(office, HOUR)
    steps = Batch(office, running_clocks(office, NOW), NOW, waiting=False).steps()
    next(steps)
    save_answer(office, second, Person, None, "surname", "Between", NOW)
    next(steps)
    assert open_case(office, second).one(Person).surname == "Between"
    assert _stages(office, (first, second)) == [[Stage.DRAFT], [Stage.DRAFT]]


def test_a_damaged_file_ends_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _running(office, HOUR)

    def damaged(*_all: object) -> object:
        raise OfficeDamaged("It is damaged.")

    monkeypatch.setattr(write_batch, "compose_letter", damaged)
    with pytest.raises(OfficeDamaged):
        _batch(office)


def test_where_the_law_requires_compliance_no_request_to_decline_is_kept(
    office: Office,
) -> None:
    case = _running(office, HOUR)
    save_answer(office, case, Custody, None, "facility_state", State.FL, NOW)
    (outcome,) = _batch(office).outcomes
    kept = letters_of(office, case)
    assert all(one.kind != "decline" for one in kept)
    assert (outcome.became is Became.WRITTEN) == bool(kept)


def test_the_letter_is_of_the_kind_that_fits(office: Office) -> None:
    over, running = _running(office, 200 * HOUR), _running(office, HOUR)
    for field, value in (
        ("release_known_from", KnownFrom.JAIL),
        ("custody_known_from", KnownFrom.JAIL),
        ("custody_confirmed_at", LOCAL - HOUR),
    ):
        save_answer(office, over, Custody, None, field, value, NOW)
    titles = {one.case_id: one.title for one in _batch(office).outcomes}
    assert [one.kind for one in letters_of(office, over)] == ["expired"]
    assert [one.kind for one in letters_of(office, running)] == ["decline"]
    assert titles == {over: KINDS["expired"].title, running: KINDS["decline"].title}


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_who_writes_no_letters_writes_none_at_once(staffed: Office, role: Role) -> None:
    folder: Path = staffed.folder
    staffed.close()
    with unlocked(folder, role) as office:
        with pytest.raises(NotAllowed):
            running_clocks(office, NOW)
        with pytest.raises(NotAllowed):
            Batch(office, (), NOW, waiting=False)
