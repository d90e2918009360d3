"""The runs of destroying so far, and the certificate of each, which can be made again."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from intake_app.core.errors import AppError
from intake_app.core.retention import parts_told
from intake_app.core.roles import Act, require
from intake_app.documents.destruction_certificate import (
    Certified,
    CertifiedGroup,
    destruction_certificate,
)
from intake_app.documents.letter_words import day_in_words
from intake_app.store.backups.purges import due_in
from intake_app.store.backups.record import OWN
from intake_app.store.office import Office
from intake_app.store.retention.purging import IN_BACKUPS, Counts, Destroyed, Purge, purges_since
from intake_app.workflows.back_up_office import BackupPlan, plan_backup
from intake_app.workflows.shipped import letter_fonts

_STAYS = (
    "The numbers of the cases, and the moments of changes with who made them, without what they "
    "said. A case destroyed in part keeps its other answers.",
    "Of a case that was imported, a keyed mark that can’t be read: it keeps the next import from "
    "bringing the person back.",
    "What other cases say of the same people, and figures that were published before.",
)
_ELSEWHERE = (
    "Copies outside the program: printed pages, documents and letters saved or sent, exports, "
    "copies of the office’s folder. Ask who has any.",
    "Earlier blocks a disk may keep: they are encrypted, as the whole file is, and open only with "
    "a key of the office.",
)


def past_runs(office: Office) -> tuple[Purge, ...]:
    """Every run, the newest first. Administrators only."""
    require(office.member.role, Act.DESTROY)
    with office.reading() as connection:
        return purges_since(connection)[::-1]


def certificate(office: Office, run_id: int, now: datetime) -> bytes:
    """The certificate of a run as PDF, with where remains stand today; raise `AppError`.

    One of a run that was cut off is not made before it is finished.
    """
    found = next((one for one in past_runs(office) if one.id == run_id), None)
    if found is None:
        raise AppError("There is no run of that number. Open the page again.")
    if found.verified_at is None:
        raise AppError("This run was cut off. Finish it first: then there is a certificate.")
    zone = ZoneInfo(office.profile.zone)
    moment = found.at.astimezone(zone)
    holding, away = _backups(plan_backup(office, now), found)
    told = Certified(
        office=office.profile.name,
        number=found.id,
        moment=f"{day_in_words(moment.date())} at {moment:%H:%M} ({zone.key})",
        by=found.by,
        groups=tuple(_groups(found.done)),
        counts=counts_told(found.counts),
        removed=tuple(_removed(found)),
        backups=tuple(_in_backups(found, holding, zone)),
        not_reached=(*away, *_ELSEWHERE),
        stays=_STAYS,
    )
    return destruction_certificate(told, office.today(now), letter_fonts())


def counts_told(counts: Counts) -> tuple[str, ...]:
    """How much, as people say it; only what there was."""
    told = (
        (counts.records, "record of answers", "records of answers"),
        (counts.documents, "document", "documents"),
        (counts.letters, "letter", "letters"),
        (counts.checks, "conflict check", "conflict checks"),
        (counts.history_values, "value in the history", "values in the history"),
    )
    return tuple(f"{many:,} {one if many == 1 else more}" for many, one, more in told if many)


def what_told(one: Destroyed) -> str:
    """What goes of a case, in the middle of a sentence."""
    if one.parts:
        return parts_told(one.parts)
    many = len(one.entries)
    return "1 deleted entry" if many == 1 else f"{many:,} deleted entries"


def _groups(done: Iterable[Destroyed]) -> Iterator[CertifiedGroup]:
    found: dict[tuple[str, str], list[str]] = {}
    for one in done:
        what = what_told(one) if one.parts else "deleted entries"
        found.setdefault((what, one.why), []).append(one.number)
    for (what, why), numbers in found.items():
        yield CertifiedGroup(what, why, tuple(number for number in numbers if number))


def _removed(run: Purge) -> Iterator[str]:
    yield (
        "In one transaction, with what was deleted overwritten. Then the log beside the office "
        "file was emptied and the file written anew, page by page."
    )
    if run.pieces:
        yield (
            f"All {run.pages:,} pages of the file were then deciphered and searched for "
            f"{run.pieces:,} pieces of what was destroyed. None was found."
        )
    else:
        yield (
            "The run was cut off after the records were destroyed; the file was written anew "
            f"later, {run.pages:,} pages, and no search for single pieces was made."
        )


def _backups(plan: BackupPlan, run: Purge) -> tuple[list[tuple[str, datetime]], list[str]]:
    """The backups that still hold what was destroyed, and what could not be looked at."""
    holding: list[tuple[str, datetime]] = []
    away: list[str] = []
    for name, place in plan.places:
        if not place.is_dir() and name != OWN:
            away.append(
                "The second folder for backups is not there now. Backups in it from before are "
                "treated when it is connected again."
            )
        said = "the office’s own folder" if name == OWN else "the second folder"
        for one in plan.backups(place):
            after = run.at + IN_BACKUPS + timedelta(seconds=1)
            if one.made_at <= run.at and due_in(one, (run,), after):
                holding.append((said, one.made_at))
    return holding, away


def _in_backups(run: Purge, holding: list[tuple[str, datetime]], zone: ZoneInfo) -> Iterator[str]:
    until = day_in_words((run.at + IN_BACKUPS).astimezone(zone).date())
    if not holding:
        yield "No backup that can be reached holds any of it."
        return
    yield (
        f"Backups made before hold it until {until}, so that a mistake can be put right. With the "
        "first backup after that day it is destroyed in them too, in the same way."
    )
    for place in dict.fromkeys(where for where, _ in holding):
        days = sorted(at for where, at in holding if where == place)
        first, last = (day_in_words(day.astimezone(zone).date()) for day in (days[0], days[-1]))
        many = "1 backup" if len(days) == 1 else f"{len(days)} backups"
        span = f"of {first}" if first == last else f"of {first} to {last}"
        yield f"In {place}: {many}, {span}."
