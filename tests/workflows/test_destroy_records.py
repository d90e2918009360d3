"""Destroying: who, with what proof, on what clock; cut off half-way; and every page afterwards."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Intake, OtherName, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import CaseStatus, PurgePart
from intake_app.store.backups.files import BACKUPS, backups_in
from intake_app.store.backups.making import manifest_key
from intake_app.store.deleted import KEPT_FOR
from intake_app.store.office import Office
from intake_app.store.retention.purging import IN_BACKUPS, purges_since
from intake_app.workflows.back_up_office import back_up_office
from intake_app.workflows.bring_back import bring_back
from intake_app.workflows.case_history import case_history
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.deleted_things import deleted_things
from intake_app.workflows.destroy_records import destroy_records, finish_destroying
from intake_app.workflows.due_for_destruction import due_for_destruction, how_many_due
from intake_app.workflows.find_people import find_people
from intake_app.workflows.open_case import open_case
from intake_app.workflows.reauthenticate import reauthenticate
from intake_app.workflows.retention_rules import add_rule
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.undo_change import undo_change
from tests.conftest import NOW, PASSPHRASE
from tests.offices import raw_office, unlocked
from tests.retention_world import LATER, closed_case, destroy_due, purge


def surname(office: Office, case: int) -> str | None:
    return open_case(office, case, LATER).one(Person).surname


def test_what_was_destroyed_is_told_and_can_not_be_taken_back(office: Office) -> None:
    case = closed_case(office)
    find_people(office, "")
    done = purge(office, PurgePart.NARRATIVE)
    assert done.verified_at == LATER
    assert (done.counts.records, done.by) == (2, "A. Ruiz")
    assert open_case(office, case, LATER).one(Intake).summary is None
    assert surname(office, case) == "Quetzalcoatl"
    lines = {line.label: line for line in case_history(office, case)}
    told = next(line for line in case_history(office, case) if line.action == "parts destroyed")
    story = lines["What happened, in the caller’s words"]
    assert (story.after, story.undoable, told.undoable) == ("destroyed", False, False)
    with pytest.raises(AppError, match=r"destroyed for good|can’t be undone"):
        undo_change(office, story.seq, LATER)
    assert [row.name for row in find_people(office, "quetzal")] == ["Quetzalcoatl"]
    assert due_for_destruction(office, LATER).done == ()
    assert office.damage() == []


def test_a_case_destroyed_whole_is_nowhere_and_its_number_is_not_used_again(
    office: Office,
) -> None:
    case = closed_case(office)
    find_people(office, "")
    purge(office, PurgePart.WHOLE)
    assert not find_people(office, "")
    with pytest.raises(AppError, match="was destroyed because its time was over"):
        open_case(office, case, LATER)
    assert deleted_things(office, LATER) == ()
    next_case = start_intake(office, LATER)
    assert (next_case.case_id, next_case.number) == (case + 1, "2026-0002")
    assert how_many_due(office, LATER + KEPT_FOR * 2) == 0
    assert office.damage() == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_destroys(staffed: Office, role: Role) -> None:
    closed_case(staffed)
    add_rule(staffed, PurgePart.WHOLE, 12, NOW)
    seen = due_for_destruction(staffed, LATER)
    staffed.close()
    with unlocked(staffed.folder, role) as office:
        assert how_many_due(office, LATER) == 0
        with pytest.raises(NotAllowed):
            due_for_destruction(office, LATER)
        with pytest.raises(NotAllowed):
            add_rule(office, PurgePart.WHOLE, 1, NOW)
        proof = reauthenticate(office, PASSPHRASE, LATER)
        with pytest.raises(NotAllowed):
            whole(destroy_records(office, seen, proof, LATER))


def test_an_old_proof_a_changed_list_and_a_wrong_clock_destroy_nothing(office: Office) -> None:
    case = closed_case(office)
    add_rule(office, PurgePart.WHOLE, 12, NOW)
    seen = due_for_destruction(office, LATER)
    proof = reauthenticate(office, PASSPHRASE, NOW)
    with pytest.raises(NotAllowed, match="passphrase"):
        whole(destroy_records(office, seen, proof, LATER))
    far = NOW + timedelta(days=100)
    with pytest.raises(AppError, match="clock is 100 days past"):
        whole(destroy_records(office, seen, reauthenticate(office, PASSPHRASE, far), far))
    # What is done with the wrong clock writes lines too; they must open no door that day.
    save_answer(office, case, Person, None, "given", "Later", far)
    with pytest.raises(AppError, match="clock is 100 days past"):
        whole(destroy_records(office, seen, reauthenticate(office, PASSPHRASE, far), far))
    with pytest.raises(AppError, match="later than this computer"):
        destroy_due(office, LATER)
    assert surname(office, case) == "Quetzalcoatl"


def test_a_case_opened_again_since_the_list_was_shown_stops_the_run(office: Office) -> None:
    case = closed_case(office)
    add_rule(office, PurgePart.WHOLE, 12, NOW)
    seen = due_for_destruction(office, LATER)
    steps = destroy_records(office, seen, reauthenticate(office, PASSPHRASE, LATER), LATER)
    next(steps)
    next(steps)  # the backup is made
    save_answer(office, case, Intake, None, "status", CaseStatus.OPEN, LATER)
    with pytest.raises(AppError, match="Nothing is due"):
        whole(steps)
    assert surname(office, case) == "Quetzalcoatl"


def test_a_run_cut_off_after_destroying_is_finished_and_then_certified(office: Office) -> None:
    closed_case(office)
    add_rule(office, PurgePart.IDENTITY, 12, NOW)
    seen = due_for_destruction(office, LATER)
    steps = destroy_records(office, seen, reauthenticate(office, PASSPHRASE, LATER), LATER)
    for _ in range(3):
        next(steps)
    steps.close()
    again = due_for_destruction(office, LATER)
    assert again.done == ()
    assert again.unfinished is not None
    proof = reauthenticate(office, PASSPHRASE, LATER)
    done = whole(finish_destroying(office, proof, LATER))
    assert (done.verified_at, done.pieces, done.counts.records) == (LATER, 0, 3)
    assert due_for_destruction(office, LATER).unfinished is None
    with pytest.raises(AppError, match="Nothing is left to finish"):
        whole(finish_destroying(office, proof, LATER))


def test_what_was_deleted_long_ago_is_due_by_itself(office: Office) -> None:
    kept, gone = start_intake(office, NOW).case_id, start_intake(office, NOW).case_id
    entry = add_entry(office, kept, OtherName, NOW).entry_id
    assert entry is not None
    save_answer(office, kept, OtherName, entry, "name", "Deleted alias", NOW)
    remove_entry(office, kept, OtherName, entry, NOW)
    delete_case(office, gone, NOW)
    day = NOW + KEPT_FOR
    assert due_for_destruction(office, day).done == ()
    things = deleted_things(office, day)
    late = day + timedelta(minutes=1)
    seen = due_for_destruction(office, late)
    assert [(one.case_id, one.parts, one.entries) for one in seen.done] == [
        (kept, (), (("other_name", entry),)),
        (gone, (PurgePart.WHOLE,), ()),
    ]
    destroy_due(office, late)
    for thing in things:
        with pytest.raises(AppError):
            bring_back(office, thing, late)
    assert due_for_destruction(office, late).done == ()
    assert office.damage() == []


def test_older_backups_are_purged_when_their_time_is_up(office: Office) -> None:
    closed_case(office)
    done = purge(office, PurgePart.IDENTITY)
    key = office.keys[Key.FILE]

    def names() -> list[int]:
        found = []
        for backup in backups_in(office.folder / BACKUPS, manifest_key(key)):
            with raw_office(backup.folder, key) as raw:
                (many,) = raw.execute("SELECT count(surname) FROM person").fetchone()
                found.append(many)
        return found

    assert names() == [1]  # the one made just before
    back_up_office(office, BackupReason.DAILY, done.at + IN_BACKUPS)
    assert names() == [0, 1]
    late = done.at + IN_BACKUPS + timedelta(minutes=1)
    back_up_office(office, BackupReason.DAILY, late)
    assert set(names()) == {0}


def test_a_failing_disk_destroys_nothing_or_all(office: Office, tmp_path: Path) -> None:
    """Without its backup nothing is destroyed."""
    case = closed_case(office)
    add_rule(office, PurgePart.WHOLE, 12, NOW)
    shutil.rmtree(office.folder / BACKUPS, ignore_errors=True)
    (office.folder / BACKUPS).write_text("in the way")
    with pytest.raises((AppError, OSError)):
        destroy_due(office, LATER)
    assert surname(office, case) == "Quetzalcoatl"
    with office.reading() as connection:
        assert purges_since(connection) == ()


def test_the_case_s_own_date(office: Office) -> None:
    case = closed_case(office)
    save_answer(office, case, Intake, None, "retention_until", date(2026, 11, 21), NOW)
    save_answer(office, case, Intake, None, "purge_parts", (PurgePart.NARRATIVE,), NOW)
    done = destroy_due(office, LATER)
    assert [(one.parts, one.why) for one in done.done] == [
        ((PurgePart.NARRATIVE,), "the case’s own “Keep until”")
    ]
