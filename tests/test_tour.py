"""The tour does the main job in the real window and leaves its results."""

import subprocess
import sys
import time
from pathlib import Path

from pypdf import PdfReader

_ROOT = Path(__file__).parents[1]


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "intake_app", "tour", str(folder)]


def _tour(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _command(folder),
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def _words(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_the_tour(tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    done = _tour(folder)
    assert done.returncode == 0, done.stderr
    words, draft = (_words(folder / name) for name in ("letter.pdf", "letter-draft.pdf"))
    for read in (words, draft):
        assert "Žydrūnas Nuñez-Đặng" in read
        assert "Please call us at the number above before noon." in read
    assert "DRAFT" in draft
    assert "DRAFT" not in words
    reports = folder / "reports"
    assert (reports / "TABLE_T2b.csv").read_bytes().startswith(b"\xef\xbb\xbftable_id,")
    [report] = reports.glob("REPORT_*.pdf")
    assert "Counts of cases, not of people" in _words(report)
    pictures = {path.stem for path in (folder / "screenshots").glob("*.png")}
    assert {"desk", "cases", "find", "letter", "reports", "authorities", "office"} <= pictures
    assert {"letters-sent", "letters-batch"} <= pictures
    _begins_anew(folder)


def _begins_anew(folder: Path) -> None:
    """A tour over an earlier one: seen to make its own office, then ended."""
    again = subprocess.Popen(
        _command(folder), cwd=_ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        made = folder / "office" / "keys.json"
        until = time.monotonic() + 60
        while (folder / "reports").exists() or not made.exists():
            assert again.poll() is None, again.communicate()[1]
            assert time.monotonic() < until
            time.sleep(0.02)
    finally:
        again.kill()
        again.communicate()


def test_the_tour_overwrites_nothing_of_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    done = _tour(tmp_path)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert (tmp_path / "precious.txt").read_text() == "mine"
