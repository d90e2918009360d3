"""What is said beside telephones, addresses, and places that must not be kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake_app.core.casefile import Contact, Custody, Phone, Protection, Transfer
from intake_app.core.contact_findings import contact_findings
from intake_app.core.findings import Finding, Weight
from intake_app.core.roles import Role
from intake_app.core.vocabulary import Safe, TalkNow, YesNo
from tests.cases import HERE, case_of

NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def found(*records: Any) -> list[Finding]:
    setting = replace(HERE, role=Role.VOLUNTEER)
    return list(contact_findings(case_of(*records, first=3), setting))


@pytest.mark.parametrize(
    ("safe", "words", "weight"),
    [
        (Safe.YES, "Safe to call.", Weight.FINE),
        (Safe.ASK, "Ask first.", Weight.WARN),
        (Safe.NO, "Not safe to call.", Weight.WARN),
        (None, "Not known to be safe: do not call before you know.", Weight.WARN),
    ],
)
def test_each_number_has_its_verdict_beside_it(
    safe: Safe | None, words: str, weight: Weight
) -> None:
    other = Phone(number="305-555-0101", safe=Safe.YES)
    one, _ = found(Phone(number="305-555-0100", safe=safe), other, Contact(confirmed_on=TODAY))
    assert (one.words, one.weight) == (words, weight)
    assert (one.record, one.field, one.entry_id) == (Phone, "number", 3)


def test_an_address_has_its_verdict_and_the_reason_beside_it() -> None:
    lent = Contact(home_address="12 Real Street", substitute_address="PO Box 77")
    said = {one.field: one.words for one in found(lent)}
    assert said["home_address"].startswith("Not safe to write to. Never write here")
    assert said["substitute_address"].startswith("Not known to be safe")


def test_when_it_is_not_safe_to_talk_the_call_ends() -> None:
    phone = Phone(number="305-555-0100", safe=Safe.YES, times="after 6")
    bad = Phone(number="305-555-0101", safe=Safe.NO, times="mornings")
    for answer in (TalkNow.NO, TalkNow.LATER):
        contact = Contact(safe_to_talk_now=answer, confirmed_on=TODAY, code_phrase="blue bus")
        talk = found(contact, phone, bad)[0]
        assert talk.field == "safe_to_talk_now"
        assert talk.words.startswith("End the call politely")
        assert "Call back: after 6." in talk.words
        assert "blue bus" in talk.words
    assert found(Contact(safe_to_talk_now=TalkNow.YES)) == []
    assert "Agree first when" in found(Contact(safe_to_talk_now=TalkNow.NO))[0].words


def shelters(*records: Any) -> list[tuple[type, str, int | None]]:
    return [
        (one.record, one.field, one.entry_id)
        for one in found(*records)
        if "take it out" in one.words
    ]


def test_no_place_of_a_shelter_is_stored_unsaid() -> None:
    assert shelters(Contact(home_address="Refugio Ana, 4 Elm")) == [(Contact, "home_address", None)]
    assert shelters(Contact(go_between="Night desk of the safe house")) == [
        (Contact, "go_between", None)
    ]
    assert shelters(Custody(facility_address="Women’s Shelter, 4 Elm")) == [
        (Custody, "facility_address", None)
    ]
    assert shelters(Transfer(facility="Albergue"), Phone(shared_with="the shelter")) == [
        (Phone, "shared_with", 4),
        (Transfer, "facility", 3),
    ]
    assert shelters(Contact(home_address="4 Elm Street"), Custody(facility="County Jail")) == []


def test_an_address_of_somebody_in_a_shelter_is_asked_about() -> None:
    """Only who holds the key has the answer in her case file; a volunteer's holds none."""
    home = Contact(home_address="4 Elm Street", substitute_address="PO Box 77")
    assert shelters(home, Protection(in_shelter=YesNo.YES)) == [(Contact, "home_address", None)]
    assert shelters(home, Protection(in_shelter=YesNo.NO)) == shelters(home) == []


def test_what_is_typed_is_said_to_stay_in_history() -> None:
    (one,) = (f for f in found(Contact(home_address="The shelter")) if "take it out" in f.words)
    assert "History keeps what was typed" in one.words
