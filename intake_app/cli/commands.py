"""The command `intake-desk`: the window, or the same work without one.

Exit codes: 0 done, 1 with one sentence on standard error, 2 wrong usage. The passphrase comes
from `INTAKE_DESK_PASSPHRASE` or from a prompt, never from an argument.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from intake_app import __version__
from intake_app.cli import backups, export, history, letters, reports, retention, values
from intake_app.cli.no_core_dumps import no_core_dumps
from intake_app.cli.terminal import now, passphrase_of, say, tell, text_of, unlocked
from intake_app.core.errors import AppError

# Workflows are imported by the command that needs them: the window should not wait for ReportLab,
# nor a search for the solver.

_DRAW = "draw-pdf"
"""How `ui.pdf_trial` starts this program as the process that draws a PDF."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return its exit code."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    os.umask(0o077)
    if arguments is None:  # the program itself, no test of it
        no_core_dumps()
    if not _is_text(typed):
        return say("A word after “intake-desk” is no text. Type it again, or rename that file.")
    if typed == [_DRAW]:
        from intake_app.ui.pdf_trial import draw_pdf

        return draw_pdf()
    if not typed or (typed[0] not in _COMMANDS and not typed[0].startswith("-")):
        return _window(typed)
    options = _parser().parse_args(typed)
    try:
        return _COMMANDS[options.command](options)
    except AppError as error:
        return say(error.sentence)
    except KeyboardInterrupt:
        return say("Stopped. Nothing half-done was kept.")
    except BrokenPipeError:
        # Whoever read our output has seen enough. Nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError:
        return say("A file or folder could not be read or written. Check the path and the disk.")


def _is_text(typed: list[str]) -> bool:
    # Python takes bytes that are no text as halves of letters, which no file or screen takes.
    return not any("\ud800" <= sign <= "\udfff" for word in typed for sign in word)


def _window(typed: list[str]) -> int:
    if len(typed) > 1:
        _parser().error("give one office folder, or a command")
    from intake_app.start import run_window

    return run_window(Path(typed[0]) if typed else None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="intake-desk",
        description="Without a command: the window, with OFFICE opened where one is named.",
        usage="intake-desk [OFFICE] | intake-desk COMMAND …",
    )
    parser.add_argument("--version", action="version", version=f"Intake Desk {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, words: str, *, member: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, prog=f"intake-desk {name}", help=words, description=words)
        made.add_argument("--json", action="store_true", help="print JSON for scripts")
        if member:
            made.add_argument("office", type=Path, metavar="OFFICE", help="folder of the office")
            made.add_argument("--member", metavar="M", help="login; an administrator’s if left out")
        return made

    demo = command("demo", "make an office of invented people", member=False)
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.add_argument("--cases", type=values.count, default=300, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")

    create = command("create", "create an office", member=False)
    create.add_argument("office", type=Path, metavar="OFFICE", help="a new or empty folder")
    create.add_argument("--name", required=True, help="name of the office")
    create.add_argument(
        "--state", required=True, type=values.state, help="two letters, for example FL"
    )
    create.add_argument("--letterhead", default="", help="address and telephone; \\n for lines")
    create.add_argument(
        "--zone", default="America/New_York", type=values.zone, help="IANA time zone"
    )
    create.add_argument("--login", default="administrator", help="login of the administrator")
    create.add_argument("--administrator", default="Administrator", help="name to show")
    create.add_argument(
        "--recovery-sheet", type=Path, required=True, metavar="F.pdf", help="print it, lock it away"
    )

    command("unlock-check", "try a passphrase")
    command("check", "check the office file for damage")

    find = command("find", "find people by any part of a name or number; empty lists all")
    find.add_argument("text", metavar="TEXT")

    bring = command("import", "import cases from a CSV file")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--mapping", type=Path, metavar="F", help="else the shipped one that fits")
    bring.add_argument("--dry-run", action="store_true", help="tell what would be done")

    letters.add_commands(command)

    reports.add_commands(command)

    history.add_commands(command)
    retention.add_commands(command)

    backups.add_commands(command)

    export.add_commands(command)

    tour = command("tour", "the main job on a demonstration office, without a screen", member=False)
    tour.add_argument("folder", type=Path, metavar="DIR")

    clock = command("clock", "the 48-hour clock of one detainer", member=False)
    clock.add_argument("--form", required=True, type=values.form, metavar="F")
    clock.add_argument("--edition", type=values.month, metavar="YYYY-MM")
    clock.add_argument("--release-due", metavar="T")
    clock.add_argument("--zone", required=True, type=values.zone)
    clock.add_argument("--state", type=values.state)
    clock.add_argument("--received", metavar="T")
    clock.add_argument("--now", metavar="T")
    return parser


def _demo(options: argparse.Namespace) -> int:
    from intake_app.workflows.make_demo import make_demo

    demo = make_demo(options.folder, now(), options.cases, options.seed)
    made = {
        "passphrases": dict(demo.passphrases),
        "cases": [{"number": case.number, "state": case.state} for case in demo.cases],
    }
    lines = [f"{login}: {passphrase}" for login, passphrase in demo.passphrases.items()]
    words = f"{len(demo.cases)} cases of invented people. Logins and passphrases:"
    return tell(options, made, "\n".join([words, *lines]))


def _create(options: argparse.Namespace) -> int:
    from intake_app.store.disk import write_in_one_step
    from intake_app.store.office import OfficeProfile
    from intake_app.workflows.create_office import create_office

    letterhead = options.letterhead.replace("\\n", "\n")
    profile = OfficeProfile(options.name, options.state, letterhead, options.zone)
    passphrase = passphrase_of(f"New passphrase for {options.login}: ", twice=True)
    made = create_office(
        options.office, profile, options.login, options.administrator, passphrase, now()
    )
    made.office.close()
    write_in_one_step(options.recovery_sheet, made.recovery_sheet)
    told = {"office": str(options.office), "recovery_sheet": str(options.recovery_sheet)}
    return tell(
        options, told, "The office is made. Print the recovery sheet, then delete its file."
    )


def _unlock_check(options: argparse.Namespace) -> int:
    with unlocked(options) as office:
        told = {"member": office.member.login, "role": office.member.role.value}
        return tell(options, told, f"The passphrase is right ({office.member.role.value}).")


def _check(options: argparse.Namespace) -> int:
    from intake_app.workflows.check_office import check_office

    with unlocked(options) as office:
        problems = check_office(office)
        unsaid = [one for one in problems if one not in office.notices]
    tell(options, {"sound": not problems, "problems": list(problems)}, "")
    if problems:
        return say(" ".join(unsaid)) if unsaid else 1
    if not options.json:
        print("The office is sound.")  # noqa: T201
    return 0


def _find(options: argparse.Namespace) -> int:
    from intake_app.workflows.find_people import find_people

    with unlocked(options) as office:
        rows = find_people(office, options.text, limit=-1)
    found = [{"number": row.number, "name": row.name} for row in rows]
    return tell(options, found, "\n".join(f"{row.number}  {row.name}" for row in rows))


def _import(options: argparse.Namespace) -> int:
    from intake_app.workflows.import_cases import import_cases

    table = options.file.read_bytes()
    mapping = text_of(options.mapping) if options.mapping else None
    with unlocked(options) as office:
        done = import_cases(office, table, mapping, now(), dry_run=options.dry_run)
    rejected = [{"row": bad.row, "column": bad.column, "why": bad.why} for bad in done.rejected]
    told = {
        "rows_read": done.rows_read,
        "cases_added": done.cases_added,
        "cases_updated": done.cases_updated,
        "cases_unchanged": done.cases_unchanged,
        "cases_deleted": done.cases_deleted,
        "rejected": rejected,
    }
    words = (
        f"{done.rows_read} rows read: {done.cases_added} cases added, {done.cases_updated} "
        f"updated, {done.cases_unchanged} unchanged."
    )
    if done.cases_deleted:
        words += f" {done.cases_deleted} were deleted here and stay so."
    lines = [f"row {bad['row']}, {bad['column']}: {bad['why']}" for bad in rejected]
    return tell(options, told, "\n".join([words, *lines]))


def _tour(options: argparse.Namespace) -> int:
    from intake_app.start import run_tour

    return run_tour(options.folder, now())


def _clock(options: argparse.Namespace) -> int:
    from intake_app.core.custody_clock import read_clock

    def moment(text: str | None) -> datetime | None:
        return None if text is None else values.moment(text, options.zone)

    due = options.release_due
    if due is not None:
        due = values.day_or_moment(due, options.zone)
    reading = read_clock(
        form=options.form,
        edition=options.edition,
        state=options.state,
        zone=options.zone,
        release_due=due,
        received=moment(options.received),
        served=None,
        stopped_at=None,
        ended_at=None,
        now=moment(options.now) or now(),
    )
    plain, regulation = reading.plain_deadline, reading.regulation_deadline
    told = {
        "state": reading.state.value,
        "plain_deadline": plain.isoformat() if plain else None,
        "regulation_deadline": regulation.isoformat() if regulation else None,
        "hours_over": reading.hours_over,
        "notes": list(reading.notes),
    }
    words = [f"{key}: {told[key]}" for key in told if key != "notes"]
    return tell(options, told, "\n".join([*words, *reading.notes]))


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "create": _create,
    "unlock-check": _unlock_check,
    "check": _check,
    "find": _find,
    "import": _import,
    **letters.COMMANDS,
    **reports.COMMANDS,
    **history.COMMANDS,
    **retention.COMMANDS,
    **backups.COMMANDS,
    **export.COMMANDS,
    "tour": _tour,
    "clock": _clock,
}
