"""Envelopes of letters: the office outside or nobody, and a client only where it is safe."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from intake_app.core.casefile import Contact, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.core.vocabulary import Safe, YesNo
from intake_app.store.office import Office
from intake_app.workflows import envelopes
from intake_app.workflows.envelopes import address_labels, letter_envelope
from tests.cases import case_of
from tests.conftest import NOW
from tests.offices import unlocked

SHERIFF = ("Sheriff", "Example County Jail", "100 Example Road")


def words(pdf: bytes) -> str:
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_the_office_stands_outside_unless_it_must_look_plain(office: Office) -> None:
    shown = words(letter_envelope(office, 1, "decline", SHERIFF, NOW))
    assert all(line in shown for line in SHERIFF)
    assert "Legal Aid Office of the Bay" in shown
    assert "100 Example Avenue" in shown
    plain = words(letter_envelope(office, 1, "decline", SHERIFF, NOW, plain=True))
    assert "Legal Aid" not in plain
    assert all(line in plain for line in SHERIFF)


SAFE = Contact(
    mailing_address="1 Safe Street\nTown, FL",
    safe_to_mail=Safe.YES,
    confirmed_on=NOW.date(),
    no_letterhead=YesNo.YES,
)


def to_client(monkeypatch: pytest.MonkeyPatch, office: Office, contact: Contact) -> str:
    case = case_of(Person(given="Carlos", surname="Example"), contact)
    monkeypatch.setattr(envelopes, "look_into_case", lambda *_: case)
    return words(letter_envelope(office, 1, "client", SHERIFF, NOW))


def test_a_client_is_written_to_as_safe_contact_says(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = to_client(monkeypatch, office, SAFE)
    assert "Carlos Example" in shown
    assert "1 Safe Street" in shown
    # Neither the office, which was to be left away, nor what somebody typed as the address.
    assert "Legal Aid" not in shown
    assert "Sheriff" not in shown
    with pytest.raises(AppError, match="Nobody has asked"):
        to_client(monkeypatch, office, replace(SAFE, safe_to_mail=None, confirmed_on=None))


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_who_writes_no_letters_prints_none(staffed: Office, role: Role) -> None:
    staffed.close()
    with unlocked(staffed.folder, role) as office:
        with pytest.raises(NotAllowed):
            letter_envelope(office, 1, "decline", SHERIFF, NOW)
        with pytest.raises(NotAllowed):
            address_labels(office, [SHERIFF])
