"""Acts that make something final: a letter is approved, a report is published."""

import pickle
from collections.abc import Sequence
from pathlib import Path

from intake_app.core.letters.options import LetterOptions, Signer
from intake_app.core.reports.periods import read_period
from intake_app.core.reports.release import ReleaseAsked
from intake_app.core.roles import Role
from intake_app.store.letters import Stage
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.prepare_reports import prepare_reports
from intake_app.workflows.read_ledger import read_ledger
from intake_app.workflows.read_letters import approved_pdf, letters_of
from intake_app.workflows.release_reports import release_reports
from tests.conftest import NOW
from tests.faults.act import Act, Say, numbers, office_in, sound
from tests.letters import DECLINE, case_for_a_letter
from tests.offices import new_office, staff, unlocked
from tests.report_offices import add_cases, after, own, window_of

CHOSEN = LetterOptions(signer=Signer("A. Torres", "Staff Attorney"))


def letter_ready(folder: Path) -> None:
    """A staffed office with a case that calls for a letter."""
    with new_office(office_in(folder)).office as office:
        staff(office)
        assert case_for_a_letter(office) == 1


def approve(folder: Path, say: Say) -> None:
    """Keep a draft, and approve it."""
    with unlocked(office_in(folder), Role.ATTORNEY) as office:
        say("draft", keep_letter(office, 1, DECLINE, CHOSEN, NOW))
        say("approved", approve_letter(office, 1, DECLINE, CHOSEN, NOW).id)


def approved(folder: Path, said: Sequence[str]) -> None:
    """The letter is approved with all its pages, or a draft as before."""
    with sound(folder, Role.ATTORNEY) as office:
        there = {one.id: one for one in letters_of(office, 1)}
        assert len(there) <= 1
        assert set(numbers(said, "draft")) <= set(there)
        for number in numbers(said, "approved"):
            assert there[number].stage is Stage.APPROVED
        for one in there.values():
            assert one.options == CHOSEN
            if one.stage is Stage.APPROVED:
                assert approved_pdf(office, one.id).startswith(b"%PDF")
                assert one.text


PERIOD = read_period("2026-Q1")
THEN = after(PERIOD.end)


def report_ready(folder: Path) -> None:
    """A staffed office with cases, and a report of them that was prepared and looked at."""
    with new_office(office_in(folder)).office as office:
        staff(office)
        add_cases(office, 1, PERIOD, 60)
    asked = ReleaseAsked(window_of(PERIOD.id), (), (own("charges", "charge_level", "outcome"),))
    with unlocked(office_in(folder), Role.COORDINATOR) as office:
        prepared = prepare_reports(office, asked, THEN)
    (folder / "prepared").write_bytes(pickle.dumps(prepared))


def publish(folder: Path, say: Say) -> None:
    """Publish the prepared report."""
    prepared = pickle.loads((folder / "prepared").read_bytes())  # noqa: S301 - our own
    with unlocked(office_in(folder), Role.COORDINATOR) as office:
        release_reports(office, prepared, THEN)
        say("published")


def published(folder: Path, said: Sequence[str]) -> None:
    """The ledger has the report whole or not at all; then it can still be published."""
    prepared = pickle.loads((folder / "prepared").read_bytes())  # noqa: S301 - our own
    with sound(folder, Role.COORDINATOR) as office:
        lines = read_ledger(office)
        assert len(lines) in ((3,) if "published" in said else (0, 3))
        if not lines:
            release_reports(office, prepared, THEN)
            assert len(read_ledger(office)) == 3


PAPER_ACTS = (
    Act("letter", letter_ready, approve, approved),
    Act("report", report_ready, publish, published),
)
