"""`intake-desk history`: for administrators, with case numbers and no names of clients."""

import json
from pathlib import Path

import pytest

from intake_app.cli.commands import main
from intake_app.cli.terminal import PASSPHRASE as VARIABLE
from intake_app.core.casefile import Person
from intake_app.core.roles import Role
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, staff


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    with new_office(tmp_path / "office").office as office:
        staff(office)
        for _ in range(2):
            case = start_intake(office, NOW).case_id
            save_answer(office, case, Person, None, "surname", "Quintanilla", NOW)
        open_case(office, case, NOW)
    return tmp_path / "office"


def test_lines_newest_first_filtered_and_without_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", str(folder)]) == 0
    words = capsys.readouterr().out
    assert words.splitlines()[0].endswith("A. Ruiz  2026-0002  Opened")
    assert "Person · Surname: changed" in words
    assert "Quintanilla" not in words
    assert main(["history", str(folder), "--case", "2026-0001", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["case"] for one in told} == {"2026-0001"}
    assert [one["entry"] for one in told] == sorted((one["entry"] for one in told), reverse=True)
    assert main(["history", str(folder), "--since", "2026-11-23"]) == 0
    assert capsys.readouterr().out == "Nothing of the kind stands in the history.\n"
    assert main(["history", str(folder), "--by", "volunteer"]) == 0
    assert "Nothing of the kind" in capsys.readouterr().out
    assert main(["history", str(folder), "--by", "nobody"]) == 1
    assert "no member with that login" in capsys.readouterr().err


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_other_members_are_refused(
    folder: Path, role: Role, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", str(folder), "--member", role.value]) == 1
    told = capsys.readouterr()
    assert "may not see the history of the office" in told.err
    assert told.out == ""
