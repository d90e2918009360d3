"""What the letter to the client knows holds nothing that could hurt who opens it."""

from intake_app.core.letters.facts_client import client_facts, usual_language
from intake_app.core.letters.kinds import CLIENT, DECLINE
from intake_app.core.places import Language
from intake_app.core.vocabulary import YesNo
from tests.secret_case import TODAY, secret_case


def test_only_the_way_to_the_client_and_the_language_are_picked() -> None:
    found = client_facts(secret_case(), False, TODAY)
    assert (found.refusal, found.plain, found.to_jail, found.reads) == (
        "",
        False,
        False,
        Language.HT,
    )


def test_an_address_at_the_jail_is_known_as_one() -> None:
    for line in ("EXAMPLE COUNTY JAIL\nCell 4", "c/o\n1 Jail Road\nTown, FL 33102"):
        found = client_facts(secret_case(contact={"mailing_address": line}), False, TODAY)
        assert found.to_jail


def test_plain_is_the_clients_wish_by_mail_and_by_hand() -> None:
    case = secret_case(contact={"no_letterhead": YesNo.YES})
    assert client_facts(case, True, TODAY).plain
    assert client_facts(case, False, TODAY).plain
    assert not client_facts(secret_case(), True, TODAY).plain


def test_letters_to_others_are_in_english() -> None:
    assert usual_language(DECLINE, secret_case()) == "en"
    assert usual_language(CLIENT, secret_case()) == "ht"
    assert usual_language(CLIENT, secret_case(person={"language_spoken": Language.VI})) == "en"
