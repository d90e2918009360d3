"""Adding a document: who may, what a full disk and a killed program leave, how much memory."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake_app.core.document_media import LARGEST, BadFile, Media
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.store import document_parts
from intake_app.store.office import Office
from intake_app.workflows.add_document import add_document
from intake_app.workflows.clear_leftovers import clear_leftovers
from intake_app.workflows.read_documents import list_documents, read_document
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, staff, unlocked
from tests.soak import how_many

ROUNDS = how_many(5, 50)
PAPER = TakenFile(papers.pdf(), Media.PDF, "Detainer")
LARGE = TakenFile(b"x" * 10_000_000, Media.PDF, "Large")


@pytest.mark.parametrize("role", list(Role))
def test_who_may_add_a_document_and_a_protected_one(tmp_path: Path, role: Role) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        staff(office)
        case = start_intake(office, NOW).case_id
    with unlocked(folder, role) as office:
        if role is Role.COORDINATOR:
            with pytest.raises(NotAllowed):
                whole(add_document(office, case, PAPER, None, NOW))
            return
        whole(add_document(office, case, PAPER, None, NOW))
        if role is Role.VOLUNTEER:
            with pytest.raises(NotAllowed):
                whole(add_document(office, case, PAPER, None, NOW, protected=True))
            assert len(list_documents(office, case)) == 1
        else:
            made = whole(add_document(office, case, PAPER, None, NOW, protected=True))
            assert made.protected


def test_too_large_a_file_and_a_case_that_is_gone_are_sentences(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    large = TakenFile(bytes(LARGEST + 1), Media.PDF, "Large")
    with pytest.raises(BadFile, match="50 MB"):
        whole(add_document(office, case, large, None, NOW))
    with pytest.raises(AppError, match="no longer in the office file"):
        whole(add_document(office, case + 1, PAPER, None, NOW))


def test_a_full_disk_loses_nothing_and_leaves_nothing(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    kept = whole(add_document(office, case, PAPER, None, NOW))
    with office.reading() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1500}")
    with pytest.raises(AppError, match="disk refused"):
        whole(add_document(office, case, LARGE, None, NOW))
    assert list_documents(office, case) == (kept,)
    assert whole(read_document(office, kept.id)) == PAPER.content
    whole(clear_leftovers(office))
    with office.reading() as connection:
        assert not document_parts.has_leftovers(connection)
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    assert office.damage() == []
    assert whole(add_document(office, case, LARGE, None, NOW)).size == len(LARGE.content)


_ADD = """
import sys
from datetime import datetime
from pathlib import Path
from intake_app.core.document_media import Media
from intake_app.workflows.add_document import add_document
from intake_app.workflows.protect_document import protect_document
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from intake_app.workflows.unlock_office import unlock_office

folder, passphrase, now, case = sys.argv[1:]
now = datetime.fromisoformat(now)
with unlock_office(Path(folder), "administrator", passphrase, now) as office:
    print("open", flush=True)
    while True:
        file = TakenFile(b"x" * 10_000_000, Media.PDF, "Large")
        made = whole(add_document(office, int(case), file, None, now))
        print("added", made.id, flush=True)
        whole(protect_document(office, made.id, now, protected=True))
        print("protected", made.id, flush=True)
"""


def test_killed_at_any_moment_no_document_is_half_there(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        case = start_intake(office, NOW).case_id
    chosen = random.Random()  # noqa: S311 - moments, not keys; a fresh choice each time
    told: dict[str, set[int]] = {"added": set(), "protected": set()}
    for _ in range(ROUNDS):
        adding = subprocess.Popen(
            [sys.executable, "-c", _ADD, str(folder), PASSPHRASE, NOW.isoformat(), str(case)],
            stdout=subprocess.PIPE,
        )
        assert adding.stdout is not None
        with adding, adding.stdout:
            assert adding.stdout.readline() == b"open\n"
            time.sleep(chosen.uniform(0.05, 1.0))
            adding.kill()
            said = adding.stdout.read()
            adding.wait()
        for line in said.decode().split("\n")[:-1]:
            what, number = line.split()
            told[what].add(int(number))
        with unlocked(folder) as office:
            found = {one.id: one for one in list_documents(office, case)}
            assert told["added"] <= found.keys()
            assert told["protected"] <= {one.id for one in found.values() if one.protected}
            # The newest may be one that was not said any more; it is whole all the same.
            for newest in sorted(found)[-2:]:
                assert whole(read_document(office, newest)) == b"x" * 10_000_000
            with office.reading() as connection:
                assert not document_parts.has_leftovers(connection)
            assert office.damage() == []
