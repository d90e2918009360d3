"""An office of 100,000 cases: unlock to list, key to results, memory."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.names import fold
from intake_app.start import prepared_application
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.store.roster import RosterQuery
from intake_app.ui.jobs import Jobs
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages import PAGES
from intake_app.ui.people_list import PeopleList
from intake_app.ui.theme import Theme, dress
from intake_app.workflows.find_people import CaseQuery, find_people, list_cases, load_roster
from intake_app.workflows.make_demo import make_demo
from intake_app.workflows.unlock_office import unlock_office
from tests.bench.figures import Figure

_CASES = 100_000


def measure() -> list[Figure]:
    """Times in milliseconds; the search is typed letter by letter, names chosen from the list."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        office_folder = Path(folder) / "office"
        started = time.perf_counter()
        demo = make_demo(office_folder, now, cases=_CASES, seed=7, cost=OWASP_MINIMUM)
        made = time.perf_counter() - started
        asked = [str(office_folder), demo.passphrases["paralegal"]]
        figures = [
            Figure(**figure)
            for part in ("list", "window")
            for figure in json.loads(_child(part, *asked))
        ]
    return [Figure(f"an office of {_CASES:,} invented cases made", made, "s"), *figures]


def _list_and_search(folder: Path, passphrase: str) -> list[dict[str, object]]:
    now = datetime.now(UTC)
    started = time.perf_counter()
    office = unlock_office(folder, "paralegal", passphrase, now)
    unlocked = time.perf_counter()
    first = list_cases(office, CaseQuery(), 0, 100)
    listed = time.perf_counter()
    load_roster(office)
    loaded = time.perf_counter()
    peer = _plain_index(
        [
            (row.case_id, fold(f"{row.name} {row.number} {row.booking_number}"))
            for row in office.roster.page(RosterQuery(), 0, _CASES)
        ]
    )
    keys = [
        name[: length + 1]
        for row in first.rows
        if (name := fold(row.name))
        for length in range(2, min(len(name), 8))
        if any(len(word) > 2 for word in name[: length + 1].split())
    ][:400]
    pairs = [
        (_time(partial(find_people, office, key)), _time(partial(_plain_find, peer, key)))
        for key in keys
    ]
    ours, bare = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    office.close()
    mine, theirs = _percentile(ours), _percentile(bare)
    words = "bare FTS5 query on plain SQLite"
    return [
        vars(Figure("passphrase to open office, 100,000 cases", (unlocked - started) * 1e3, "ms")),
        vars(Figure("open office to first page of the case list", (listed - unlocked) * 1e3, "ms")),
        vars(Figure("all names opened and indexed, in the background", loaded - listed, "s")),
        vars(Figure("key to 200 results, 95th percentile", mine, "ms", words, mine / theirs, 3)),
        vars(Figure("key to 200 results, 95th percentile", mine, "ms", "aim", None, 16)),
        vars(Figure("key to 200 results, median", statistics.median(ours), "ms")),
    ]


def _in_the_window(folder: Path, passphrase: str) -> list[dict[str, object]]:
    """The real window over the same office: unlock to list drawn, memory when all is loaded."""
    app = prepared_application()
    dress(app, Theme())
    jobs = Jobs()
    offices: list[Office] = []
    now = datetime.now(UTC)

    # As the program itself waits: a loop of `processEvents` would keep the office thread waiting.
    def until(reached: Callable[[], bool]) -> None:
        loop, look = QEventLoop(), QTimer()
        look.timeout.connect(lambda: loop.quit() if reached() else None)
        look.start(2)
        if not reached():
            loop.exec()

    def settle() -> None:
        until(lambda: not jobs.busy)

    started = time.perf_counter()
    unlock = partial(unlock_office, folder, "paralegal", passphrase, now)
    jobs.run(unlock, offices.append, _raise)
    settle()
    office = offices[0]
    window = MainWindow(jobs, office, [kind(jobs, lambda: now) for kind in PAGES], Theme(), 10)
    window.resize(1280, 820)
    window.show()
    window.go("cases")
    people = window.page("cases")
    assert isinstance(people, PeopleList)
    until(lambda: people.model.rowCount() > 0)
    window.grab()
    drawn = time.perf_counter() - started
    jobs.run(partial(load_roster, office), _nothing, _raise)
    settle()
    for key, what in (("desk", None), ("case", _CASES // 2), ("cases", None)):
        window.go(key, what)
        settle()
        window.grab()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    jobs.run(office.close, _nothing, _raise)
    jobs.close()
    return [
        vars(Figure("unlock to case list drawn, 100,000 cases", drawn, "s")),
        vars(Figure("memory of the window, all names open", megabytes, "MB", "", None, 400)),
    ]


def _nothing(_answer: object) -> None:
    """Nobody waits for that."""


def _raise(error: Exception) -> None:
    raise error


def _child(part: str, *words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_search", part, *words],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def _plain_index(words: list[tuple[int, str]]) -> Any:
    plain = sqlcipher.connect(":memory:")
    plain.execute("CREATE VIRTUAL TABLE found USING fts5(words, tokenize='trigram')")
    plain.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", words)
    return plain


def _plain_find(plain: Any, key: str) -> list[object]:
    pieces = " ".join(f'"{word}"' for word in key.split() if len(word) > 2)
    query = "SELECT rowid, words FROM found WHERE found MATCH ? LIMIT 200"
    return list(plain.execute(query, (pieces,)).fetchall())


def _time(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _percentile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    measured = _in_the_window if sys.argv[1] == "window" else _list_and_search
    sys.stdout.write(json.dumps(measured(Path(sys.argv[2]), sys.argv[3])))
