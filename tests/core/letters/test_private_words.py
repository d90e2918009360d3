"""Words a person typed: what is never told to whom."""

import pytest

from intake_app.core.letters.kinds import Recipient
from intake_app.core.letters.private_words import added_words_problem
from intake_app.core.vocabulary import FactGroup
from tests.letter_cases import case_of

CASE = case_of()
STATUS = (
    "she is undocumented", "a noncitizen", "born in Tegucigalpa", "she crossed in 2019",
    "her visa ran out", "she has asylum", "a citizen of nowhere", "she is from Honduras",
    "an alien", "lawful permanent resident",
)  # fmt: skip
CLOSED = frozenset[FactGroup]()


@pytest.mark.parametrize("words", STATUS)
@pytest.mark.parametrize("to", [Recipient.JAIL, Recipient.RECORDS, Recipient.COURT_SIDE])
def test_no_jail_and_no_court_hears_of_status(words: str, to: Recipient) -> None:
    assert added_words_problem(words, CASE, to, frozenset(FactGroup))


@pytest.mark.parametrize("words", ["A098765432", "file 098-765-432"])
def test_the_a_number_goes_to_no_jail(words: str) -> None:
    assert added_words_problem(words, CASE, Recipient.JAIL, CLOSED)
    assert not added_words_problem(words, CASE, Recipient.ICE, CLOSED)


def test_how_somebody_came_is_not_volunteered_to_ice() -> None:
    assert added_words_problem("she entered without papers", CASE, Recipient.ICE, CLOSED)
    assert not added_words_problem("she has asylum", CASE, Recipient.ICE, CLOSED)


@pytest.mark.parametrize("words", ["she is a victim", "he abused her", "in a shelter"])
def test_victim_words_need_a_consent(words: str) -> None:
    for to in (Recipient.JAIL, Recipient.ICE, Recipient.CERTIFIER):
        assert added_words_problem(words, CASE, to, CLOSED)
        assert not added_words_problem(words, CASE, to, {FactGroup.VICTIM})


def test_names_of_relatives_need_a_consent() -> None:
    assert added_words_problem("her daughter LUCIA waits", CASE, Recipient.JAIL, CLOSED)
    assert not added_words_problem("Lucía waits", CASE, Recipient.JAIL, {FactGroup.FAMILY})


@pytest.mark.parametrize(
    "words",
    [
        "the immigration detainer of November 13",
        "Please call Ms. Okafor at 555-0100.",
        "This hold is unlawful.",
        "Marie Jean-Baptiste posted bond on Friday.",
    ],
)
def test_plain_words_pass(words: str) -> None:
    assert not added_words_problem(words, CASE, Recipient.JAIL, CLOSED)


def test_the_client_may_hear_everything() -> None:
    for words in STATUS:
        assert not added_words_problem(words, CASE, Recipient.CLIENT, CLOSED)
