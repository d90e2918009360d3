"""A detainer's clock in a few words: a pill, and what stands beside it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake_app.core.custody_clock import ClockReading, ClockState
from intake_app.ui.theme import Tone

_SOON = timedelta(hours=2)


@dataclass(frozen=True)
class ClockWords:
    """`pill` with its tone, and a quiet line under it (may be empty)."""

    pill: str
    tone: Tone
    under: str = ""


def clock_words(reading: ClockReading, now: datetime) -> ClockWords:
    """Where a clock stands at `now`. "Over" is said only when every reading has run out."""
    over = timedelta(hours=reading.hours_over or 0)
    match reading.state:
        case ClockState.EXPIRED_ALL_READINGS:
            return ClockWords(f"over by {length(over)}", Tone.BAD)
        case ClockState.PLAIN_PAST_REG_RUNNING:
            left = reading.regulation_deadline
            under = f"regulation in {length(left - now)}" if left else ""
            return ClockWords("48 h passed", Tone.BAD, under)
        case ClockState.RUNNING if reading.left is not None:
            tone = Tone.BAD if reading.left <= _SOON else Tone.SOON
            return ClockWords(f"{length(reading.left)} left", tone)
        case ClockState.NO_HOLD_REQUESTED:
            if over:
                return ClockWords(f"over by {length(over)}", Tone.BAD, "asks for no hold")
            return ClockWords("no hold asked", Tone.PLAIN)
        case ClockState.STOPPED:
            return ClockWords("stopped", Tone.PLAIN)
        case _:
            return ClockWords("not running", Tone.PLAIN)


def length(span: timedelta) -> str:
    """`28 h 05`, or `6 days` from four days on; never less than nothing."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes >= 4 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} h {minutes % 60:02}"


def moment(at: datetime | date | None, otherwise: str) -> str:
    """`Fri 20 Nov` with `09:10` below it, or the day alone where the hour is not known."""
    if at is None:
        return otherwise
    day = f"{at:%a} {at.day} {at:%b}"
    return f"{day}\n{at:%H:%M}" if isinstance(at, datetime) else day
