"""Facts read from a real encrypted office: without the identity key, and nothing it opens."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Select, event

from intake_app.core.casefile import (
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Household,
    Person,
    Protection,
    Transfer,
)
from intake_app.core.fields import Compartment, questions
from intake_app.core.letters.options import LetterOptions
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country
from intake_app.core.reports.dated import Dated
from intake_app.core.roles import Key, Role
from intake_app.core.survey import FearReason, SurveyResponse, SurveyYesNo
from intake_app.core.vocabulary import (
    AgeBand,
    ChargeLevel,
    ChargeOutcome,
    ConsentKind,
    DetainerForm,
    LetterAnswer,
    LetterResult,
    Relation,
    ReleasedTo,
    SentBy,
    SignedBy,
    SignedHow,
    YesNo,
)
from intake_app.store import letter_changes
from intake_app.store.letters import Frozen, KeptLetter, find_letter
from intake_app.store.office import Office
from intake_app.store.office_reference import save_holiday
from intake_app.store.own_kinds import keep_own_kind, remove_own_kind
from intake_app.store.report_facts import read_episodes, read_letters, read_responses
from intake_app.store.schema import RECORD_TABLES
from intake_app.store.sealing import Locked
from intake_app.store.survey import keep_response
from intake_app.workflows.record_letter import record_answer, record_sending
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import unlocked

MIAMI = ZoneInfo("America/New_York")
ISSUED = PartialDate(2026, 11, 10)


def add(office: Office, case: int, cls: type, **answers: object) -> int:
    entry = add_entry(office, case, cls, NOW).entry_id
    for name, value in answers.items():
        save_answer(office, case, cls, entry, name, value, NOW)
    return entry


def answer(office: Office, case: int, cls: type, **answers: object) -> None:
    for name, value in answers.items():
        save_answer(office, case, cls, None, name, value, NOW)


def new_case(office: Office) -> int:
    return start_intake(office, NOW).case_id


def episodes(office: Office, now: datetime = NOW) -> Dated:
    with office.reading() as connection:
        return read_episodes(office, connection, now)


def row(dated: Dated, place: int = 0) -> dict[str, Any]:
    """One row as answers and numbers by name."""
    columns = {name: c.words[c.codes[place]] for name, c in dated.rows.columns.items()}
    return columns | {name: values[place] for name, values in dated.rows.numbers.items()}


def whole_case(office: Office) -> int:
    """Nicola: held past 48 hours, two children, a survivor who agreed to be counted."""
    case = new_case(office)
    add(office, case, Detainer, form=DetainerForm.I247A, issued_on=ISSUED, served=YesNo.NO)
    answer(
        office,
        case,
        Custody,
        booked_on=PartialDate(2026, 11, 9),
        facility_county="Broward",
        release_due_at=datetime(2026, 11, 11, 9, tzinfo=MIAMI),
        released_at=datetime(2026, 11, 17, 12, tzinfo=MIAMI),
        released_to=ReleasedTo.ICE,
    )
    add(office, case, Charge, level=ChargeLevel.MISDEMEANOR, outcome=ChargeOutcome.PLEA)
    add(office, case, Charge, level=ChargeLevel.FELONY, outcome=ChargeOutcome.DISMISSED)
    add(office, case, Transfer)
    answer(office, case, Person, given="Nicola", surname="Guerra", country_of_birth=Country.HT)
    answer(office, case, Household, children=1)
    for _ in range(2):
        add(office, case, Dependent, name="Luz", relation=Relation.CHILD, age=AgeBand.TO_12)
    answer(office, case, Protection, screened_privately=YesNo.YES, survivor=YesNo.YES)
    add(
        office,
        case,
        Consent,
        kind=ConsentKind.REPORTING,
        recipient="Our own summaries",
        signed_on=date(2026, 11, 12),
        signed_how=SignedHow.WET,
        signed_by=SignedBy.CLIENT,
        expires_on=date(2026, 12, 12),
    )
    return case


def check_whole_case(dated: Dated) -> None:
    assert dated.days == (date(2026, 11, 10),)
    found = row(dated)
    expected = {
        "charge_level": "felony",
        "outcome": "dismissed",
        "conviction": "misdemeanor",
        "picked_up": "ice",
        "past_48_plain": "yes",
        "past_48_rule": "yes",
        "form": "I-247A",
        "served": "no",
        "country": "HT",
        "county": "Broward",
        "children": "2",
        "transferred": "yes",
        "victim": "yes",
        "hours_held": 147,
        "midnights_held": 6,
        "days_to_detainer": 1,
        "days_in_jail": 8,
        "minor_children": 2,
    }
    assert {name: found[name] for name in expected} == expected


def test_a_coordinator_reads_them_without_the_identity_key(staffed: Office) -> None:
    case = whole_case(staffed)
    new_case(staffed)
    check_whole_case(episodes(staffed))
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office:
        assert set(office.keys) == {Key.FILE, Key.PROTECTED}
        dated = episodes(office)
        assert dated.keys == (case,)
        check_whole_case(dated)
    with unlocked(folder, Role.VOLUNTEER) as office, pytest.raises(Locked):
        episodes(office)


def test_nothing_that_the_identity_key_opens_is_read(office: Office) -> None:
    whole_case(office)
    closed = {
        (table.name, asked.name)
        for cls, table in RECORD_TABLES.items()
        for asked in questions(cls)
        if not Compartment.IDENTITY.value.isdisjoint(asked.keep.value)
    }
    read: set[tuple[str, str]] = set()

    def note(connection: Connection, clause: Select[Any], *_: object) -> None:
        for column in clause.exported_columns:
            read.add((column.table.name, column.name))

    with office.reading() as connection:
        event.listen(connection, "before_execute", note)
        read_episodes(office, connection, NOW)
    assert {("charge", "level"), ("protection", "survivor"), ("transfer", "case_id")} <= read
    assert not read & closed


def test_consent_counts_on_the_day_of_the_count(office: Office) -> None:
    whole_case(office)
    assert row(episodes(office, NOW.replace(month=12, day=12)))["victim"] == "yes"
    assert row(episodes(office, NOW.replace(month=12, day=14)))["victim"] == "no"


def test_what_is_later_has_not_happened_yet(office: Office) -> None:
    whole_case(office)
    found = row(episodes(office, datetime(2026, 11, 12, 9, tzinfo=MIAMI)))
    assert found["past_48_plain"] == "unknown"
    assert found["days_in_jail"] != found["days_in_jail"]


def test_the_holidays_of_the_office_are_left_out(office: Office) -> None:
    case = new_case(office)
    add(office, case, Detainer, issued_on=ISSUED)
    answer(
        office,
        case,
        Custody,
        release_due_at=datetime(2026, 11, 16, 9, tzinfo=MIAMI),
        released_at=datetime(2026, 11, 18, 12, tzinfo=MIAMI),
    )
    assert row(episodes(office))["past_48_rule"] == "yes"
    save_holiday(office, date(2026, 11, 17), "County holiday", NOW)
    assert row(episodes(office))["past_48_rule"] == "no"
    assert row(episodes(office))["past_48_plain"] == "yes"


def test_removed_records_are_left_out(office: Office) -> None:
    case = new_case(office)
    detainer = add(office, case, Detainer, issued_on=ISSUED)
    felony = add(office, case, Charge, level=ChargeLevel.FELONY)
    add(office, case, Charge, level=ChargeLevel.INFRACTION)
    child = add(office, case, Dependent, relation=Relation.CHILD, age=AgeBand.TO_5)
    assert row(episodes(office))["charge_level"] == "felony"
    remove_entry(office, case, Charge, felony, NOW)
    remove_entry(office, case, Dependent, child, NOW)
    found = row(episodes(office))
    assert (found["charge_level"], found["children"]) == ("infraction", "unknown")
    remove_entry(office, case, Detainer, detainer, NOW)
    assert episodes(office).rows.size == 0


def test_each_case_keeps_its_own_records(office: Office) -> None:
    """Cases without a detainer, without a charge, with several: none takes another's."""
    kept = []
    for number in range(12):
        case = new_case(office)
        if number % 3:
            add(office, case, Detainer, issued_on=ISSUED)
            kept.append((case, number))
        if number % 2:
            add(office, case, Charge, level=ChargeLevel.FELONY, outcome=ChargeOutcome.PLEA)
        answer(office, case, Household, children=number)
    dated = episodes(office)
    assert dated.keys == tuple(case for case, _ in kept)
    for place, (_, number) in enumerate(kept):
        found = row(dated, place)
        assert found["minor_children"] == number
        assert found["charge_level"] == ("felony" if number % 2 else "unknown")


PAGE = Frozen("Words", "{}", (), (), (), "abc", "2026.11", None, b"%PDF-1.7")


def draft(office: Office, kind: str) -> int:
    case = new_case(office)
    with office.writing() as connection:
        return letter_changes.keep_draft(
            office, connection, case, kind, "A letter", LetterOptions(), NOW
        )


def approved(office: Office, kind: str = "decline") -> KeptLetter:
    number = draft(office, kind)
    with office.writing() as connection:
        kept = find_letter(office, connection, number)
        return letter_changes.freeze(
            office, connection, kept, "A letter", LetterOptions(), PAGE, NOW
        )


def test_a_kind_of_the_office_counts_as_the_one_it_is_like(office: Office) -> None:
    keep_own_kind(office, OwnKind("decline-county", "Ours", "decline", "text"), NOW)
    kept = approved(office, "decline-county")
    record_sending(office, kept.id, NOW.date(), None, NOW)
    # Taken out since: what was sent was sent.
    remove_own_kind(office, "decline-county", NOW)
    with office.reading() as connection:
        assert row(read_letters(office, connection, NOW))["letter_kind"] == "decline"


def test_letters_that_were_sent(staffed: Office) -> None:
    kept = approved(staffed)
    approved(staffed)  # not sent
    draft(staffed, "decline")
    record_sending(staffed, kept.id, date(2026, 11, 22), SentBy.FAX, NOW)
    record_answer(
        staffed,
        kept.id,
        date(2026, 11, 24),
        LetterAnswer.AGREED,
        LetterResult.RELEASED,
        "Sgt. Guerra said so",
        NOW.replace(day=25),
    )
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office, office.reading() as connection:
        dated = read_letters(office, connection, NOW)
    assert (dated.keys, dated.days) == ((kept.id,), (date(2026, 11, 22),))
    assert row(dated) == {
        "letter_kind": "decline",
        "letter_result": "released",
        "answer": "agreed",
        "answer_time": "1_2",
        "sent_by": "fax",
        "answer_days": 2,
    }


def test_responses_of_the_survey(staffed: Office) -> None:
    afraid = SurveyResponse(afraid=SurveyYesNo.YES, reason=FearReason.POLICE_ICE)
    with staffed.writing() as connection:
        keep_response(connection, afraid, "2026-Q3")
        keep_response(connection, SurveyResponse(afraid=SurveyYesNo.NO), "2026-Q4")
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as office, office.reading() as connection:
        dated = read_responses(connection)
    rows = {day: row(dated, place) for place, day in enumerate(dated.days)}
    assert rows[date(2026, 9, 30)]["reason"] == "police_ice"
    assert rows[date(2026, 12, 31)]["afraid"] == "no"
    assert rows[date(2026, 12, 31)]["reason"] == "unanswered"
    assert len(set(dated.keys)) == 2
