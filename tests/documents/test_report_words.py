"""What files say in words."""

from intake_app.core.disclosure.figures import Axis, Group, Guard
from intake_app.core.reports.periods import Window, read_period
from intake_app.documents.report_words import (
    answers,
    answers_together,
    counted,
    frequency,
    guarantees,
    legend,
    meaning,
)


def test_s_is_never_said_to_be_small() -> None:
    for guard in Guard:
        assert "may be small or large" in meaning(guard)
        assert ("may be zero" in meaning(guard)) is (guard is Guard.VICTIM)
    assert "zero" not in legend([Guard.NONE, Guard.GROUP])
    assert "may also be zero" in legend([Guard.NONE, Guard.VICTIM])
    assert legend([Guard.VICTIM]) == f"{meaning(Guard.VICTIM)}."


def test_every_guarantee_has_a_sentence_with_the_threshold_in_force() -> None:
    told = guarantees(20)
    assert list(told) == ["G0", "G1", "G2", "G3", "G4", "G5", "G6"]
    assert "from 1 to 19" in told["G0"]
    assert "under 20" in told["G1"]
    assert not any("11" in says for says in told.values())


def test_answers_are_told_in_the_words_and_order_of_the_form() -> None:
    group = Group("Traffic", frozenset({"infraction", "criminal_traffic"}))
    axis = Axis("charge_level", "Charge", (group, Group("Felony", frozenset({"felony"}))))
    assert answers(axis, group)[0] == "Criminal traffic"
    (told,) = answers_together(axis)
    assert told.startswith("“Traffic”: Criminal traffic; ")


def test_one_thing_is_singular() -> None:
    assert counted(1, "cases") == "1 case"
    assert counted(2400, "cases") == "2,400 cases"


def test_the_frequency_tells_periods_apart() -> None:
    quarters = tuple(read_period(f"2026-Q{n}") for n in range(1, 5))
    assert frequency(Window(quarters[:1])) == "a quarter"
    assert frequency(Window((read_period("2026"),))) == "a year"
    assert frequency(Window(quarters)) == "a year of 4 published periods"
