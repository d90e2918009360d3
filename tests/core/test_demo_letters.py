"""What is made up for letters: whole where a case is ready, and of nobody real."""

from intake_app.core.casefile import Certification, Charge, Consent, Custody, Protection
from intake_app.core.consents import ConsentState, consent_state, opens
from intake_app.core.demo_letters import directory_of
from intake_app.core.demo_people import demo_cases
from intake_app.core.directory import checked_entry
from intake_app.core.vocabulary import AddresseeKind, ConsentKind, FactGroup, YesNo
from intake_app.workflows.make_demo import demo_material
from tests.conftest import NOW

MATERIAL = demo_material()
CASES = list(demo_cases(MATERIAL, 300, 1, NOW))


def test_the_directory_is_of_invented_places_and_every_entry_can_be_kept() -> None:
    entries = list(directory_of(MATERIAL))
    assert len(entries) > 20
    for entry in entries:
        assert checked_entry(entry) == entry
        assert entry.lines[-1].endswith("00000")
        assert "555-01" in entry.telephone or not entry.telephone
    jails = {jail.name for kept in MATERIAL.jails.values() for jail in kept}
    assert {one.agency for one in entries if one.kind is AddresseeKind.JAIL} <= jails


def test_a_survivor_has_begun_a_certification_and_a_consent_opens_it() -> None:
    begun = [case for case in CASES if case.records[Certification]]
    assert begun
    whole = 0
    for case in begun:
        (protection,) = case.records[Protection]
        assert protection.survivor is YesNo.YES
        opened = opens(
            case.records[Consent], FactGroup.VICTIM, protection.u_certifier or "", NOW.date()
        )
        whole += opened is not None
    assert whole


def test_keepers_of_records_are_named_one_by_one() -> None:
    found = [
        (one, case.records[Custody][0])
        for case in CASES
        for one in case.records[Consent]
        if one.kind is ConsentKind.RECORDS
    ]
    assert len(found) > 20
    assert all(consent_state(one, NOW.date()) is ConsentState.VALID for one, _ in found)
    assert any(one.recipient == custody.facility for one, custody in found)


def test_a_ready_case_has_a_court() -> None:
    assert any(one.court and one.next_court_at for case in CASES for one in case.records[Charge])
