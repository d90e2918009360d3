"""The command about records whose time is over: list them, destroy them, certify it."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.cli.terminal import now, passphrase_of, tell, unlocked
from intake_app.core.errors import AppError

if TYPE_CHECKING:
    from intake_app.store.office import Office
    from intake_app.store.retention.purging import Purge
    from intake_app.workflows.due_for_destruction import DueNow


def add_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add it; `command` makes one that works on an office."""
    retention = command("retention", "what is due to be destroyed today, and what waits and why")
    retention.add_argument(
        "--destroy", action="store_true", help="destroy it for good; asks for the passphrase again"
    )
    retention.add_argument(
        "--certificate", type=Path, metavar="FILE", help="save the certificate of a run as PDF"
    )
    retention.add_argument(
        "--run", type=int, metavar="N", help="of which run; the last one if left out"
    )


def _retention(options: argparse.Namespace) -> int:
    from intake_app.workflows.due_for_destruction import due_for_destruction

    with unlocked(options) as office:
        seen = due_for_destruction(office, now())
        run = _destroyed(office, seen) if options.destroy else None
        told, words = _told(seen)
        if run is not None:
            told |= {"run": run.id, "pages": run.pages}
            words = f"Destroyed and searched for remains: run {run.id}, {run.pages:,} pages."
        if options.certificate is not None:
            wanted = run.id if run is not None and options.run is None else options.run
            _certify(office, options.certificate, wanted)
            words = f"The certificate is in {options.certificate}." if run is None else words
    return tell(options, told, words)


def _destroyed(office: "Office", seen: "DueNow") -> "Purge":
    from intake_app.workflows.destroy_records import destroy_records, finish_destroying
    from intake_app.workflows.reauthenticate import reauthenticate
    from intake_app.workflows.steps import whole

    if seen.unfinished is None and not seen.done:
        raise AppError("Nothing is due today.")
    again = passphrase_of(f"Destroy for good, of {seen.cases} cases. Passphrase again: ")
    proof = reauthenticate(office, again, now())
    if seen.unfinished is not None:
        return whole(finish_destroying(office, proof, now()))
    return whole(destroy_records(office, seen, proof, now()))


def _certify(office: "Office", file: Path, run_id: int | None) -> None:
    from intake_app.workflows.certify_destruction import certificate, past_runs

    if run_id is None:
        runs = past_runs(office)
        if not runs:
            raise AppError("Nothing was destroyed yet, so there is no certificate.")
        run_id = runs[0].id
    # Drawn first: a run without a certificate leaves no file.
    file.write_bytes(certificate(office, run_id, now()))


def _told(seen: "DueNow") -> tuple[dict[str, Any], str]:
    from intake_app.workflows.certify_destruction import counts_told, what_told

    told: dict[str, Any] = {
        "due": [
            {
                "case": one.number,
                "parts": [part.value for part in one.parts],
                "deleted_entries": len(one.entries),
                "why": one.why,
            }
            for one in seen.done
        ],
        "waits": [{"case": one.number, "why": one.why} for one in seen.waits],
        "counts": vars(seen.counts),
        "unfinished": seen.unfinished is not None,
    }
    lines = [f"{one.number}  {what_told(one)} ({one.why})" for one in seen.done]
    if lines:
        lines = ["Due:", *lines, "In all: " + ", ".join(counts_told(seen.counts)) + "."]
    else:
        lines = ["Nothing is due today."]
    if seen.waits:
        lines += ["Waiting:", *(f"{one.number}  {one.why}" for one in seen.waits)]
    if seen.unfinished is not None:
        lines.append("An earlier run was cut off: --destroy finishes it.")
    return told, "\n".join(lines)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"retention": _retention}
