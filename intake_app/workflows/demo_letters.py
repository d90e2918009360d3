"""Letters of the demonstration office: some of them in each place of the register.

They are written, approved and recorded as members do it, a day ago or now.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from intake_app.core.errors import AppError
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import LetterAnswer, LetterResult, SentBy
from intake_app.store.office import Office
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.letter_sources import kinds_of
from intake_app.workflows.record_letter import record_answer, record_sending

_LOOKED_AT = 60
"""Cases that are tried; more would take long."""

_DAY = timedelta(hours=26)


def begin_letters(office: Office, cases: Iterable[int], now: datetime) -> None:
    """Two drafts, and two letters that wait for an attorney; `office` is open for a paralegal."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    writable = _writable(office, cases, now, draft=True)
    for number, (case_id, kind) in zip(range(4), writable, strict=False):
        if number % 2:
            keep_letter(office, case_id, kind, LetterOptions(), now)
        else:
            ask_for_approval(office, case_id, kind, LetterOptions(), now)


def approve_letters(office: Office, cases: Iterable[int], now: datetime) -> None:
    """One letter approved, one sent and one answered; `office` is open for an attorney."""
    require(office.member.role, Act.APPROVE_LETTERS)
    then = now - _DAY
    writable = _writable(office, cases, then, draft=False)
    for number, (case_id, kind) in zip(range(3), writable, strict=False):
        kept = approve_letter(office, case_id, kind, LetterOptions(), then)
        if number > 0:
            sent = office.today(then)
            record_sending(office, kept.id, sent, SentBy.FAX, then)
        if number > 1:
            said = (LetterAnswer.REFUSED, LetterResult.REFUSED)
            record_answer(office, kept.id, office.today(now), *said, "", now)


def _writable(
    office: Office, cases: Iterable[int], now: datetime, *, draft: bool
) -> Iterator[tuple[int, str]]:
    """Cases with a kind of letter that may be written, the next kind first each time."""
    kinds = list(kinds_of(office))
    for case_id, _ in zip(cases, range(_LOOKED_AT), strict=False):
        for kind in kinds:
            if _may_be_written(office, case_id, kind, now, draft):
                kinds.append(kinds.pop(kinds.index(kind)))
                yield case_id, kind
                break


def _may_be_written(office: Office, case_id: int, kind: str, now: datetime, draft: bool) -> bool:
    try:
        return compose_letter(office, case_id, kind, now, draft=draft).pdf is not None
    except AppError:
        # A name in letters that the fonts lack.
        return False
