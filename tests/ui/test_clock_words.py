"""A clock in a few words, and in a sentence for a screen reader."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.case_clock import clock_of
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.vocabulary import DetainerForm, State
from intake_app.ui.clock_words import clock_words, length, spoken_length
from intake_app.ui.theme import Tone

MIAMI = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)
DUE = datetime(2026, 11, 20, 9, 10, tzinfo=MIAMI)
A, G = DetainerForm.I247A, DetainerForm.I247G


@pytest.mark.parametrize(
    ("form", "due", "over_at", "pill", "tone", "alone", "spoken"),
    [
        (A, DUE - timedelta(days=5), None, "over by 4 days", Tone.BAD, "over by 4 days", "4 days"),
        (A, DUE, None, "48 h passed", Tone.BAD, "48 h passed", "44 hours 59 minutes"),
        (A, DUE + timedelta(hours=12), None, "8 h 59 left", Tone.SOON, "8 h 59 left", "8 hours"),
        (A, DUE + timedelta(hours=4), None, "0 h 59 left", Tone.BAD, "0 h 59 left", "59 minutes"),
        (A, None, None, "not running", Tone.PLAIN, "clock not running", "not running"),
        (A, DUE, DUE, "stopped", Tone.PLAIN, "clock stopped", "has stopped"),
        (G, None, None, "no hold asked", Tone.PLAIN, "no hold asked", "asks for no hold"),
        (G, DUE, None, "over by 51 h 01", Tone.BAD, "over by 51 h 01", "past release"),
        (G, DUE, DUE, "stopped", Tone.PLAIN, "clock stopped", "has stopped"),
    ],
)
def test_every_state(
    form: DetainerForm,
    due: datetime | None,
    over_at: datetime | None,
    pill: str,
    tone: Tone,
    alone: str,
    spoken: str,
) -> None:
    custody = Custody(facility_state=State.FL, release_due_at=due, released_at=over_at)
    told = clock_words(clock_of(Detainer(form=form), custody, MIAMI.key, NOW), NOW)
    assert (told.pill, told.tone, told.alone) == (pill, tone, alone)
    assert spoken in told.spoken


def test_a_clock_that_cant_be_read_asks_to_check_the_dates() -> None:
    told = clock_words(None, NOW)
    assert (told.pill, told.tone) == ("check the dates", Tone.BAD)
    assert told.alone == "clock: check the dates"
    assert "can’t be read" in told.spoken


def test_lengths_of_time_in_words() -> None:
    assert length(timedelta(hours=28, minutes=5)) == "28 h 05"
    assert length(timedelta(seconds=59)) == "0 h 00"
    assert length(timedelta(days=-1)) == "0 h 00"
    assert length(timedelta(days=6, hours=3)) == "6 days"
    assert spoken_length(timedelta(hours=3, minutes=2)) == "3 hours 2 minutes"
    assert spoken_length(timedelta(hours=1, minutes=1)) == "1 hour 1 minute"
    assert spoken_length(timedelta(hours=2)) == "2 hours"
    assert spoken_length(timedelta(days=-1)) == "0 minutes"
    assert spoken_length(timedelta(days=6, hours=3)) == "6 days"
