"""One field saved, with history, sealed and on disk, against a bare one-row SQLCipher commit."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.casefile import Household, Person
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import OfficeProfile
from intake_app.workflows.create_office import create_office
from intake_app.workflows.find_people import load_roster
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.bench.figures import Figure

_ROUNDS = 300


def measure() -> list[Figure]:
    """Median milliseconds of one save, for a field the case list shows and one it does not."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        profile = OfficeProfile("Bench", "FL", "", "America/New_York")
        made = create_office(
            Path(folder) / "office", profile, "a", "A", "bench passphrase", now, OWASP_MINIMUM
        )
        with made.office as office:
            case_id = start_intake(office, now).case_id
            load_roster(office)

            def name(i: int) -> object:
                return save_answer(office, case_id, Person, None, "surname", f"Nguyễn {i}", now)

            def adults(i: int) -> object:
                return save_answer(office, case_id, Household, None, "adults", i, now)

            bare = _bare(Path(folder))
            peer, listed, plain = _medians(lambda i: _commit(bare, i), name, adults)
    words = "bare one-row SQLCipher commit"
    return [
        Figure("one field saved, one the case list shows", listed, "ms", words, listed / peer, 10),
        Figure("one field saved, another", plain, "ms", words, plain / peer, 10),
        Figure("bare one-row SQLCipher commit", peer, "ms"),
    ]


def _bare(folder: Path) -> Any:
    raw = sqlcipher.connect(str(folder / "bare.db"), isolation_level=None)
    raw.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("CREATE TABLE answers (id INTEGER PRIMARY KEY, answer TEXT)")
    return raw


def _commit(raw: Any, i: int) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO answers (answer) VALUES (?)", (f"Nguyễn {i}",))
    raw.execute("COMMIT")


def _medians(*works: Callable[[int], object]) -> list[float]:
    """Milliseconds of each, taken in turn so that a busy moment of the machine hits all."""
    times: list[list[float]] = [[] for _ in works]
    for i in range(_ROUNDS):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work(i)
            taken.append((time.perf_counter() - started) * 1000)
    return [statistics.median(taken) for taken in times]
