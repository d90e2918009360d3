"""The command line, as scripts use it: real processes on a real demonstration office."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.make_demo import Demo, make_demo

_COUNTY = Path(__file__).parents[2] / "shared" / "data" / "county_jail_detainers.csv"


@dataclass(frozen=True)
class Desk:
    """A demonstration office and how to run commands on it."""

    folder: Path
    demo: Demo

    def run(
        self, command: str, *words: str, member: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on the office as `member`, its passphrase in the environment."""
        who = ["--member", member] if member else []
        passphrase = self.demo.passphrases[member] if member else ""
        return run([command, str(self.folder), *words, *who], passphrase)


def run(words: Sequence[str], passphrase: str | None) -> subprocess.CompletedProcess[str]:
    """One process; without a passphrase in the environment when it is None."""
    surroundings = {key: value for key, value in os.environ.items() if "PASSPHRASE" not in key}
    if passphrase is not None:
        surroundings["INTAKE_DESK_PASSPHRASE"] = passphrase
    return subprocess.run(
        [sys.executable, "-m", "intake_app", *words],
        env=surroundings,
        cwd=Path(__file__).parents[1],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One demonstration office for all tests that leave its cases alone."""
    folder = tmp_path_factory.mktemp("cli") / "office"
    now = datetime.now(UTC)
    return Desk(folder, make_demo(folder, now, cases=150, seed=3, cost=OWASP_MINIMUM))


def _one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    sentence = done.stderr.strip()
    assert sentence.endswith(".")
    assert len(sentence.splitlines()) == 1
    return sentence


def _case_in(desk: Desk, state: str) -> list[str]:
    return [case.number for case in desk.demo.cases if case.state == state]


def test_demo_tells_passphrases_and_cases(tmp_path: Path) -> None:
    done = run(["demo", str(tmp_path / "d"), "--cases", "20", "--seed", "5", "--json"], None)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    roles = {"volunteer", "paralegal", "attorney", "coordinator", "administrator"}
    assert set(told["passphrases"]) == roles
    assert len(told["cases"]) == 20
    assert len({case["state"] for case in told["cases"]}) > 3
    member = "volunteer"
    opened = run(
        ["unlock-check", str(tmp_path / "d"), "--member", member], told["passphrases"][member]
    )
    assert opened.returncode == 0


def test_find_lists_all_and_finds_without_accents(desk: Desk) -> None:
    done = desk.run("find", "", "--json", member="paralegal")
    everyone = json.loads(done.stdout)
    assert len(everyone) == 150
    assert set(everyone[0]) == {"number", "name"}
    accented = next(row for row in everyone if not row["name"].isascii())
    word = accented["name"].replace(",", " ").split()[0]
    found = json.loads(desk.run("find", word.upper(), "--json", member="paralegal").stdout)
    assert accented in found


def test_a_coordinator_finds_nobody(desk: Desk) -> None:
    done = desk.run("find", "", "--json", member="coordinator")
    assert "may not open cases" in _one_sentence(done)
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("find", ""), ("check",), ("unlock-check",)])
def test_a_wrong_passphrase_is_one_sentence(desk: Desk, command: tuple[str, ...]) -> None:
    name, *words = command
    done = run([name, str(desk.folder), *words, "--member", "attorney"], "wrong wrong wrong")
    assert "passphrase" in _one_sentence(done)


def test_without_a_passphrase_it_says_where_to_put_it(desk: Desk) -> None:
    done = run(["check", str(desk.folder), "--member", "attorney"], None)
    assert "INTAKE_DESK_PASSPHRASE" in _one_sentence(done)


def test_check_of_a_sound_office(desk: Desk) -> None:
    done = desk.run("check", "--json", member="administrator")
    assert json.loads(done.stdout) == {"sound": True, "problems": []}
    assert done.returncode == 0


def test_a_folder_without_an_office(tmp_path: Path) -> None:
    done = run(["find", str(tmp_path), "x", "--member", "m"], "some passphrase")
    assert "no office" in _one_sentence(done)


@pytest.mark.parametrize(
    "words",
    [
        ["find"],
        ["report", "x", "--table", "no_such_table", "--out", "y"],
        ["report", "x", "--table", "charges_by_outcome", "--out", "y", "--from", "yesterday"],
        ["letter", "x", "--case", "1", "--kind", "threat", "--out", "y"],
        ["demo", "x", "--cases", "many"],
        ["clock", "--form", "I-9", "--zone", "America/New_York"],
    ],
)
def test_wrong_usage_is_exit_2(words: list[str]) -> None:
    done = run(words, "p")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_letter_is_refused_where_the_state_requires_compliance(
    desk: Desk, tmp_path: Path
) -> None:
    for state in ("FL", "TX", "GA"):
        for number in _case_in(desk, state)[:3]:
            out = tmp_path / f"{state}.pdf"
            done = desk.run(
                "letter", "--case", number, "--kind", "decline", "--out", str(out), "--json",
                member="attorney",
            )  # fmt: skip
            assert done.returncode == 1
            told = json.loads(done.stdout)
            assert told["file"] is None
            assert {"rule": "R3", "who_can_open": "nobody"}.items() <= next(
                one for one in told["blocked_by"] if one["rule"] == "R3"
            ).items()
            assert not out.exists()


def test_a_letter_is_written_and_read_back(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "letter.pdf"
    for number in _case_in(desk, "CA") + _case_in(desk, "IL"):
        done = desk.run(
            "letter", "--case", number, "--kind", "decline", "--out", str(out), "--json",
            member="attorney",
        )  # fmt: skip
        if done.returncode == 0:
            break
    told = json.loads(done.stdout)
    assert told["blocked_by"] == []
    assert {"F01", "F02", "C01"} <= set(told["authorities"])
    pages = PdfReader(out).pages
    assert len(pages) == told["pages"]
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "is a request that such agency advise" in text
    assert "745 F.3d 634" in text
    everyone = json.loads(desk.run("find", "", "--json", member="attorney").stdout)
    (name,) = (row["name"] for row in everyone if row["number"] == number)
    assert name.split(",")[0].split()[0] in text


def test_volunteers_and_coordinators_write_no_letters(desk: Desk, tmp_path: Path) -> None:
    number = _case_in(desk, "CA")[0]
    for member in ("volunteer", "coordinator"):
        done = desk.run(
            "letter", "--case", number, "--kind", "decline", "--out", str(tmp_path / "x.pdf"),
            member=member,
        )  # fmt: skip
        assert "may not" in _one_sentence(done)


def test_a_report_writes_four_files(desk: Desk, tmp_path: Path) -> None:
    done = desk.run(
        "report", "--table", "charges_by_outcome", "--out", str(tmp_path / "o"), "--json",
        member="coordinator",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    name = "charges_by_outcome"
    written = sorted(path.name for path in (tmp_path / "o").iterdir())
    assert written == [f"{name}.csv", f"{name}.json", f"{name}.txt", f"{name}.wide.csv"]
    wide = (tmp_path / "o" / f"{name}.wide.csv").read_bytes()
    assert wide.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(wide.decode("utf-8-sig"))))
    assert rows[-1][0] == "Total"
    assert rows[0][-1] == "Total"
    cells = [cell for row in rows[1:] for cell in row[1:]]
    assert all(cell == "s" or int(cell) == 0 or int(cell) >= 11 for cell in cells)
    assert "s" in cells
    again = desk.run(
        "report",
        "--table",
        "charges_by_outcome",
        "--out",
        str(tmp_path / "p"),
        member="coordinator",
    )
    assert again.returncode == 0
    assert (tmp_path / "p" / f"{name}.wide.csv").read_bytes() == wide


def test_paralegals_publish_nothing(desk: Desk, tmp_path: Path) -> None:
    done = desk.run(
        "report", "--table", "charges_by_outcome", "--out", str(tmp_path / "o"), member="paralegal"
    )
    assert "may not publish summaries" in _one_sentence(done)


def test_the_clock_prints_both_readings() -> None:
    done = run(
        [
            "clock", "--form", "I-247A", "--zone", "America/New_York", "--state", "FL",
            "--release-due", "2026-11-12T17:00", "--now", "2026-11-14T18:00", "--json",
        ],
        None,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["state"] == "PLAIN_PAST_REG_RUNNING"
    assert told["plain_deadline"] == "2026-11-14T17:00:00-05:00"
    assert told["regulation_deadline"] == "2026-11-16T17:00:00-05:00"
    assert told["hours_over"] == 0


def test_create_makes_an_office_with_its_recovery_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    words = ["create", str(tmp_path / "new"), "--name", "Office", "--state", "PA", "--json"]
    done = run([*words, "--recovery-sheet", str(sheet)], "a fine long passphrase")
    assert done.returncode == 0, done.stderr
    assert len(PdfReader(sheet).pages) == 1
    again = run([*words, "--recovery-sheet", str(sheet)], "a fine long passphrase")
    assert "not empty" in _one_sentence(again)
    short = run([*words[:1], str(tmp_path / "b"), *words[2:], "--recovery-sheet", "s.pdf"], "short")
    assert "12 characters" in _one_sentence(short)
    assert not (tmp_path / "b").exists() or not list((tmp_path / "b").iterdir())


@pytest.mark.skipif(not _COUNTY.exists(), reason="the county's records are not here")
def test_import_of_the_county_file_and_its_summary(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    desk = Desk(folder, make_demo(folder, datetime.now(UTC), cases=1, cost=OWASP_MINIMUM))
    tried = json.loads(
        desk.run("import", str(_COUNTY), "--dry-run", "--json", member="paralegal").stdout
    )
    first = json.loads(desk.run("import", str(_COUNTY), "--json", member="paralegal").stdout)
    second = json.loads(desk.run("import", str(_COUNTY), "--json", member="paralegal").stdout)
    assert tried["cases_added"] == first["cases_added"] == 9533
    assert first["rows_read"] == 24839
    assert (second["cases_added"], second["cases_updated"]) == (0, 0)
    assert second["cases_unchanged"] == 9533
    assert set(first["rejected"][0]) == {"row", "column", "why"}
    out = tmp_path / "out"
    done = desk.run(
        "report", "--table", "charges_by_outcome", "--from", "2008-01-01", "--to", "2012-12-31",
        "--out", str(out), member="coordinator",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wide = (out / "charges_by_outcome.wide.csv").read_text("utf-8-sig")
    assert int(wide.splitlines()[-1].split(",")[-1]) > 1000
