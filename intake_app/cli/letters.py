"""Commands about letters: one letter, all running clocks at once, the register, the library."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from intake_app.cli.terminal import now, say, tell, unlocked
from intake_app.core.letters.kinds import KINDS
from intake_app.core.vocabulary import FactGroup


def add_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add them; `command` makes one that works on an office."""
    letter = command("letter", "write a letter as PDF, a draft; nothing is kept in the case")
    letter.add_argument("--case", required=True, metavar="NO", help="case number")
    kind = letter.add_mutually_exclusive_group(required=True)
    kind.add_argument("--kind", choices=sorted(KINDS), help="kind of letter")
    kind.add_argument("--own-kind", metavar="NAME", help="a kind the office wrote itself")
    languages = sorted({one for kind in KINDS.values() for one in kind.languages})
    letter.add_argument("--language", choices=languages, default="en")
    letter.add_argument(
        "--footnotes", action="store_true", help="citations at the foot of the page"
    )
    letter.add_argument(
        "--office-copy", action="store_true", help="end with which texts and checks it rests on"
    )
    grounds = sorted({ground.key for kind in KINDS.values() for ground in kind.grounds})
    letter.add_argument(
        "--ground",
        action="append",
        default=[],
        choices=grounds,
        help="what to say; may be repeated",
    )
    groups = [group.value for group in FactGroup]
    letter.add_argument(
        "--tell", action="append", default=[], choices=groups, help="facts a consent opens"
    )
    letter.add_argument("--out", required=True, type=Path, metavar="F.pdf")

    batch = command("batch", "write the letters for all running clocks; drafts, kept in the cases")
    batch.add_argument(
        "--clocks",
        choices=("over", "soon", "all"),
        default="all",
        help="over; or soon: over within 12 hours too; or all",
    )
    batch.add_argument("--ask", action="store_true", help="let each wait for an attorney")

    command("letters", "the register: every letter of the office and what became of it")

    library = command("authorities", "the library: what letters may cite, and when it was checked")
    library.add_argument("--stale", action="store_true", help="only what must be checked again")


def _letter(options: argparse.Namespace) -> int:
    from intake_app.core.letters.options import LetterOptions
    from intake_app.documents.typeset import typeset_letter
    from intake_app.store.disk import write_in_one_step
    from intake_app.store.letter_copies import Copied
    from intake_app.workflows import shipped
    from intake_app.workflows.compose_letter import compose_letter
    from intake_app.workflows.note_letter_copy import note_letter_copy
    from intake_app.workflows.open_case import open_case_numbered

    wanted = LetterOptions(
        language=options.language,
        footnotes=options.footnotes,
        grounds=frozenset(options.ground),
        tell=frozenset(options.tell),
    )
    with unlocked(options) as office:
        case = open_case_numbered(office, options.case, now())
        kind = options.kind or options.own_kind
        letter = compose_letter(office, case.case_id, kind, now(), wanted)
        if letter.pdf is not None:
            note_letter_copy(office, case.case_id, None, Copied.SAVED, now())
    pdf, pages = letter.pdf, letter.pages
    if options.office_copy and letter.letter is not None:
        made = typeset_letter(letter.letter, shipped.letter_fonts(), office_copy=True)
        pdf, pages = made.pdf, made.pages
    told: dict[str, Any] = {
        "file": None,
        "pages": pages,
        "authorities": [used.id for used in letter.authorities],
        "blocked_by": [
            {"rule": one.rule, "why": one.why, "who_can_open": one.who_can_open}
            for one in letter.blocked_by
        ],
    }
    if pdf is None:
        tell(options, told, "")
        return say(" ".join(one.why for one in letter.blocked_by))
    write_in_one_step(options.out, pdf)
    told["file"] = str(options.out)
    return tell(options, told, f"Written: {pages} page(s), a draft until it is approved.")


def _batch(options: argparse.Namespace) -> int:
    from intake_app.workflows.steps import whole
    from intake_app.workflows.write_batch import Batch, Clocks, chosen, running_clocks, summary

    with unlocked(options) as office:
        rows = chosen(running_clocks(office, now()), Clocks(options.clocks))
        batch = Batch(office, rows, now(), waiting=options.ask)
        whole(batch.steps())
    told = [
        {"number": one.number, "letter": one.title, "became": one.became, "why": list(one.why)}
        for one in batch.outcomes
    ]
    lines = [
        "  ".join((one.number, one.became, one.title, *one.why)).rstrip() for one in batch.outcomes
    ]
    return tell(options, told, "\n".join([*lines, summary(batch)]))


def _letters(options: argparse.Namespace) -> int:
    from intake_app.workflows.read_letters import letter_register

    with unlocked(options) as office:
        rows = letter_register(office, now())
    told = [
        {
            "number": row.number,
            "name": "" if row.masked else row.name,
            "letter": row.title,
            "version": row.version,
            "stands": row.place.value,
            "reply_by": _iso(row.reply_by),
            "sent_on": _iso(row.sent_on),
            "sent_by": _label(row.sent_by),
            "answered_on": _iso(row.answered_on),
            "answer": _label(row.answer),
            "result": _label(row.result),
        }
        for row in rows
    ]
    return tell(options, told, _table(told) or "No letter is kept in this office yet.")


def _authorities(options: argparse.Namespace) -> int:
    from intake_app.core.roles import Act, require
    from intake_app.workflows.letter_sources import library_of

    with unlocked(options) as office:
        require(office.member.role, Act.READ_CASES)
        library, today = library_of(office), office.today(now())
    told = [
        {
            "id": one.id,
            "name": one.short_name,
            "status": one.status.value,
            "checked": one.verified_on.isoformat(),
            "stale": one.stale_on(today),
            "blocked": one.blocked,
        }
        for one in library.authorities.values()
        if one.stale_on(today) or not options.stale
    ]
    shown = [
        {
            **one,
            "stale": "check again" if one["stale"] else "",
            "blocked": "blocked" if one["blocked"] else "",
        }
        for one in told
    ]
    return tell(options, told, _table(shown) or "Nothing has to be checked again.")


def _iso(at: date | datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _label(choice: Any) -> str | None:
    return choice.label if choice is not None else None


def _table(rows: Iterable[Mapping[str, Any]]) -> str:
    """One line a row, its columns under one another, two spaces between."""
    cells = [[str(value if value is not None else "") for value in row.values()] for row in rows]
    wide = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in cells
    )


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "letter": _letter,
    "batch": _batch,
    "letters": _letters,
    "authorities": _authorities,
}
