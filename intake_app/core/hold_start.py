"""When the 48 hours of a detainer begin.

They begin when the person would otherwise be released from the local matter, not when the
detainer arrives (ICE guidance on Form I-247A). One state had another rule for ten months.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from intake_app.core import clock_notes as say
from intake_app.core.hold_hours import Span, in_utc, span_of

NC_RULE_FROM = date(2024, 12, 1)
NC_RULE_TO = date(2025, 9, 30)


def start_of_hold(
    state: str,
    release_due: datetime | date | None,
    received: datetime | None,
    facility: ZoneInfo,
) -> tuple[Span | None, Span | None, list[str]]:
    """Return the start of the 48 hours, when release is due, and what to say about the start.

    state: two capital letters, the state of the facility, or "".
    Raises BadAnswer for a time without a zone or an impossible year.
    """
    due = None if release_due is None else span_of(release_due, facility)
    got = None if received is None else in_utc(received)
    if state == "NC":
        start, notes = _start_in_north_carolina(due, got, facility)
    else:
        start, notes = due, ([] if due else [say.START_UNKNOWN])
    if due is not None and start == due and due.early != due.late:
        day_only = not isinstance(release_due, datetime)
        notes.append(say.START_DAY_ONLY if day_only else say.START_CLOCK_CHANGE)
    if start is not None and got is not None and got > start.late:
        notes.append(say.PAPER_AFTER_RELEASE)
    return start, due, notes


def _start_in_north_carolina(
    due: Span | None, received: datetime | None, facility: ZoneInfo
) -> tuple[Span | None, list[str]]:
    """N.C. Gen. Stat. § 162-62: for ten months the 48 hours ran from receipt of the papers.

    Where receipt and release fall under different rules, only the later start allows saying
    that the person is held too long.
    """
    due_day = None if due is None else due.early.astimezone(facility).date()
    if received is None:
        if _in_nc_window(due_day):
            return None, [say.NC_FROM_RECEIPT, say.NC_RECEIPT_UNKNOWN]
        notes = []
    elif _in_nc_window(received.astimezone(facility).date()):
        notes = [say.NC_FROM_RECEIPT]
        if due is None or due_day is None or due_day <= NC_RULE_TO:
            return Span(received, received), notes
        return Span(received, due.late), [*notes, say.NC_TWO_RULES]
    else:
        notes = [say.NC_TWO_RULES] if _in_nc_window(due_day) else []
    if due_day is None:
        return None, [say.START_UNKNOWN]
    if due_day > NC_RULE_TO:
        notes.append(say.NC_FROM_RELEASE)
    return due, notes


def _in_nc_window(day: date | None) -> bool:
    return day is not None and NC_RULE_FROM <= day <= NC_RULE_TO
