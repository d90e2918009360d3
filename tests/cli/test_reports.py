"""Reports on the command line."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.make_demo import make_demo
from tests.cli.conftest import Desk, call

YEAR = str(datetime.now(UTC).year - 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An office of its own: what is published stays published."""
    folder = tmp_path_factory.mktemp("reports") / "office"
    return Desk(folder, make_demo(folder, datetime.now(UTC), cost=OWASP_MINIMUM))


def figures(file: Path) -> list[str]:
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return [row["value"] or row["flag"] for row in csv.DictReader(_text(content))]


def _text(content: bytes) -> io.StringIO:
    return io.StringIO(content.decode("utf-8-sig"), newline="")


def test_a_report_is_listed_checked_published_and_found_in_the_ledger(
    office: Desk, tmp_path: Path
) -> None:
    listed = json.loads(office.call("report", "--list", "--json", member="coordinator").stdout)
    assert [table["table"] for table in listed["tables"]][:2] == ["T1", "T2"]
    assert YEAR in listed["periods"]
    assert listed["published"] == []
    words = ["report", "--table", "t1", "--table", "T2", "--period", YEAR]
    checked = office.call(*words, "--check", "--json", member="coordinator")
    assert json.loads(checked.stdout)["published"] is False
    assert "Nothing was published yet" in office.call("ledger", member="coordinator").stdout
    out = tmp_path / "o"
    done = office.run(*words, "--out", str(out), "--json", member="coordinator")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["tables"] == ["T1", "T1b", "T2a", "T2b", "T2c"]
    shown = [figure for part in told["tables"] for figure in figures(out / f"TABLE_{part}.csv")]
    assert len(shown) == told["figures"]
    assert shown.count("s") == told["withheld"] > 0
    assert all(figure == "s" or int(figure) == 0 or int(figure) >= 11 for figure in shown)
    assert (out / f"REPORT_{YEAR}.pdf").read_bytes().startswith(b"%PDF")
    ledger = json.loads(office.call("ledger", "--json", member="coordinator").stdout)
    assert len(ledger) >= 2
    again = tmp_path / "again"
    office.call(*words, "--out", str(again), member="coordinator")
    for part in told["tables"]:
        name = f"TABLE_{part}.csv"
        assert (again / name).read_bytes() == (out / name).read_bytes()
    assert len(json.loads(office.call("ledger", "--json", member="coordinator").stdout)) == len(
        ledger
    )


def test_published_files_stand_the_attack_and_others_do_not(office: Desk, tmp_path: Path) -> None:
    out = tmp_path / "o"
    words = ["report", "--table", "T2", "--period", YEAR, "--out", str(out)]
    assert office.call(*words, member="coordinator").returncode == 0
    file = out / "TABLE_T2b.csv"
    stood = call(["attack", *map(str, sorted(out.glob("TABLE_*.csv")))], "")
    assert stood.returncode == 0, stood.stdout
    rows = [row.split(",") for row in file.read_text("utf-8-sig").splitlines()]
    leaky = tmp_path / "leaky"
    leaky.mkdir()
    # One figure more than was published gives another one away.
    places = [i for i, row in enumerate(rows) if row[-1] == "s" and "Total" not in row[2:4]]
    rows[places[0]][-2:] = ["4", ""]
    text = "\r\n".join(",".join(row) for row in rows) + "\r\n"
    (leaky / "TABLE_T2b.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    told = call(["attack", "--json", str(leaky / "TABLE_T2b.csv")], "")
    assert told.returncode == 1
    assert json.loads(told.stdout)["small_figures_shown"] == 1


def test_other_rules_stand_side_by_side(office: Desk) -> None:
    words = ["simulate", "--period", YEAR, "--cost-per-day", "140", "--json"]
    done = office.call(*words, member="coordinator")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["policies"]) == 5
    everybody, nobody = told["lines"]["Detainers honored"][:2]
    assert int(everybody) >= 11
    assert nobody == "0"
    assert "illustration" in told["caution"]
    wrong = office.call(*words, "--serious", "none", member="coordinator")
    assert wrong.returncode == 1
    assert "misdemeanor" in wrong.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--table", "T1"], "Choose a period with --period"),
        (["--table", "T99", "--period", YEAR], "Choose tables with --table"),
        (["--period", YEAR], "Choose tables with --table"),
        (["--table", "T1", "--period", "soon"], "That is no period"),
    ],
)
def test_what_is_missing_is_said(
    office: Desk, tmp_path: Path, words: list[str], sentence: str
) -> None:
    out = tmp_path / "o"
    done = office.call("report", *words, "--out", str(out), member="coordinator")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert not out.exists()


def test_a_period_that_still_runs_is_not_published(office: Desk, tmp_path: Path) -> None:
    this = str(datetime.now(UTC).year + 1)
    words = ["report", "--table", "T1", "--period", this, "--out", str(tmp_path / "o")]
    done = office.call(*words, member="coordinator")
    assert done.returncode == 1
    assert not list(tmp_path.glob("o/*"))


def test_paralegals_publish_nothing(office: Desk, tmp_path: Path) -> None:
    words = ["report", "--table", "all", "--period", YEAR, "--out", str(tmp_path / "o")]
    done = office.call(*words, member="paralegal")
    assert done.returncode == 1
    assert "may not publish" in done.stderr


def test_only_an_administrator_starts_a_new_series(office: Desk) -> None:
    assert office.call("ledger", "--new-series", member="coordinator").returncode == 1
    done = office.call("ledger", "--new-series", "--json", member="administrator")
    assert done.returncode == 0, done.stderr
    assert "started" in json.loads(done.stdout)[-1]["what"]
    listed = json.loads(office.call("report", "--list", "--json", member="coordinator").stdout)
    assert listed["periods"] == []
