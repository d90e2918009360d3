"""When something is to be done, in a word: a pill for the lists of the desk."""

from datetime import date, timedelta

from intake_app.ui.theme import Tone

_THIS_WEEK = timedelta(days=6)


def due_words(due_on: date | None, today: date) -> tuple[str, Tone]:
    """ "overdue", "today", "Mon" or "1 Dec", with its tone; no words where no day was set."""
    if due_on is None:
        return "", Tone.PLAIN
    if due_on < today:
        return "overdue", Tone.BAD
    if due_on == today:
        return "today", Tone.BAD
    if due_on - today <= _THIS_WEEK:
        return f"{due_on:%a}", Tone.SOON
    year = "" if due_on.year == today.year else f" {due_on.year}"
    return f"{due_on.day} {due_on:%b}{year}", Tone.PLAIN
