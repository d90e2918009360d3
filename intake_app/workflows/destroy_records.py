"""Destroy what is due: for good, in one transaction, then out of every page of the file.

    seen = due_for_destruction(office, now)
    purge = whole(destroy_records(office, seen, proof, now))

In order: a backup (a mistake can be undone for 30 days from it, as from every backup made before;
then it goes there too), the rows and columns with their lines of history, the file written anew,
and a search through every page for what was destroyed. A run that was cut off after the second
step is finished by `finish_destroying`.
"""

from dataclasses import replace
from datetime import datetime

from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.core.retention import require_right_clock
from intake_app.core.roles import Act, Key, require
from intake_app.store.imported import forget_roster
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.retention import due, purging
from intake_app.store.retention.purging import Purge
from intake_app.store.retention.rules import checks_that_found, keep_checks, last_worked
from intake_app.store.retention.scrubbing import Marks, rewrite, search
from intake_app.workflows.back_up_office import back_up_office
from intake_app.workflows.due_for_destruction import DueNow
from intake_app.workflows.reauthenticate import Proof, require_proof
from intake_app.workflows.steps import Steps

REMAINS = (
    "Remains of destroyed records were found in the office file. Press “Finish” to write the file "
    "anew once more. If this sentence comes again, keep the file safe and ask for help."
)


def destroy_records(office: Office, seen: DueNow, proof: Proof, now: datetime) -> Steps[Purge]:
    """Destroy what `seen` lists.

    The first step raises `NotAllowed`, and `AppError` for a clock that can't be right and for a
    list that is not what is due any more; later ones where the disk refuses.
    """
    require(office.member.role, Act.DESTROY)
    require_proof(office, proof, now)
    _require_still_due(office, seen, now)
    yield 0.0
    now = now.replace(microsecond=0)
    back_up_office(office, BackupReason.RETENTION, now)
    yield 0.1
    # What was saved between the steps counts: a case may have been opened again.
    _require_still_due(office, seen, now)
    marks = Marks()
    purge = _destroyed(office, seen, marks, now)
    yield 0.3
    return (yield from _out_of_every_page(office, purge, marks, now))


def finish_destroying(office: Office, proof: Proof, now: datetime) -> Steps[Purge]:
    """Rewrite and search the file after a run that was cut off; raise as `destroy_records`."""
    require(office.member.role, Act.DESTROY)
    require_proof(office, proof, now)
    with office.reading() as connection:
        purge = due.unfinished(connection)
    if purge is None:
        raise AppError("Nothing is left to finish. Open the page again.")
    return (yield from _out_of_every_page(office, purge, Marks(), now))


def _require_still_due(office: Office, seen: DueNow, now: datetime) -> None:
    with office.reading() as connection:
        require_right_clock(now, *last_worked(office, connection, now))
        done, _waits = due.work_out(office, connection, now)
        if due.unfinished(connection) is not None:
            raise AppError("An earlier run was cut off. Finish it first, then look again.")
    if not done:
        raise AppError("Nothing is due today.")
    if done != seen.done:
        raise AppError("What is due has changed since you looked. Look at it again.")


def _destroyed(office: Office, seen: DueNow, marks: Marks, now: datetime) -> Purge:
    """All of it in one transaction, with its lines of history, or nothing."""
    # Before the transaction: should it fail, the list is read anew and true again.
    forget_roster(office)
    with office.writing() as connection:
        left = checks_that_found(office, connection, seen.done)
        purge = Purge(
            id=purging.next_purge_id(connection),
            at=now,
            member_id=office.member.id,
            by=office.member.name,
            done=seen.done,
            checks=tuple(left),
        )
        counts = purging.destroy(connection, office.chain_key, purge, marks)
        keep_checks(connection, left)
    office.letter_setup = None
    return replace(purge, counts=counts)


def _out_of_every_page(office: Office, purge: Purge, marks: Marks, now: datetime) -> Steps[Purge]:
    for part in rewrite(office.outside):
        yield 0.3 + part / 2
    searching = search(office.folder / DATABASE, office.keys[Key.FILE], marks)
    pages, found = yield from _part_of(searching, 0.8)
    if found:
        raise AppError(REMAINS)
    verified = replace(purge, verified_at=now, pages=pages, pieces=len(marks))
    with office.writing() as connection:
        purging.keep_purge(connection, verified)
    return verified


def _part_of(steps: Steps[tuple[int, int]], start: float) -> Steps[tuple[int, int]]:
    """The last steps of a longer work."""
    while True:
        try:
            part = next(steps)
        except StopIteration as end:
            result: tuple[int, int] = end.value
            return result
        yield start + part * (1 - start)
