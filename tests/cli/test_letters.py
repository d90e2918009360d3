"""Letters on the command line: one, all at once, the register, the library."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.make_demo import make_demo
from tests.cli.conftest import Desk, cases_in, one_sentence


def test_a_letter_is_refused_where_the_state_requires_compliance(
    desk: Desk, tmp_path: Path
) -> None:
    for state in ("FL", "TX", "GA"):
        for number in cases_in(desk, state)[:3]:
            out = tmp_path / f"{state}.pdf"
            done = desk.call(
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
    for number in cases_in(desk, "CA") + cases_in(desk, "IL"):
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
    number = cases_in(desk, "CA")[0]
    for member in ("volunteer", "coordinator"):
        done = desk.call(
            "letter", "--case", number, "--kind", "decline", "--out", str(tmp_path / "x.pdf"),
            member=member,
        )  # fmt: skip
        assert "may not" in one_sentence(done)


def _json(desk: Desk, *words: str, member: str = "paralegal") -> Any:
    done = desk.call(*words, "--json", member=member)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_register_tells_what_became_of_each_letter(desk: Desk) -> None:
    rows = _json(desk, "letters")
    stands = {row["stands"] for row in rows}
    assert {"Drafts", "Waiting for an attorney", "Sent, no answer", "Answered"} <= stands
    (answered,) = (row for row in rows if row["stands"] == "Answered")
    assert answered["sent_by"] == "Fax"
    assert answered["answer"] == "Refused"
    told = desk.run("letters", member="attorney").stdout
    assert len(told.splitlines()) == len(rows)
    assert answered["number"] in told


def test_the_library_and_what_must_be_checked_again(desk: Desk) -> None:
    whole = _json(desk, "authorities")
    assert {"id", "name", "status", "checked", "stale", "blocked"} == set(whole[0])
    assert "F01" in {one["id"] for one in whole}
    stale = _json(desk, "authorities", "--stale")
    assert [one for one in whole if one["stale"]] == stale
    assert "F01" in desk.run("authorities", member="volunteer").stdout


def test_an_own_kind_that_is_not_there(desk: Desk, tmp_path: Path) -> None:
    done = desk.run(
        "letter", "--case", cases_in(desk, "CA")[0], "--own-kind", "nothing", "--out",
        str(tmp_path / "x.pdf"), member="attorney",
    )  # fmt: skip
    assert "no such letter" in one_sentence(done)
    assert not (tmp_path / "x.pdf").exists()


def test_all_running_clocks_at_once_and_nothing_twice(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    made = make_demo(folder, datetime.now(UTC), cases=60, seed=4, cost=OWASP_MINIMUM)
    desk = Desk(folder, made)
    before = len(_json(desk, "letters"))
    first = _json(desk, "batch", "--ask")
    written = [one for one in first if one["became"] == "written"]
    blocked = [one for one in first if one["became"] == "blocked"]
    assert written
    assert blocked
    assert all(one["why"] for one in blocked)
    rows = _json(desk, "letters")
    assert len(rows) == before + len(written)
    numbers = {row["number"] for row in rows if row["stands"] == "Waiting for an attorney"}
    assert {one["number"] for one in written} <= numbers
    again = desk.run("batch", "--ask", member="paralegal")
    assert again.stdout.splitlines()[-1].startswith("Written: 0. ")
    assert len(_json(desk, "letters")) == len(rows)


def test_who_writes_no_letters_learns_of_none(desk: Desk) -> None:
    for member in ("volunteer", "coordinator"):
        for command in ("letters", "batch"):
            done = desk.call(command, member=member)
            assert "may not" in one_sentence(done)
            assert done.stdout == ""


def test_what_is_said_is_chosen_and_the_office_copy_tells_what_it_rests_on(
    desk: Desk, tmp_path: Path
) -> None:
    out, copy = tmp_path / "letter.pdf", tmp_path / "copy.pdf"
    numbers = [case.number for case in desk.demo.cases[-30:]]
    words = ("--kind", "court_notice", "--ground", "plea", "--footnotes")

    def write(number: str, file: Path, *more: str) -> bool:
        asked = ("letter", "--case", number, *words, "--out", str(file), *more)
        return desk.call(*asked, member="attorney").returncode == 0

    number = next(one for one in numbers if write(one, out))
    assert write(number, copy, "--office-copy")
    told = " ".join(page.extract_text() for page in PdfReader(copy).pages)
    assert "Library of authorities" in told
    assert "Library of authorities" not in " ".join(
        page.extract_text() for page in PdfReader(out).pages
    )
    done = desk.call(
        "letter", "--case", number, "--kind", "cancel", "--out", str(out), member="attorney"
    )
    assert done.returncode == 1
    assert "at least one reason" in done.stderr
