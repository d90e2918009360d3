"""To whom each kind of letter goes when nobody chose, and the name a consent must have."""

import pytest

from intake_app.core.letters.addressees import recipient_of, usual_addressee
from intake_app.core.letters.kinds import SHIPPED, LetterKind, Recipient
from intake_app.core.letters.options import Addressee
from intake_app.core.vocabulary import Safe
from tests.secret_case import TODAY, secret_case

USUAL = {
    Recipient.JAIL: "Example County Jail",
    Recipient.RECORDS: "Example County Jail",
    Recipient.ICE: "ICE Miami Field Office",
    Recipient.ICE_RECORDS: "U.S. Immigration and Customs Enforcement",
    Recipient.CERTIFIER: "Example Police Department",
    Recipient.COURT_SIDE: "Office of the Public Defender, Example County",
    Recipient.CLIENT: "Marie Jean-Baptiste",
}


@pytest.mark.parametrize("kind", SHIPPED)
def test_each_kind_has_its_usual_reader(kind: LetterKind) -> None:
    found = usual_addressee(kind, secret_case(), False, TODAY)
    assert recipient_of(found) == USUAL[kind.to]


def test_only_a_letter_to_the_client_has_the_clients_address() -> None:
    case = secret_case()
    for kind in SHIPPED:
        lines = " ".join(usual_addressee(kind, case, False, TODAY).lines)
        assert ("P.O. Box 5" in lines) is (kind.to is Recipient.CLIENT)
        assert "12 Home Lane" not in lines
    unsafe = secret_case(contact={"safe_to_mail": Safe.NO})
    client = next(kind for kind in SHIPPED if kind.to is Recipient.CLIENT)
    assert usual_addressee(client, unsafe, False, TODAY).lines == ()
    assert usual_addressee(client, case, True, TODAY).lines == ()


@pytest.mark.parametrize(
    ("county", "counsel"),
    [
        (None, "County Counsel"),
        ("Example", "County Counsel, Example County"),
        ("Orleans Parish", "County Counsel, Orleans Parish"),
    ],
)
def test_the_countys_counsel_gets_a_copy_of_a_letter_to_a_jail(
    county: str | None, counsel: str
) -> None:
    case = secret_case(custody={"facility_county": county})
    assert usual_addressee(SHIPPED[0], case, False, TODAY).cc == (counsel,)


def test_a_consent_names_the_agency_before_the_title_before_the_name() -> None:
    assert recipient_of(Addressee("N", "T", "A")) == "A"
    assert recipient_of(Addressee("N", "T")) == "T"
    assert recipient_of(Addressee("N")) == "N"
    assert recipient_of(Addressee()) == ""
