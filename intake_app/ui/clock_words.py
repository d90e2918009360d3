"""A detainer's clock in a few words: a pill, what stands beside it, and what a reader says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake_app.core.custody_clock import ClockReading, ClockState
from intake_app.ui.theme import Tone

_SOON = timedelta(hours=2)


@dataclass(frozen=True)
class ClockWords:
    """`pill` with its tone, and a quiet line under it (may be empty).

    alone: the pill where no heading says that it is of a clock. spoken: the same as a part of a
    sentence, without abbreviations.
    """

    pill: str
    tone: Tone
    under: str = ""
    alone: str = ""
    spoken: str = ""


def clock_words(reading: ClockReading | None, now: datetime) -> ClockWords:
    """Where a clock stands at `now`; None is a clock that a wrong date keeps from being read.

    "Over" is said only when every reading has run out.
    """
    if reading is None:
        return ClockWords(
            *("check the dates", Tone.BAD, "a year can’t be right", "clock: check the dates"),
            "the clock can’t be read, because a year of this case can’t be right",
        )
    over = timedelta(hours=reading.hours_over or 0)
    if reading.ended is not None:
        return _stopped(over)
    match reading.state:
        case ClockState.EXPIRED_ALL_READINGS:
            said = f"over by {length(over)}"
            return ClockWords(
                said, Tone.BAD, "", said, f"{spoken_length(over)} over the regulation’s limit"
            )
        case ClockState.PLAIN_PAST_REG_RUNNING:
            left = (reading.regulation_deadline or now) - now
            spoken = f"48 hours have passed, the regulation’s limit is in {spoken_length(left)}"
            under = f"regulation in {length(left)}"
            return ClockWords("48 h passed", Tone.BAD, under, "48 h passed", spoken)
        case ClockState.RUNNING if reading.left is not None:
            tone = Tone.BAD if reading.left <= _SOON else Tone.SOON
            said = f"{length(reading.left)} left"
            return ClockWords(said, tone, "", said, f"{spoken_length(reading.left)} left")
        case ClockState.NO_HOLD_REQUESTED:
            return _no_hold(over)
        case _:
            spoken = "the clock is not running"
            return ClockWords("not running", Tone.PLAIN, "", "clock not running", spoken)


def _stopped(over: timedelta) -> ClockWords:
    if over:
        spoken = f"the clock has stopped, {spoken_length(over)} over the limit"
        return ClockWords("stopped", Tone.PLAIN, f"over by {length(over)}", "clock stopped", spoken)
    return ClockWords("stopped", Tone.PLAIN, "", "clock stopped", "the clock has stopped")


def _no_hold(over: timedelta) -> ClockWords:
    if over:
        said = f"over by {length(over)}"
        spoken = f"{spoken_length(over)} past release, and the form asks for no hold"
        return ClockWords(said, Tone.BAD, "asks for no hold", said, spoken)
    said = "no hold asked"
    return ClockWords(said, Tone.PLAIN, "", said, "the form asks for no hold")


def length(span: timedelta) -> str:
    """`28 h 05`, or `6 days` from four days on; never less than nothing."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes >= 4 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    return f"{minutes // 60} h {minutes % 60:02}"


def spoken_length(span: timedelta) -> str:
    """`3 hours 2 minutes` or `6 days`: the same length, as a screen reader should say it."""
    minutes = max(int(span.total_seconds() // 60), 0)
    if minutes >= 4 * 24 * 60:
        return f"{minutes // (24 * 60)} days"
    hours, minutes = divmod(minutes, 60)
    parts = [_count(hours, "hour")] if hours else []
    if minutes or not hours:
        parts.append(_count(minutes, "minute"))
    return " ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def moment(at: datetime | date | None, otherwise: str) -> str:
    """`Fri 20 Nov` with `09:10` below it, or the day alone where the hour is not known."""
    if at is None:
        return otherwise
    day = f"{at:%a} {at.day} {at:%b}"
    return f"{day}\n{at:%H:%M}" if isinstance(at, datetime) else day
