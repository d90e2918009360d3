"""Pictures of every section of a case: `python -m tests.ui.screenshot_sections OUTDIR [THEME …]`.

Over the demonstration office, as an attorney and (a few) as a volunteer sees them.
"""

import os
import sys
import tempfile
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from intake_app.core.roles import Role
from intake_app.ui.case_page import CasePage
from intake_app.ui.theme import dress, load_fonts
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW
from tests.ui.demo_office import DemoFolder, demo_folder
from tests.ui.screenshots import THEMES, Photographer


def photograph(photo: Photographer, made: DemoFolder, prefix: str, role: Role) -> None:
    """Every section of the first case, as one kind of member sees it."""
    words = made.demo.passphrases[role.value]
    office = photo.done(partial(unlock_office, made.folder, role.value, words, NOW))
    with photo.window(office, THEMES[prefix]) as window:
        window.go("case", 1)
        photo.settle()
        page = window.page("case")
        assert isinstance(page, CasePage)
        for section in page.forms.sections:
            page.open_section(section.title)
            name = section.title.lower().replace(" ", "-")
            photo.take(window, f"{prefix}-{role.value}-{name}")


def main(arguments: list[str]) -> int:
    """Draw everything into a folder."""
    if not arguments:
        sys.stderr.write("usage: python -m tests.ui.screenshot_sections OUTDIR [THEME …]\n")
        return 2
    folder, only = Path(arguments[0]), set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts()
    with tempfile.TemporaryDirectory() as place:
        made = demo_folder(Path(place) / "demo", NOW, 60)
        photo = Photographer(app, folder, made.folder)
        for name, theme in THEMES.items():
            if not only or name in only:
                dress(app, theme)
                photograph(photo, made, name, Role.ATTORNEY)
                photograph(photo, made, name, Role.VOLUNTEER)
        photo.jobs.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
