"""Killed at any moment, an office loses at most the word being typed.

A second process saves one answer after another and says each one aloud once it was told that it
is on the disk. It is killed without warning; what it said must be there.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

from intake_app.core.casefile import Charge, Intake, Person
from intake_app.workflows.find_people import find_people
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, unlocked
from tests.soak import how_many

ROUNDS = how_many(15, 200)

_TYPE = """
import sys
from datetime import datetime
from pathlib import Path
from intake_app.core.casefile import Charge, Intake, Person
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.unlock_office import unlock_office

folder, passphrase, now, case = sys.argv[1:5]
now = datetime.fromisoformat(now)
with unlock_office(Path(folder), "administrator", passphrase, now) as office:
    print("open", flush=True)
    for number in range(int(sys.argv[5]), 10**9):
        save_answer(office, int(case), Person, None, "surname", f"Surname {number}", now)
        print("surname", number, flush=True)
        save_answer(office, int(case), Intake, None, "summary", f"{number} " * 2000, now)
        print("summary", number, flush=True)
        entry = add_entry(office, int(case), Charge, now).entry_id
        print("charge", entry, flush=True)
        if number % 2:
            remove_entry(office, int(case), Charge, entry, now)
            print("removed", entry, flush=True)
"""


def type_and_die(folder: Path, case: int, first: int, seconds: float) -> list[tuple[str, int]]:
    """Start typing, kill after `seconds`, and return what was acknowledged, oldest first."""
    typist = subprocess.Popen(
        [sys.executable, "-c", _TYPE, str(folder), PASSPHRASE, NOW.isoformat(), str(case),
         str(first)],
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert typist.stdout is not None
    with typist, typist.stdout:
        assert typist.stdout.readline() == b"open\n"
        time.sleep(seconds)
        typist.kill()
        # The pipe still holds all that was said before the end; half a line was not said.
        said = typist.stdout.read()
        typist.wait()
    lines = said.decode().split("\n")[:-1]
    return [(what, int(number)) for what, number in (line.split() for line in lines)]


def test_every_acknowledged_answer_survives_being_killed(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        case = start_intake(office, NOW).case_id
    chosen = random.Random()  # noqa: S311 - moments, not keys; a fresh choice each time
    said_in_all = 0
    removed: set[int] = set()
    charges: set[int] = set()
    on_their_way: set[int] = set()
    first = 1
    for _ in range(ROUNDS):
        said = type_and_die(folder, case, first, chosen.uniform(0, 0.25))
        said_in_all += len(said)
        newest = {what: number for what, number in said if what in ("surname", "summary")}
        charges |= {number for what, number in said if what == "charge"}
        removed |= {number for what, number in said if what == "removed"}
        # Only the last one said may have been removed without a word.
        on_their_way |= {number for what, number in said[-1:] if what == "charge"}
        with unlocked(folder) as office:
            assert office.damage() == []
            found = open_case(office, case)
            surname = int((found.one(Person).surname or "Surname 0").split()[1])
            summary = int((found.one(Intake).summary or "0").split()[0])
            # The one after the last acknowledged may be there: it was on its way.
            for kept, name in ((surname, "surname"), (summary, "summary")):
                if name in newest:
                    assert newest[name] <= kept <= newest[name] + 1
            entries = {entry.id for entry in found.kept(Charge)}
            assert charges - removed - on_their_way <= entries
            assert not removed & entries
            (row,) = find_people(office, "")
            assert row.name == (f"Surname {surname}" if surname else "")
            first = max(surname, summary) + 1
    assert said_in_all > ROUNDS, "the typist was killed before it typed"


def test_the_same_typing_without_a_kill_is_all_there(tmp_path: Path) -> None:
    """The typist's own calls, to see that what the test looks for is what they write."""
    with new_office(tmp_path / "office").office as office:
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", "Surname 7", NOW)
        entry = add_entry(office, case, Charge, NOW).entry_id
        remove_entry(office, case, Charge, entry, NOW)
        assert open_case(office, case).kept(Charge) == ()
        assert open_case(office, case).one(Person).surname == "Surname 7"
