"""The command line: every command but those about letters."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.make_demo import make_demo
from tests.cli.conftest import Desk, one_sentence, run

_COUNTY = Path(__file__).parents[3] / "shared" / "data" / "county_jail_detainers.csv"


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
    assert "may not open cases" in one_sentence(done)
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("find", ""), ("check",), ("unlock-check",)])
def test_a_wrong_passphrase_isone_sentence(desk: Desk, command: tuple[str, ...]) -> None:
    name, *words = command
    done = run([name, str(desk.folder), *words, "--member", "attorney"], "wrong wrong wrong")
    assert "passphrase" in one_sentence(done)


def test_a_word_that_is_no_text_is_one_sentence(desk: Desk) -> None:
    for words in (["--case", "\udcff"], ["--out", "\udcff.pdf"]):
        assert "no text" in one_sentence(desk.run("letter", *words))


def test_without_a_passphrase_it_says_where_to_put_it(desk: Desk) -> None:
    done = run(["check", str(desk.folder), "--member", "attorney"], None)
    assert "INTAKE_DESK_PASSPHRASE" in one_sentence(done)


def test_check_of_a_sound_office(desk: Desk) -> None:
    done = desk.run("check", "--json", member="administrator")
    assert json.loads(done.stdout) == {"sound": True, "problems": []}
    assert done.returncode == 0


def test_a_folder_without_an_office(tmp_path: Path) -> None:
    done = run(["find", str(tmp_path), "x", "--member", "m"], "some passphrase")
    assert "no office" in one_sentence(done)


@pytest.mark.parametrize(
    "words",
    [
        ["find"],
        ["report", "x", "--table", "T1", "--cost-per-day", "much"],
        ["report", "x", "--table", "T1", "--threshold", "4"],
        ["attack"],
        ["attack", "x.csv", "--threshold", "²"],
        ["letter", "x", "--case", "1", "--kind", "threat", "--out", "y"],
        ["letter", "x", "--case", "1", "--kind", "decline", "--own-kind", "z", "--out", "y"],
        ["batch", "x", "--clocks", "some"],
        ["demo", "x", "--cases", "many"],
        ["clock", "--form", "I-9", "--zone", "America/New_York"],
    ],
)
def test_wrong_usage_is_exit_2(words: list[str]) -> None:
    done = run(words, "p")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


_CLOCK = ("clock", "--form", "I-247A", "--zone", "America/New_York", "--state", "FL")


def test_the_clock_prints_both_readings() -> None:
    done = run(
        [*_CLOCK, "--release-due", "2026-11-12T17:00", "--now", "2026-11-14T18:00", "--json"],
        None,
    )
    told = json.loads(done.stdout)
    assert told["state"] == "PLAIN_PAST_REG_RUNNING"
    assert told["plain_deadline"] == "2026-11-14T17:00:00-05:00"
    assert told["regulation_deadline"] == "2026-11-16T17:00:00-05:00"
    assert told["hours_over"] == 0


def test_a_day_there_is_none_is_told_in_a_sentence() -> None:
    done = run([*_CLOCK, "--release-due", "2026-11-31"], None)
    assert one_sentence(done) == "Give times like 2026-11-20T09:10, on the clock of the jail."


def test_create_makes_an_office_with_its_recovery_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    words = ["create", str(tmp_path / "new"), "--name", "Office", "--state", "PA", "--json"]
    done = run([*words, "--recovery-sheet", str(sheet)], "a fine long passphrase")
    assert done.returncode == 0, done.stderr
    assert len(PdfReader(sheet).pages) == 1
    again = run([*words, "--recovery-sheet", str(sheet)], "a fine long passphrase")
    assert "not empty" in one_sentence(again)
    short = run([*words[:1], str(tmp_path / "b"), *words[2:], "--recovery-sheet", "s.pdf"], "short")
    assert "12 characters" in one_sentence(short)
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
        "report", "--table", "T2", "--period", "2010", "--out", str(out), member="coordinator",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    wide = (out / "TABLE_T2b.wide.csv").read_text("utf-8-sig")
    assert int(wide.splitlines()[-1].split(",")[-1]) > 1000
