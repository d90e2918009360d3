"""The dates a coordinator can choose, in words, with those that are not over yet. No Qt."""

from collections.abc import Mapping
from datetime import date, timedelta

from intake_app.core.reports.periods import Every, Window, period_of
from intake_app.ui.library_rows import day
from intake_app.ui.report_bar import Offer
from intake_app.workflows.report_choices import Choices

_LENGTH: Mapping[Every, str] = {
    Every.QUARTER: "quarter",
    Every.HALF_YEAR: "half-year",
    Every.YEAR: "year",
}


def offers(choices: Choices, today: date) -> list[Offer]:
    """What can be published now, what was published, and the quarter that still runs."""
    new = [Window((period,)) for period in choices.periods]
    made = [Offer(f"{_words(w)} ({_LENGTH[w.periods[0].every]})", w) for w in new]
    made += [
        Offer(f"{_words(window)} (total of the year)", window)
        for window in choices.years
        if window not in choices.published
    ]
    made += [Offer(f"{_words(window)} (published)", window) for window in choices.published]
    running = period_of(today, Every.QUARTER)
    begins = day(running.end + timedelta(days=1))
    made.append(Offer(f"{_words(Window((running,)))}: from {begins}", None))
    return made


def why_none(choices: Choices, today: date) -> str:
    """Why there is nothing to choose; empty where there is."""
    if choices.trouble:
        return choices.trouble
    if choices.periods or choices.years or choices.published:
        return ""
    running = period_of(today, Every.QUARTER)
    return (
        "Only dates that are over can be published. "
        f"{_words(Window((running,)))} can be from {day(running.end + timedelta(days=1))} on."
    )


def _words(window: Window) -> str:
    words = window.words
    return f"{words[0].upper()}{words[1:]}"
