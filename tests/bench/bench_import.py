"""The county file imported, against a bare `executemany` of the same rows; 100,000 invented lines.

Where the county file does not stand beside the checkout, invented lines of its shape take its
place.
"""

import csv
import io
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import OfficeProfile
from intake_app.workflows.create_office import create_office
from intake_app.workflows.import_cases import import_cases
from tests.bench.figures import Figure

_COUNTY = Path(__file__).parents[2].parent / "shared/data/county_jail_detainers.csv"
_ROUNDS = 5
_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "secure_delete = ON",
    "cache_size = -32000",
    "journal_mode = WAL",
)
"""As the office file has them."""


_HEADINGS = (
    *("booking_ref", "sex", "race", "age_at_booking", "booking_date", "birthplace"),
    *("charge_code", "charge", "level", "sentence", "disposition_date", "disposition"),
)


def measure() -> list[Figure]:
    """Medians of five, ours and the peer's in turn; from bytes in memory to the end of commit."""
    real = _COUNTY.exists()
    table = _COUNTY.read_bytes() if real else invented(24_839)
    ours, peers, small, large = [], [], [], []
    lines, four_times = invented(25_000), invented(100_000)
    for _ in range(_ROUNDS):
        ours.append(_import(table))
        peers.append(_bare(table))
        small.append(_import(lines) / 25_000)
        large.append(_import(four_times) / 100_000)
    mine, peer = statistics.median(ours), statistics.median(peers)
    per_line, per_line_of_many = statistics.median(small), statistics.median(large)
    name = "the county file imported" if real else "24,839 invented lines imported"
    bare = "bare executemany of the same rows into SQLCipher"
    flat = "a line of 25,000"
    return [
        Figure(name, mine * 1e3, "ms", bare, mine / peer, 10),
        Figure(bare, peer * 1e3, "ms"),
        Figure(
            "one charge line of 100,000 imported",
            per_line_of_many * 1e6,
            "µs",
            flat,
            per_line_of_many / per_line,
            1.3,
        ),
        Figure("100,000 charge lines imported", per_line_of_many * 100_000, "s"),
    ]


def invented(lines: int) -> bytes:
    """A table of the county file's shape, with two or three lines a booking; always the same."""
    random = Random(7)  # noqa: S311 - not a secret
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADINGS)
    charges = [(f"INVENTED CHARGE {i}", random.choice(["A", "MB", "F3", "C"])) for i in range(400)]
    ended = ["SENTENCE COMPLETE", "DISMISSAL", "BOND-SURETY", "JUDGE ORDER"]
    written = booking = 0
    while written < lines:
        booking += 1
        day = f"20{random.randrange(10, 17)}-{random.randrange(1, 13):02}-"
        first = random.randrange(1, 20)
        born = random.choice(["Honduras", "Guatemala", "Guerrero, Mexico", "Peru"])
        about = [f"N{booking:06}", random.choice("MF"), "W", "30", f"{day}{first:02}", born]
        for _ in range(min(random.choice([1, 1, 2]), lines - written)):
            charge, level = random.choice(charges)
            out = f"{day}{first + random.randrange(9):02}"
            writer.writerow([*about, "1", charge, level, "", out, random.choice(ended)])
            written += 1
        if written < lines:
            held = ["4200", "ICE DETAINER", "F*", "", f"{day}28", "RELEASED TO ICE"]
            writer.writerow([*about, *held])
            written += 1
    return text.getvalue().encode()


def _import(table: bytes) -> float:
    now = datetime.now(UTC)
    profile = OfficeProfile("Bench", "TX", "", "America/Chicago")
    with tempfile.TemporaryDirectory() as folder:
        made = create_office(
            Path(folder) / "office", profile, "a", "A", "bench passphrase", now, OWASP_MINIMUM
        )
        with made.office as office:
            started = time.perf_counter()
            import_cases(office, table, None, now)
            return time.perf_counter() - started


def _bare(table: bytes) -> float:
    rows = [tuple(row) for row in csv.reader(io.StringIO(table.decode(), newline=""))][1:]
    with tempfile.TemporaryDirectory() as folder:
        raw = sqlcipher.connect(str(Path(folder) / "bare.db"), isolation_level=None)
        raw.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        columns = ", ".join(f"c{i}" for i in range(12))
        raw.execute(f"CREATE TABLE lines (id INTEGER PRIMARY KEY, {columns})")
        places = ", ".join("?" * 12)
        started = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(f"INSERT INTO lines ({columns}) VALUES ({places})", rows)  # noqa: S608
        raw.execute("COMMIT")
        taken = time.perf_counter() - started
        raw.close()
    return taken
