"""Commands about reports: publish, simulate policies, attack published files, the ledger."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.cli import values
from intake_app.cli.terminal import now, say, tell, unlocked
from intake_app.core.errors import AppError

if TYPE_CHECKING:
    from intake_app.core.reports.periods import Window
    from intake_app.core.reports.release import Advice, Costs, Prepared, ReleaseAsked
    from intake_app.store.office import Office
    from intake_app.workflows.report_choices import Choices


def add_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add them; `command` makes one that works on an office."""
    report = command("report", "publish tables of one period, or of a whole year")
    _add_release(report)
    report.add_argument("--list", action="store_true", help="what can be published, and when")
    report.add_argument(
        "--table", action="append", default=[], metavar="T", help="T1, T2 … or all; may be repeated"
    )
    report.add_argument(
        "--check", action="store_true", help="only work it out and tell; publish nothing"
    )

    simulate = command("simulate", "other rules on honoring detainers, side by side")
    _add_release(simulate)
    simulate.add_argument(
        "--serious",
        action="append",
        default=[],
        metavar="C",
        help="a conviction after which a detainer is honored; may be repeated",
    )

    attack = command("attack", "try to work out small groups from published files", member=False)
    attack.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV, JSON beside it")
    attack.add_argument("--threshold", type=values.threshold, default=11, metavar="N")

    ledger = command("ledger", "what was published, when and by whom")
    ledger.add_argument(
        "--new-series",
        action="store_true",
        help="start anew where the ledger is lost; nothing of dates up to today is published again",
    )


def _add_release(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", metavar="P", help="2026-Q3, 2026-H1 or 2026")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the published files go")
    parser.add_argument("--threshold", type=values.threshold, metavar="N", help="11 if left out")
    parser.add_argument("--cost-per-day", type=values.amount, metavar="D", help="of one inmate-day")
    parser.add_argument("--cost-source", default="", metavar="S", help="where that cost is from")
    parser.add_argument("--days-without", type=values.amount, metavar="D")
    parser.add_argument("--days-source", default="", metavar="S", help="mean stay, no detainer")


def _report(options: argparse.Namespace) -> int:
    from intake_app.workflows.report_choices import report_choices

    with unlocked(options) as office:
        choices = report_choices(office, now())
        if options.list:
            return _list(options, choices)
        tables = _tables(options.table, choices)
        return _release(options, office, _asked(options, choices, tables=tables))


def _simulate(options: argparse.Namespace) -> int:
    from intake_app.core.reports.policies import (
        SERIOUS,
        conviction_policy,
        declared_policies,
        simulate,
        simulation_parts,
    )
    from intake_app.workflows.report_choices import report_choices

    try:
        listed = conviction_policy(frozenset(options.serious) or SERIOUS)
    except ValueError as error:
        raise AppError(
            f"That is no conviction that can be listed. Choose from: {', '.join(sorted(SERIOUS))}, "
            "misdemeanor, traffic, marijuana."
        ) from error
    policies = declared_policies(listed)
    with unlocked(options) as office:
        choices = report_choices(office, now())
        asked = _asked(options, choices, own=simulation_parts(policies))
        prepared = _prepared(options, office, asked)
    parts = {each.part.id: each for report in prepared.reports for each in report.parts}
    simulation = simulate(policies, parts, asked.costs)
    lines = [
        f"{line.label}: "
        + "; ".join(f"{t} {w}" for t, w in zip(simulation.titles, line.words, strict=True))
        for line in simulation.lines
    ]
    told = {
        "policies": list(simulation.titles),
        "lines": {line.label: list(line.words) for line in simulation.lines},
        "caution": simulation.caution,
    }
    return tell(options, told, "\n".join([*lines, simulation.caution]))


def _attack(options: argparse.Namespace) -> int:
    from intake_app.documents.published_files import attack_files, attack_words

    try:
        files = {str(path): path.read_bytes() for path in _with_reports(options.files)}
    except OSError:
        return say("A file could not be read. Check the names.")
    report = attack_files(files, options.threshold)
    told = {
        "figures_attacked": len(report.findings),
        "small_figures_shown": len(report.shown_small),
        "small_groups_provable": len(report.small),
        "small_groups_exact": len(report.exact),
        "victims_provable": len(report.victims),
        "lines_of_one_answer": len(report.whole_lines),
    }
    tell(options, told, attack_words(report))
    return 0 if report.failed else 1


def _ledger(options: argparse.Namespace) -> int:
    from intake_app.workflows.read_ledger import read_ledger
    from intake_app.workflows.start_series import start_new_series

    with unlocked(options) as office:
        if options.new_series:
            start_new_series(office, now())
        lines = read_ledger(office)
    told = [
        {"made_on": line.made_on.isoformat(), "made_by": line.made_by, "what": line.sentence}
        for line in lines
    ]
    words = [f"{line['made_on']} {line['made_by']}: {line['what']}" for line in told]
    return tell(options, told, "\n".join(words) or "Nothing was published yet.")


def _list(options: argparse.Namespace, choices: "Choices") -> int:
    windows = [w.id for w in _windows(choices)]
    told = {
        "tables": [
            {"table": t.code, "title": t.title, "counts": t.population} for t in choices.tables
        ],
        "periods": windows,
        "published": [window.id for window in choices.published],
    }
    lines = [f"{table.code}  {table.title}" for table in choices.tables]
    when = ", ".join(windows) or choices.trouble or "none yet"
    return tell(options, told, "\n".join([*lines, f"Periods that can be published: {when}"]))


def _asked(options: argparse.Namespace, choices: "Choices", **what: Any) -> "ReleaseAsked":
    from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD
    from intake_app.core.reports.release import ReleaseAsked

    return ReleaseAsked(
        window=_window(options.period, choices),
        tables=what.get("tables", ()),
        own=what.get("own", ()),
        threshold=options.threshold or choices.threshold or DEFAULT_THRESHOLD,
        costs=_costs(options),
    )


def _costs(options: argparse.Namespace) -> "Costs":
    from intake_app.core.reports.release import Costs

    return Costs(
        options.cost_per_day, options.cost_source, options.days_without, options.days_source
    )


def _windows(choices: "Choices") -> "tuple[Window, ...]":
    """What can be asked for: new periods, years, and what was published before."""
    from intake_app.core.reports.periods import Window

    return (*(Window((p,)) for p in choices.periods), *choices.years, *choices.published)


def _window(text: str | None, choices: "Choices") -> "Window":
    from intake_app.core.reports.periods import Window, read_period

    windows = {window.id: window for window in reversed(_windows(choices))}
    if text is None:
        can = ", ".join(windows) or "none is over yet"
        raise AppError(choices.trouble or f"Choose a period with --period: {can}.")
    # An older period than those listed may be published too, if it is the first.
    return windows.get(text.strip().upper()) or Window((read_period(text),))


def _tables(codes: Iterable[str], choices: "Choices") -> tuple[str, ...]:
    """Ids of the tables asked for by code."""
    wanted = [code.upper() for code in codes]
    by_code = {table.code.upper(): table.id for table in choices.tables}
    if "ALL" in wanted:
        return tuple(by_code.values())
    if not wanted or any(code not in by_code for code in wanted):
        raise AppError(f"Choose tables with --table: {', '.join(by_code)}, or all.")
    return tuple(by_code[code] for code in wanted)


def _release(options: argparse.Namespace, office: "Office", asked: "ReleaseAsked") -> int:
    if not options.check and options.out is None:
        raise AppError("Name a folder for the files with --out, or only look with --check.")
    if options.check:
        options.out = None
    prepared = _prepared(options, office, asked)
    parts = [part.part.id for report in prepared.reports for part in report.parts]
    told = {
        "period": asked.window.id,
        "published": options.out is not None,
        "tables": parts,
        "figures": prepared.figures,
        "withheld": prepared.withheld,
        "left_out": [advice.sentence for advice in prepared.left_out],
        "advice": [advice.sentence for advice in prepared.advice],
    }
    done = "Published" if options.out is not None else "Safe to publish"
    words = (
        f"{done}: {asked.window.id}, {len(parts)} tables, {prepared.figures:,} figures, "
        f"{prepared.withheld:,} withheld."
    )
    return tell(options, told, "\n".join([words, *_sentences(prepared.advice, prepared.left_out)]))


def _prepared(options: argparse.Namespace, office: "Office", asked: "ReleaseAsked") -> "Prepared":
    """Only worked out, or published and written where `--out` names a folder."""
    from intake_app.store.disk import write_in_one_step
    from intake_app.workflows.prepare_reports import prepare_reports
    from intake_app.workflows.release_reports import release_reports

    if options.out is None:
        return prepare_reports(office, asked, now())
    options.out.mkdir(parents=True, exist_ok=True)
    release = release_reports(office, asked, now())
    for name, content in release.files.items():
        write_in_one_step(options.out / name, content)
    return release.prepared


def _sentences(*advice: "tuple[Advice, ...]") -> list[str]:
    return [each.sentence for some in advice for each in some]


def _with_reports(files: Iterable[Path]) -> Iterable[Path]:
    """The files, and the report of what was done that lies in the same folder."""
    found = list(files)
    for folder in {file.parent for file in found}:
        found += [path for path in sorted(folder.glob("*.json")) if path not in found]
    return found


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "report": _report,
    "simulate": _simulate,
    "attack": _attack,
    "ledger": _ledger,
}
