"""Half-typed words survive the end of the program, and leave nothing else behind."""

from pathlib import Path

import pytest

from intake_app.core.casefile import Charge, Intake, Person, Protection
from intake_app.core.errors import NotAllowed
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE

WORDS = "He was stopped on Kestrel Street on his way to"


def test_a_draft_left_over_becomes_the_answer_when_the_case_is_opened(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    for end in range(5, len(WORDS), 7):
        keep_draft(office, case_id, Intake, None, "summary", WORDS[:end])
    keep_draft(office, case_id, Intake, None, "summary", WORDS)
    assert open_case(office, case_id).one(Intake).summary is None
    assert open_case(office, case_id, NOW).one(Intake).summary == WORDS
    changes = [one for one in case_history(office, case_id) if one.after == WORDS]
    assert [(one.member, one.before) for one in changes] == [("A. Ruiz", "")]
    count = len(case_history(office, case_id))
    open_case(office, case_id, NOW)
    assert len(case_history(office, case_id)) == count


def test_a_finished_edit_ends_its_draft(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    keep_draft(office, case_id, Person, None, "surname", "Lop")
    save_answer(office, case_id, Person, None, "surname", "López", NOW)
    assert open_case(office, case_id, NOW).one(Person).surname == "López"
    keep_draft(office, case_id, Person, None, "surname", "Lópezz")
    assert not save_answer(office, case_id, Person, None, "surname", "López", NOW).changed
    assert open_case(office, case_id, NOW).one(Person).surname == "López"


def test_drafts_of_two_rows_are_told_apart(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    first, second = (add_entry(office, case_id, Charge, NOW).entry_id for _ in range(2))
    keep_draft(office, case_id, Charge, first, "charge_text", "Batt")
    keep_draft(office, case_id, Charge, second, "charge_text", "Thef")
    charges = open_case(office, case_id, NOW).all(Charge)
    assert [charge.charge_text for charge in charges] == ["Batt", "Thef"]


def test_a_draft_of_a_removed_row_stops_nobody(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    entry = add_entry(office, case_id, Charge, NOW).entry_id
    keep_draft(office, case_id, Charge, entry, "charge_text", "Batt")
    remove_entry(office, case_id, Charge, entry, NOW)
    assert open_case(office, case_id, NOW).all(Charge) == ()


def test_drafts_are_sealed_and_a_volunteer_can_open_no_victim_fact(
    staffed: Office, folder: Path
) -> None:
    case_id = start_intake(staffed, NOW).case_id
    keep_draft(staffed, case_id, Protection, None, "other_victimization", WORDS)
    keep_draft(staffed, case_id, Intake, None, "office_county", WORDS)
    staffed.close()
    assert WORDS.encode() not in b"".join(path.read_bytes() for path in folder.glob("office.db*"))
    with unlock_office(folder, "volunteer", PASSPHRASE, NOW) as office:
        with pytest.raises(NotAllowed):
            keep_draft(office, case_id, Protection, None, "in_client_words", "x")
        assert open_case(office, case_id, NOW).one(Intake).office_county == WORDS
    with unlock_office(folder, "attorney", PASSPHRASE, NOW) as office:
        kept = open_case(office, case_id, NOW).one(Protection)
        assert kept.other_victimization == WORDS
