"""Prove the backups: bring the newest of each place back, open all of it, take it away again.

    plan = plan_drill(office, now)        # where the office is open
    results = carry_out_drill(plan)       # on any thread; no save waits for it
    keep_drill(office, results, now)      # where the office is open

`drill_backup` does the three in turn.
"""

from dataclasses import dataclass
from datetime import datetime

from intake_app import paths
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, require
from intake_app.store.backups import record
from intake_app.store.backups.files import BackupStopped
from intake_app.store.backups.proving import Proof, prove
from intake_app.store.office import Office
from intake_app.workflows.back_up_office import BackupPlan, plan_backup

NO_BACKUP = "There is no backup there yet. Make one first."


@dataclass(frozen=True)
class DrillPlan:
    """A drill to be done for an open office."""

    office: Office
    backups: BackupPlan


@dataclass(frozen=True)
class Drilled:
    """What a drill found in one place: a proof, or a sentence about what does not hold."""

    place: str
    proof: Proof | None
    fault: str = ""


def drill_backup(office: Office, now: datetime) -> tuple[Drilled, ...]:
    """Prove the newest backup of each place; the office's own folder first.

    Raises `NotAllowed`, and `AppError` where the office is closed meanwhile.
    """
    results = carry_out_drill(plan_drill(office, now))
    keep_drill(office, results, now)
    return results


def plan_drill(office: Office, now: datetime) -> DrillPlan:
    """What is to be done."""
    require(office.member.role, Act.KEEP_BACKUPS)
    return DrillPlan(office, plan_backup(office, now))


def carry_out_drill(plan: DrillPlan) -> tuple[Drilled, ...]:
    """Do it. Reads the keys of the office, which can't be closed meanwhile, and its key file."""
    with plan.backups.beside.working() as stopped:
        results = []
        for name, place in plan.backups.places:
            newest = next(iter(plan.backups.backups(place)), None)
            if newest is None:
                results.append(Drilled(name, None, NO_BACKUP))
                continue
            try:
                proof = prove(
                    newest,
                    plan.office,
                    plan.backups.key,
                    paths.db_folder(),
                    plan.backups.now,
                    stopped,
                )
            except BackupStopped:
                raise
            except AppError as error:
                results.append(Drilled(name, None, error.sentence))
            else:
                results.append(Drilled(name, proof))
        return tuple(results)


def keep_drill(office: Office, results: tuple[Drilled, ...], now: datetime) -> None:
    """Write the date into the history of the office, where anything was proven."""
    require(office.member.role, Act.KEEP_BACKUPS)
    proofs = [result.proof for result in results if result.proof is not None]
    if proofs:
        with office.writing() as connection:
            record.tell_proven(office, connection, len(proofs), now)
