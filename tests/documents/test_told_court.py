"""The notice to the court's side: the court's own numbers and dates, nothing told in confidence."""

from intake_app.core.casefile import Charge
from intake_app.core.letters.kinds import COURT_NOTICE
from intake_app.core.letters.options import LetterOptions
from intake_app.core.vocabulary import FactGroup
from intake_app.documents.letter_template import Block
from tests.secret_case import (
    A_NUMBER,
    BORN,
    CHARGE_WORDS,
    HEALTH,
    NEVER,
    VICTIM,
    consent_to,
    holds,
    read_back,
    secret_case,
    written,
)

DEFENDER = "Office of the Public Defender, Example County"


def on(*grounds: str) -> LetterOptions:
    return LetterOptions(grounds=frozenset(grounds))


def test_without_consent_no_victim_and_nothing_of_status_stands_in_it() -> None:
    said = read_back(written(COURT_NOTICE, secret_case(), on("plea", "bond", "twelve_days")))
    assert "Tuesday, December 1, 2026, at 9:00 a.m. EST" in said
    assert "8 U.S.C. § 1101(a)(48)(A)" in said
    assert "not earlier than 12 days before his or her release date" in said
    assert "Padilla" not in said
    assert not holds(said, *NEVER, *VICTIM, *A_NUMBER, *BORN, *HEALTH, *CHARGE_WORDS, "alien")


def test_a_consent_lets_it_say_that_the_client_is_a_survivor() -> None:
    case = secret_case(consent_to(DEFENDER, FactGroup.VICTIM))
    letter = written(COURT_NOTICE, case, on("witness"))
    assert "a survivor of domestic violence" in read_back(letter)
    assert [one.recipient for one in letter.consents] == [DEFENDER]
    assert not holds(read_back(letter), *NEVER, "PD-4455", "784.", "testified", "shelter")
    assert "survivor" not in read_back(written(COURT_NOTICE, case, on("plea")))


def test_each_case_of_the_court_is_one_row() -> None:
    more = (
        Charge(court_case_number="F26-001234", court="Eleventh Judicial Circuit"),
        Charge(court_case_number="M26-5"),
        Charge(charge_text="no case yet"),
    )
    letter = written(COURT_NOTICE, secret_case(*more), on())
    (table,) = [one for one in letter.body if one.block is Block.TABLE]
    assert [row[0] for row in table.rows] == ["Case", "F26-001234", "F26-001234", "M26-5"]
    assert table.rows[-1] == ("M26-5", "—", "not known")
