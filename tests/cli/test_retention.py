"""`intake-desk retention`: listed, destroyed after the passphrase again, certified."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.core.casefile import Intake, Person
from intake_app.core.vocabulary import CaseStatus, PurgePart
from intake_app.workflows.retention_rules import add_rule
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.cli.conftest import Desk, call, one_sentence, run
from tests.conftest import PASSPHRASE
from tests.offices import new_office

NAME = "Quetzalcoatl"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """One closed case and a rule that makes it due; closed."""
    folder, now = tmp_path / "office", datetime.now(UTC)
    with new_office(folder).office as opened:
        case = start_intake(opened, now).case_id
        save_answer(opened, case, Person, None, "surname", NAME, now)
        save_answer(opened, case, Intake, None, "status", CaseStatus.CLOSED, now)
        save_answer(opened, case, Intake, None, "closed_on", date(2015, 1, 1), now)
        add_rule(opened, PurgePart.IDENTITY, 84, now)
    return folder


def test_it_is_listed_destroyed_and_certified(office: Path, tmp_path: Path) -> None:
    listed = run(["retention", str(office), "--json"], PASSPHRASE)
    assert listed.returncode == 0, listed.stderr
    told = json.loads(listed.stdout)
    (due,) = told["due"]
    assert (due["parts"], due["why"]) == (["identity"], "rule “Identity, 7 years after closing”")
    assert told["waits"] == []
    assert told["counts"]["records"] == 1

    file = tmp_path / "certificate.pdf"
    one_sentence(call(["retention", str(office), "--certificate", str(file)], PASSPHRASE))
    assert not file.exists()
    done = call(["retention", str(office), "--destroy", "--certificate", str(file)], PASSPHRASE)
    assert done.returncode == 0, done.stderr
    assert "searched for remains: run 1" in done.stdout
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(file.read_bytes())).pages)
    assert "Certificate of destruction 1" in words
    assert NAME not in words + done.stdout + listed.stdout

    again = call(["retention", str(office)], PASSPHRASE)
    assert "Nothing is due today." in again.stdout
    assert "Nothing is due" in one_sentence(
        call(["retention", str(office), "--destroy"], PASSPHRASE)
    )
    file.unlink()
    saved = call(["retention", str(office), "--certificate", str(file), "--run", "1"], PASSPHRASE)
    assert (saved.returncode, file.exists()) == (0, True)
    assert "no run of that number" in one_sentence(
        call(["retention", str(office), "--certificate", str(file), "--run", "9"], PASSPHRASE)
    )


@pytest.mark.parametrize("member", ["paralegal", "attorney", "volunteer", "coordinator"])
def test_others_may_not(desk: Desk, member: str) -> None:
    for words in ((), ("--destroy",)):
        assert "may not" in one_sentence(desk.call("retention", *words, member=member))
