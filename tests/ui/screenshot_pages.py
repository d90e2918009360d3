"""Pictures of the door and of desk, letters, reports, authorities and office over a demo office.

`python -m tests.ui.screenshot_pages OUTDIR [THEME …]`; the themes are those of `screenshots.py`,
which draws the case pages. Everybody in the pictures is invented.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui.batch_page import BatchPage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.office_page import OfficePage
from intake_app.ui.recent_offices import RecentOffices
from intake_app.ui.report_policies import POLICIES
from intake_app.ui.reports_page import ReportsPage
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Theme, dress, load_fonts
from intake_app.ui.unlock_dialog import UnlockDialog
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.read_letters import Place, letter_register
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE
from tests.ui.demo_office import Answers, DemoFolder, demo_folder
from tests.ui.screenshots import THEMES, Photographer

Looks = list[tuple[str, Callable[[MainWindow], None]]]
"""Names of pictures, and what brings the window there."""


def check_reports(photo: Photographer, window: MainWindow) -> None:
    """Every table of the last half-year, checked."""
    page = window.page("reports")
    assert isinstance(page, ReportsPage)
    page.head.dates.setCurrentIndex(page.head.dates.findText("January to June 2026 (half-year)"))
    page.list.tick(frozenset(page.list.ticks))
    page.head.check.click()
    while page.work.busy:
        photo.pause(50)


def reports(key: str) -> Callable[[MainWindow], None]:
    """Another table or view of the reports page."""

    def look(window: MainWindow) -> None:
        page = window.page("reports")
        assert isinstance(page, ReportsPage)
        page._show(key)

    return look


def photograph_door(photo: Photographer, theme: Theme, prefix: str, place: Path) -> None:
    """The unlock window: first start, creating an office, its sheet, coming back, forgetting."""
    recent = RecentOffices(place / "offices.json")
    offices: list[Office] = []

    def door() -> UnlockDialog:
        made = UnlockDialog(
            photo.jobs, lambda: NOW, recent, Answers(), demonstration=place / "demonstration"
        )
        made.new_office.cost = OWASP_MINIMUM
        made.unlocked.connect(offices.append)
        made.themed(theme)
        made.show()
        return made

    dialog = door()
    photo.take(dialog, f"{prefix}-door-first-start")
    dialog.door.create_button.click()
    page = dialog.new_office
    page.name.setText("Legal Aid Office of the Bay")
    page.state.setCurrentIndex(page.state.findData("FL"))
    page.letterhead.setPlainText("100 Example Avenue, Miami, FL 33100\n(305) 555-0100")
    page.folder.setText(str(place / "Legal Aid Office"))
    page.person.setText("Ana Beltrán")
    page.login.setText("ana")
    page.passphrase.edit.setText(PASSPHRASE)
    page.again.edit.setText("another one")
    page.button.click()
    photo.take(dialog, f"{prefix}-door-create")
    page.again.edit.setText(PASSPHRASE)
    page.button.click()
    photo.take(dialog, f"{prefix}-door-sheet")
    dialog.sheet.view.tick.setChecked(True)
    dialog.sheet.done.click()
    photo.done(offices.pop().close)
    dialog = door()
    photo.settle()
    dialog.door.passphrase.edit.setText("not this one")
    dialog.door.open_button.click()
    photo.take(dialog, f"{prefix}-door-wrong")
    dialog.door.forgot.click()
    photo.take(dialog, f"{prefix}-door-forgotten")
    dialog.close()


OFFICE_SECTIONS = 11


def letter_without_blockers(photo: Photographer, office: Office, made: DemoFolder) -> int:
    """The first case a letter can be written for."""
    for case_id in range(1, len(made.demo.cases) + 1):
        if photo.done(partial(compose_letter, office, case_id, "decline", NOW)).pdf is not None:
            return case_id
    raise AssertionError("no case of the demonstration has a letter")


def photograph_pages(photo: Photographer, theme: Theme, prefix: str, made: DemoFolder) -> None:
    """Each page as the member sees it who works with it."""

    def show(key: str, what: object = None) -> Callable[[MainWindow], None]:
        return lambda window: window.go(key, what)

    def add_member(window: MainWindow) -> None:
        window.go("office")
        page = window.page("office")
        assert isinstance(page, OfficePage)
        page.open_section("Members")
        page.members.add.click()

    def section(number: int) -> Callable[[MainWindow], None]:
        def look(window: MainWindow) -> None:
            window.go("office")
            page = window.page("office")
            assert isinstance(page, OfficePage)
            page.open_section(page.sections[number].title)

        return look

    def batch(window: MainWindow) -> None:
        window.go("batch")
        photo.settle()
        page = window.page("batch")
        assert isinstance(page, BatchPage)
        page.write.click()

    def kept_letters(office: Office) -> Looks:
        """The register, place by place, and one letter of each kind that is kept."""

        def register(place: Place) -> Callable[[MainWindow], None]:
            return lambda window: window.go("letters", place)

        rows = photo.done(partial(letter_register, office, NOW))
        kinds = {row.title: ShowLetter(row.letter_id, row.case_id) for row in rows}
        return [
            *((f"register-{place.name.lower()}", register(place)) for place in Place),
            *((f"letter-kept-{k}", show("letter", one)) for k, one in enumerate(kinds.values())),
        ]

    def attorney(office: Office) -> Looks:
        return [
            ("desk", show("desk")),
            ("letters", show("letters")),
            ("letter", show("letter", letter_without_blockers(photo, office, made))),
            ("letter-blocked", show("letter", made.number_in("FL"))),
            *kept_letters(office),
            ("batch", batch),
            ("authorities", show("authorities", "F07")),
        ]

    def administrator(_office: Office) -> Looks:
        sections = [(f"office-{number}", section(number)) for number in range(OFFICE_SECTIONS)]
        return [*sections, ("office-add", add_member)]

    def coordinator(_office: Office) -> Looks:
        return [
            ("reports-before", show("reports")),
            ("reports", partial(check_reports, photo)),
            ("reports-two-sides", reports("T02")),
            ("reports-time", reports("T07")),
            ("reports-survey", reports("T09")),
            ("reports-policies", reports(POLICIES)),
            ("reports-own", reports("own")),
            ("reports-rows", reports("rows")),
            ("reports-known", reports("known")),
            ("reports-ledger", reports("ledger")),
            ("office-coordinator", show("office")),
        ]

    for role, looks in (
        (Role.ATTORNEY, attorney),
        (Role.ADMINISTRATOR, administrator),
        (Role.COORDINATOR, coordinator),
    ):
        words = made.demo.passphrases[role.value]
        office = photo.done(partial(unlock_office, made.folder, role.value, words, NOW))
        with photo.window(office, theme) as window:
            for name, look in looks(office):
                look(window)
                # Pages of a letter are drawn by a thread of Qt's that tells nobody.
                photo.pause(400 if name.startswith("letter") else 0)
                photo.take(window, f"{prefix}-{name}")


def main(arguments: list[str]) -> int:
    """Draw everything into a folder."""
    if not arguments:
        sys.stderr.write("usage: python -m tests.ui.screenshot_pages OUTDIR [THEME …]\n")
        return 2
    folder, only = Path(arguments[0]), set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts()
    with tempfile.TemporaryDirectory() as place:
        made = demo_folder(Path(place) / "demo", NOW, 300)
        photo = Photographer(app, folder, made.folder)
        for name, theme in THEMES.items():
            if only and name not in only:
                continue
            dress(app, theme)
            doors = Path(place) / name
            doors.mkdir()
            photograph_door(photo, theme, name, doors)
            photograph_pages(photo, theme, name, made)
        photo.jobs.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
