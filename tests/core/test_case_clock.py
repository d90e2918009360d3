"""One clock for a case: which paper it is read from, and who is most urgent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.case_clock import (
    clock_of,
    release_due,
    standing_detainer,
    stands,
    urgency,
)
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockState
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import DetainerForm, DetainerStatus, State, YesNo, Zone

MIAMI = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)
DUE = datetime(2026, 11, 20, 9, 10, tzinfo=MIAMI)
HELD = Custody(facility_state=State.FL, release_due_at=DUE)
A = Detainer(form=DetainerForm.I247A, status=DetainerStatus.ACTIVE)
G = Detainer(form=DetainerForm.I247G, status=DetainerStatus.ACTIVE)


def test_the_offices_own_holidays_are_left_out() -> None:
    """Monday 23 November is nobody's holiday but this office's."""
    plain = clock_of(A, HELD, MIAMI.key, NOW)
    added = clock_of(A, HELD, MIAMI.key, NOW, frozenset({date(2026, 11, 23)}))
    assert plain is not None and plain.regulation_deadline is not None
    assert added is not None and added.regulation_deadline is not None
    assert plain.regulation_deadline.isoformat() == "2026-11-24T09:10:00-05:00"
    assert added.regulation_deadline.isoformat() == "2026-11-25T09:10:00-05:00"
    assert plain.plain_latest == added.plain_latest


def test_the_facilitys_zone_goes_before_the_offices() -> None:
    there = Custody(facility_zone=Zone.CENTRAL, release_due_on=PartialDate(2026, 11, 20))
    here = Custody(release_due_on=PartialDate(2026, 11, 20))
    central, eastern = (clock_of(A, one, MIAMI.key, NOW) for one in (there, here))
    assert central is not None and central.start_earliest is not None
    assert eastern is not None and eastern.start_earliest is not None
    assert central.start_earliest.isoformat() == "2026-11-20T00:00:00-06:00"
    assert eastern.start_earliest.isoformat() == "2026-11-20T00:00:00-05:00"


def test_a_year_that_cant_be_right_has_no_clock() -> None:
    slip = DUE.replace(year=2206)
    assert clock_of(A, Custody(release_due_at=slip), MIAMI.key, NOW) is None
    found = standing_detainer((A,), Custody(release_due_at=slip), MIAMI.key, NOW)
    assert found == (A, None)


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (Custody(release_due_at=DUE, release_due_on=PartialDate(2026, 11, 3)), DUE),
        (Custody(release_due_on=PartialDate(2026, 11, 3)), date(2026, 11, 3)),
        (Custody(release_due_on=PartialDate(2026, 11)), None),
        (Custody(), None),
    ],
)
def test_when_release_is_due(known: Custody, due: object) -> None:
    assert release_due(known) == due


def test_the_newest_paper_stands_but_one_that_asks_for_a_hold_goes_first() -> None:
    def stands(*papers: Detainer) -> Detainer | None:
        found = standing_detainer(papers, HELD, MIAMI.key, NOW)
        return found[0] if found else None

    newer = Detainer(form=DetainerForm.I247D)
    assert stands() is None
    assert stands(A, newer) is newer
    # With an I-247A standing, nobody may say that every hour past release is over.
    assert stands(A, G) is A
    assert stands(G, A) is A
    assert stands(G) is G
    for over in (DetainerStatus.CANCELLED, DetainerStatus.EXPIRED, DetainerStatus.DECLINED):
        assert stands(Detainer(form=DetainerForm.I247A, status=over), G) is G
    unknown = Detainer(form=DetainerForm.I247A, status=DetainerStatus.UNKNOWN)
    assert stands(unknown) is unknown


def test_urgency_puts_the_longest_over_first_and_the_stopped_last() -> None:
    def held(**known: object) -> Custody:
        return Custody(facility_state=State.FL, **known)  # type: ignore[arg-type] # each test's own

    ago = {
        "long over": held(release_due_at=DUE - timedelta(days=20)),
        "over": held(release_due_at=DUE - timedelta(days=8)),
        "past 48 h": held(release_due_at=DUE),
        "soon": held(release_due_at=DUE + timedelta(days=1)),
        "later": held(release_due_at=DUE + timedelta(days=2)),
        "slip of the pen": held(release_due_at=DUE.replace(year=2206)),
        "ahead": held(release_due_at=DUE + timedelta(days=9)),
        "gone": held(release_due_at=DUE - timedelta(days=20), released_at=DUE),
    }
    read = {name: clock_of(A, custody, MIAMI.key, NOW) for name, custody in ago.items()}
    assert sorted(read, key=lambda name: urgency(read[name])) == list(ago)
    none_asked = clock_of(G, held(release_due_at=DUE, released_at=DUE), MIAMI.key, NOW)
    assert none_asked is not None
    # Its state says nothing of the release: `ended` does.
    assert none_asked.state is ClockState.NO_HOLD_REQUESTED
    assert urgency(none_asked) == urgency(read["gone"])


def test_whether_it_was_served_is_told() -> None:
    read = clock_of(Detainer(form=DetainerForm.I247A, served=YesNo.NO), HELD, MIAMI.key, NOW)
    assert read is not None
    assert any("served" in note for note in read.notes)


@pytest.mark.parametrize("status", [None, *DetainerStatus])
@pytest.mark.parametrize("ended", [None, PartialDate(2026, 11, 20)])
def test_a_detainer_with_an_end_written_down_does_not_stand(
    status: DetainerStatus | None, ended: PartialDate | None
) -> None:
    one = replace(A, status=status, ended_on=ended)
    open_end = status in (None, DetainerStatus.UNKNOWN) and ended is None
    # Said to be active, and to have ended: the clock stays until somebody mends one of the two.
    assert stands(one) == (open_end or status is DetainerStatus.ACTIVE)
    found = standing_detainer((A, one), HELD, MIAMI.key, NOW)
    assert found is not None
    assert found[0] is (one if stands(one) else A)
