"""What birth dates and numbers tell, and the words for it."""

import pytest

from intake_app.core.conflicts import (
    THRESHOLD,
    Likeness,
    Party,
    Stands,
    compare,
    compare_birth,
    compare_numbers,
)
from intake_app.core.partial_date import PartialDate


def born(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("1984-03-05", "1984-03-05", "same date of birth"),
        ("1984-03-05", "1984-03-06", "born one day apart"),
        ("1984-01-01", "1983-12-31", "born one day apart"),
        ("1984-03-05", "1984-05-03", "day and month of birth changed about"),
        ("1984-03-05", "1985-03-05", "born on the same date but for the year"),
        ("1984-03-05", "1984-03-25", "born on the same date but for the day"),
        ("1984-03-05", "1984-08-05", "born on the same date but for the month"),
        ("1984", "1984-03-05", "born in the same year"),
        ("1984", "1984", "born in the same year"),
    ],
)
def test_birth_dates_that_are_near_speak_for_it(one: str, other: str, reason: str) -> None:
    for pair in ((born(one), born(other)), (born(other), born(one))):
        likeness = compare_birth(*pair)
        assert likeness.reasons == (reason,)
        assert likeness.bits > 0


def test_other_birth_dates_speak_against_it_and_a_guess_less() -> None:
    told = compare_birth(born("1984-03-05"), born("1961-11-20"))
    guess = compare_birth(born("1984-03-05"), born("1961-11-20"), about=True)
    assert told.bits < guess.bits < 0
    assert told.reasons == ("but born on different dates",)
    assert compare_birth(born("1984"), born("1990")).bits < 0
    assert compare_birth(None, born("1990")) == Likeness(0.0)


def test_the_first_of_january_tells_less_than_another_day() -> None:
    guessed = compare_birth(born("1990-01-01"), born("1990-01-01"))
    assert guessed.bits < compare_birth(born("1990-01-02"), born("1990-01-02")).bits


def party(**told: object) -> Party:
    return Party(Stands.CLIENT, (), **told)  # type: ignore[arg-type]  # as the test names them


def test_an_a_number_alone_is_enough_and_another_one_speaks_against_it() -> None:
    one = party(a_number="204118730")
    assert compare(one, (), party(a_number="204118730")).possible
    assert compare_numbers(one, party(a_number="204118731")).reasons == (
        "A-numbers one digit apart",
    )
    assert compare_numbers(one, party(a_number="204118703")).bits > 0
    assert compare_numbers(one, party(a_number="099999999")).bits < 0


def test_a_telephone_alone_is_not_enough() -> None:
    one, other = party(phones=("3055550142",)), party(phones=("3055550142",))
    likeness = compare(one, (), other)
    assert likeness.reasons == ("same telephone number",)
    assert not likeness.possible


def test_only_a_client_can_be_in_conflict_and_words_follow_the_evidence() -> None:
    assert Likeness(THRESHOLD).words == "possibly the same person"
    assert Likeness(THRESHOLD + 7).words == "probably the same person"
    assert Likeness(THRESHOLD + 15).words == "very likely the same person"
    assert not Likeness(THRESHOLD - 0.1).possible
