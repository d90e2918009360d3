"""The window is killed in the middle of a sentence; what was typed before is there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from intake_app.core.casefile import Intake
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.ui.form_view import DRAFT_AFTER
from intake_app.workflows.create_office import create_office
from intake_app.workflows.open_case import open_case
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE

PAUSE = 60
"""Milliseconds between two keys: a fast typist, who never stops to think."""

_TYPIST = """
import sys
from functools import partial
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from intake_app.core.casefile import Intake
from intake_app.ui import keyboard
from intake_app.ui.case_page import CasePage
from intake_app.ui.jobs import Jobs
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE

app = QApplication([])
jobs = Jobs()
pages = []

def opened(office):
    page = CasePage(jobs, lambda: NOW)
    pages.append(page)
    page.show_for(office, int(sys.argv[2]))
    page.show()
    QTimer.singleShot(400, partial(begin, page))

def begin(page):
    text = keyboard.form_of(page, Intake).rows["summary"].edit.control
    text.setFocus()
    keys = QTimer(page)
    keys.timeout.connect(partial(key, text))
    keys.start(int(sys.argv[3]))

def key(text):
    QTest.keyClicks(text, "word "[len(text.toPlainText()) % 5])
    print(len(text.toPlainText()), flush=True)

jobs.run(partial(unlock_office, Path(sys.argv[1]), "administrator", PASSPHRASE, NOW), opened, print)
app.exec()
"""


def test_killed_while_typing(folder: Path) -> None:
    made = create_office(
        folder, PROFILE, "administrator", "A. Ruiz", PASSPHRASE, NOW, OWASP_MINIMUM
    )
    with made.office as office:
        case_id = start_intake(office, NOW).case_id
    typed = 0
    with subprocess.Popen(
        [sys.executable, "-c", _TYPIST, str(folder), str(case_id), str(PAUSE)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            typed = int(line)
            if typed >= 47:
                process.send_signal(signal.SIGKILL)
                break
    with unlock_office(folder, "administrator", PASSPHRASE, NOW) as office:
        kept = open_case(office, case_id, NOW).one(Intake).summary or ""
        assert office.damage() == []
    assert kept == ("word " * 20)[: len(kept)].strip() or kept == ("word " * 20)[: len(kept)]
    # A draft is at most DRAFT_AFTER old; the rest is slack for a busy machine. Without drafts
    # all 47 are lost.
    lost = typed - len(kept)
    assert lost <= DRAFT_AFTER / PAUSE + 24, f"{lost} letters of {typed} lost"
