"""Which detainer stands for an episode, its flags, and what became of it, by hand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.partial_date import PartialDate
from intake_app.core.reports.episode_papers import (
    day_of_paper,
    first_paper,
    leading_paper,
    paper_words,
)
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    IssuedBy,
    LiftReason,
    ReleasedTo,
    Review,
    WarrantAttached,
    YesNo,
)

MIAMI = ZoneInfo("America/New_York")
HAWAII = ZoneInfo("Pacific/Honolulu")
LATE = datetime(2026, 11, 19, 23, 30, tzinfo=HAWAII)
NOBODY = Custody()


def day(month: int, number: int = 0) -> PartialDate:
    return PartialDate(2026, month, number)


def word(name: str, *detainers: Detainer, custody: Custody = NOBODY) -> str:
    return paper_words(detainers, custody, [])[name]


def test_the_day_of_a_paper_is_that_of_issue_or_else_of_receipt_where_it_came() -> None:
    assert day_of_paper(Detainer(issued_on=day(11, 3), received_at=LATE)) == date(2026, 11, 3)
    assert day_of_paper(Detainer(issued_on=day(11), received_at=LATE)) == date(2026, 11, 19)
    assert day_of_paper(Detainer(issued_on=day(11))) is None
    assert day_of_paper(Detainer()) is None


def test_a_date_that_is_not_whole_may_be_of_the_first_paper() -> None:
    whole, month = Detainer(issued_on=day(11, 20)), Detainer(issued_on=day(11))
    assert first_paper([whole]) == (date(2026, 11, 20), date(2026, 11, 20))
    assert first_paper([whole, month]) == (date(2026, 11, 1), date(2026, 11, 20))
    assert first_paper([whole, Detainer(issued_on=day(12))])[1] == date(2026, 11, 20)  # type: ignore[index]
    assert first_paper([Detainer()]) is None


def test_the_first_paper_that_asks_for_a_hold_stands_for_the_episode() -> None:
    notice = Detainer(form=DetainerForm.I247G, issued_on=day(3, 1), box=DetainerBox.NEITHER)
    second = Detainer(form=DetainerForm.I247A, issued_on=day(4, 2), issued_by=IssuedBy.PERC)
    first = Detainer(
        form=DetainerForm.I247A,
        issued_on=day(4, 1),
        box=DetainerBox.TRANSFERRED,
        edition=PartialDate(2017, 2),
        issued_by=IssuedBy.ERO,
    )
    assert leading_paper([notice, second, first]) is first
    assert leading_paper([notice]) is notice
    assert leading_paper([Detainer(), first]) is first
    words = paper_words([notice, second, first], NOBODY, [])
    told = [words[name] for name in ("form", "edition", "box", "issued_by")]
    assert told == ["I-247A", "2017", "2", "ero"]
    assert word("form", Detainer(form=DetainerForm.NONE_SEEN)) == "none_seen"
    empty = paper_words([Detainer()], NOBODY, [])
    assert set(empty.values()) == {"unknown"}


@pytest.mark.parametrize(
    ("printed", "band"),
    [
        ((2010, 7), "before_2010_08"),
        ((2010, 8), "2010_08"),
        ((2011, 5, 31), "2010_08"),
        ((2011, 6), "2011_06"),
        ((2011, 12), "2011_12"),
        ((2012, 11), "2011_12"),
        ((2012, 12), "2012_12"),
        ((2014, 12), "2012_12"),
        ((2015, 6), "2015"),
        ((2017, 2), "2017"),
        ((2025, 1), "2025"),
        # A year alone tells only where all of it lies in one band.
        ((2011,), "unknown"),
        ((2013,), "2012_12"),
        ((2009,), "before_2010_08"),
        ((2018,), "2017"),
    ],
)
def test_the_edition(printed: tuple[int, ...], band: str) -> None:
    assert word("edition", Detainer(edition=PartialDate(*printed))) == band


W = WarrantAttached


@pytest.mark.parametrize(
    ("warrants", "found"),
    [
        ([W.NONE, W.NONE], "none"),
        ([W.NONE, W.I205], "administrative"),
        ([W.I200, None, W.JUDICIAL], "judicial"),
        ([W.NONE, W.UNKNOWN], "unknown"),
        ([W.NONE, None], "unknown"),
        ([W.I200, None], "administrative"),
    ],
)
def test_the_warrant_of_any_paper(warrants: list[W | None], found: str) -> None:
    assert word("warrant", *(Detainer(warrant=one) for one in warrants)) == found


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([YesNo.YES, YesNo.NO], "yes"),
        ([YesNo.NO, YesNo.NO], "no"),
        ([YesNo.NO, None], "unknown"),
        ([YesNo.UNKNOWN, YesNo.YES], "yes"),
        ([YesNo.DECLINED], "unknown"),
    ],
)
def test_served(answers: list[YesNo | None], found: str) -> None:
    assert word("served", *(Detainer(served=one) for one in answers)) == found


def test_neutral_review_that_does_not_apply_is_not_known() -> None:
    assert word("neutral_review", Detainer(neutral_review=Review.YES), Detainer()) == "yes"
    assert word("neutral_review", Detainer(neutral_review=Review.NO)) == "no"
    assert word("neutral_review", Detainer(neutral_review=Review.NOT_APPLICABLE)) == "unknown"


S = DetainerStatus


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ([(S.CANCELLED, 1), (S.EXECUTED, 2)], "taken"),
        ([(S.EXECUTED, 1), (S.ACTIVE, 2)], "taken"),
        ([(S.ACTIVE, 1), (S.CANCELLED, 2)], "active"),
        ([(S.DECLINED, 2), (S.CANCELLED, 1)], "declined"),
        ([(S.EXPIRED, 1), (S.SUPERSEDED, 2)], "expired"),
        ([(S.SUPERSEDED, 1)], "unknown"),
        ([(S.CANCELLED, 1), (None, 2)], "unknown"),
        ([(S.CANCELLED, 1), (S.UNKNOWN, 2)], "unknown"),
    ],
)
def test_what_became_of_it(papers: list[tuple[S | None, int]], found: str) -> None:
    detainers = [Detainer(status=status, issued_on=day(3, number)) for status, number in papers]
    assert word("detainer_outcome", *detainers) == found


def test_ice_says_itself_that_somebody_was_booked() -> None:
    assert word("detainer_outcome", Detainer(lift_reason=LiftReason.BOOKED)) == "taken"
    assert word("picked_up", Detainer(lift_reason=LiftReason.BOOKED)) == "ice"


R = ReleasedTo


@pytest.mark.parametrize(
    ("went", "status", "found"),
    [
        (R.ICE, None, "ice"),
        (R.CBP, S.CANCELLED, "ice"),
        (R.COMMUNITY, S.EXPIRED, "never"),
        (R.COMMUNITY, S.EXECUTED, "unknown"),
        (R.PRISON, S.ACTIVE, "other"),
        (R.PRISON, S.EXECUTED, "ice"),
        (R.DIED, None, "other"),
        (R.STILL_HELD, S.ACTIVE, "held"),
        (R.STILL_HELD, S.EXECUTED, "unknown"),
        (R.UNKNOWN, S.EXECUTED, "ice"),
        (R.UNKNOWN, S.ACTIVE, "unknown"),
        (None, S.EXECUTED, "ice"),
        (None, S.EXPIRED, "unknown"),
    ],
)
def test_picked_up_or_never(went: R | None, status: S | None, found: str) -> None:
    custody = Custody(released_to=went)
    assert word("picked_up", Detainer(status=status), custody=custody) == found


def test_still_in_custody_counts_while_nothing_says_that_it_ended() -> None:
    here = Custody(in_custody=YesNo.YES)
    assert word("picked_up", Detainer(), custody=here) == "held"
    gone = Custody(in_custody=YesNo.YES, released_at=datetime(2026, 11, 20, 9, tzinfo=MIAMI))
    assert word("picked_up", Detainer(), custody=gone) == "unknown"


P, D = ChargeOutcome.PENDING, ChargeOutcome.DISMISSED


@pytest.mark.parametrize(
    ("issued", "outcome", "ended", "found"),
    [
        (day(11, 3), D, day(11, 4), "before"),
        (day(11, 5), D, day(11, 4), "after"),
        (day(11, 4), D, day(11, 4), "unknown"),
        (day(10, 31), D, day(11), "before"),
        (day(11, 3), D, day(11), "unknown"),
        (day(11), D, day(12, 1), "before"),
        (day(11), D, day(11, 30), "unknown"),
        (day(11), D, day(11, 15), "unknown"),
        (day(12, 1), D, day(11), "after"),
        (day(11, 3), P, None, "none_yet"),
        (None, P, None, "none_yet"),
        (day(11, 3), P, day(11, 4), "unknown"),
        (day(11, 3), D, None, "unknown"),
        (None, D, day(11, 4), "unknown"),
    ],
)
def test_the_detainer_came_before_the_outcome_or_after(
    issued: PartialDate | None,
    outcome: ChargeOutcome,
    ended: PartialDate | None,
    found: str,
) -> None:
    charges = [Charge(level=ChargeLevel.FELONY, outcome=outcome, outcome_on=ended)]
    words = paper_words([Detainer(issued_on=issued)], NOBODY, charges)
    assert words["before_disposition"] == found


def test_the_outcome_is_that_of_the_most_serious_charge() -> None:
    felony = Charge(level=ChargeLevel.FELONY, outcome=P)
    other = Charge(level=ChargeLevel.MISDEMEANOR, outcome=D, outcome_on=day(11, 1))
    words = paper_words([Detainer(issued_on=day(11, 3))], NOBODY, [other, felony])
    assert words["before_disposition"] == "none_yet"
    words = paper_words([Detainer(issued_on=day(11, 3))], NOBODY, [other])
    assert words["before_disposition"] == "after"
    assert paper_words([Detainer()], NOBODY, [])["before_disposition"] == "unknown"
