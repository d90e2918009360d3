"""Adding, showing and copying documents writes nothing anywhere but where it must.

The whole way is done in a process of its own, with an empty folder for temporary files and an
empty home. Where the system has `strace`, every file that was opened to be written is looked at.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from intake_app.workflows.start_intake import start_intake
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, unlocked

ROOT = Path(__file__).parents[2]

_WORK = """
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from intake_app.core.casefile import Panel, Section
from intake_app.ui.asking import Asking
from intake_app.ui.documents_panel import DocumentsPanel
from intake_app.ui.jobs import Jobs
from intake_app.ui.section_view import SectionView
from intake_app.ui.theme import Theme, dress, load_fonts
from intake_app.workflows.open_case import open_case
from intake_app.workflows.unlock_office import unlock_office

folder, passphrase, now, case, copies, *files = sys.argv[1:]
now = datetime.fromisoformat(now)
app = QApplication([])
load_fonts()
dress(app, Theme())
jobs = Jobs()

class Answers(Asking):
    def open_files(self, *asked):
        return [Path(one) for one in files]
    def save_as(self, parent, title, suggested, kind):
        return Path(copies) / suggested.name

def done(work):
    answers = []
    jobs.run(work, answers.append, answers.append)
    settle()
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]

def settle():
    for _ in range(3):
        while jobs.busy or panel is not None and panel.busy:
            app.processEvents()
            QTest.qWait(1)
        QTest.qWait(30)

panel = None
office = done(partial(unlock_office, Path(folder), "administrator", passphrase, now))
made = DocumentsPanel(jobs, lambda: now)
panel = made
panel.asking = Answers()
section = Section("Documents", (), Panel.DOCUMENTS)
view = SectionView(section, office.member.role, "UTC", "", panel)
view.resize(900, 700)
view.show()
panel.show_case(office, done(partial(open_case, office, int(case))), other=True)
panel.add.click()
settle()
assert len(panel.rows) == len(files), panel.message.words.text()
for number in list(panel.rows):
    panel.open_document(number)
    settle()
    assert not panel.view.nothing.isVisible()
    panel.view.turn(1)
    panel.view.resize_by(3)
    settle()
    view.grab()
    panel.close_document()
    panel._ask_copy(number)
    panel.prove.field.edit.setText(passphrase)
    panel.prove.go.click()
    settle()
    panel.rows[number].title.setText(panel.rows[number].title.text() + " 2")
    panel.flush()
    settle()
first = next(iter(panel.rows.values()))
first.mark.click()
settle()
next(iter(panel.rows.values())).remove.click()
settle()
done(office.close)
jobs.close()
print("done", flush=True)
import os
os._exit(0)
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no strace elsewhere")
def test_nothing_of_a_document_is_written_outside_the_office_but_the_copy(tmp_path: Path) -> None:
    office_folder, scans = tmp_path / "office", tmp_path / "scans"
    places = {name: tmp_path / name for name in ("scans", "copies", "temporary", "home")}
    for place in places.values():
        place.mkdir()
    fax = io.BytesIO()
    pages = [Image.new("1", (400, 500), shade) for shade in (0, 1)]
    pages[0].save(fax, "TIFF", save_all=True, append_images=pages[1:])
    contents = {
        f"{papers.MARK}.pdf": papers.pdf(3),
        f"{papers.MARK}.png": papers.png(seed=papers.MARK.encode()),
        f"{papers.MARK}.tif": fax.getvalue(),
    }
    for name, content in contents.items():
        (scans / name).write_bytes(content)
    with new_office(office_folder).office as office:
        case = start_intake(office, NOW).case_id
    before = {path.name for path in office_folder.iterdir()}

    trace = tmp_path / "trace"
    strace = shutil.which("strace")
    watched = [strace, "-f", "-qq", "-o", str(trace), "-e", f"trace={_CALLS}"] if strace else []
    environment = os.environ | {
        "TMPDIR": str(places["temporary"]),
        "HOME": str(places["home"]),
        "XDG_CACHE_HOME": str(places["home"] / "cache"),
        "XDG_RUNTIME_DIR": str(places["home"]),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
    }
    ran = subprocess.run(
        [
            *(one for one in watched if one),
            sys.executable,
            "-c",
            _WORK,
            str(office_folder),
            PASSPHRASE,
            NOW.isoformat(),
            str(case),
            str(places["copies"]),
            *(str(scans / name) for name in contents),
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.stdout == "done\n", ran.stderr[-3000:]
    # The log says nothing of them.
    assert papers.MARK not in ran.stderr

    assert list(places["temporary"].iterdir()) == []
    after = {path.name for path in office_folder.iterdir()}
    assert after - before <= {"office.db-wal", "office.db-shm"}
    copied = {path.name: path.read_bytes() for path in places["copies"].iterdir()}
    assert sorted(copied.values()) == sorted(contents.values())
    assert not any(papers.MARK in name for name in copied)
    for path in (*office_folder.rglob("*"), *places["home"].rglob("*")):
        assert papers.MARK not in path.name
        if path.is_file():
            assert papers.MARK.encode() not in path.read_bytes(), path
    if strace:
        written = set(_written(trace.read_text(errors="replace"), ROOT))
        allowed = (str(office_folder), str(places["copies"]), "/dev/", "/proc/self/")
        fonts = str(places["home"] / "cache" / "fontconfig")
        stray = {path for path in written if not path.startswith((*allowed, fonts))}
        assert stray == set()
        assert any(path.endswith("office.db") for path in written), "the trace saw the writing"
        partial_copies = [path for path in written if path.endswith(".part")]
        assert len(partial_copies) == len(contents)
    with unlocked(office_folder) as office:
        assert office.damage() == []


_CALLS = "open,openat,openat2,creat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink"
_FIRST_PATH = re.compile(r'^\d+\s+(\w+)\((?:AT_FDCWD, |\d+, )?"((?:[^"\\]|\\.)*)"(.*)$')


def _written(trace: str, here: Path) -> list[str]:
    """Every path that was opened to be written, made or renamed."""
    found = []
    for line in trace.splitlines():
        seen = _FIRST_PATH.match(line)
        if seen is None or " = -1 " in line:
            continue
        call, path, rest = seen.groups()
        opened = call.startswith("open")
        if opened and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE", rest):
            continue
        told = path.encode().decode("unicode_escape").encode("latin-1").decode()
        found.append(told if told.startswith("/") else str(here / told))
    return found
