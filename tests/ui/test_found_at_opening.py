"""What was found at opening stands over every page until it is read."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from intake_app.core.roles import Role
from intake_app.store.keyring import KEY_COPY
from intake_app.ui.found_at_opening import READ, FoundAtOpening
from tests.offices import new_office, unlocked


def test_it_stays_until_it_is_read_and_is_not_told_twice(qtbot: Any, folder: Path) -> None:
    new_office(folder).office.close()
    (folder / KEY_COPY).write_bytes(b"")
    with unlocked(folder, Role.ADMINISTRATOR) as office:
        line = FoundAtOpening(office)
        qtbot.addWidget(line)
        line.show()
        assert line.words.text() == (
            "The key file keys-copy.json was damaged. It was mended from keys.json."
        )
        assert line.button.text() == READ
        assert not line.isHidden()
        again = FoundAtOpening(office)  # another look, another window
        qtbot.addWidget(again)
        assert again.words.text() == line.words.text()
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)
        assert line.isHidden()
        assert office.notices == ()
        last = FoundAtOpening(office)
        qtbot.addWidget(last)
        assert last.isHidden()
    with unlocked(folder) as office:
        assert office.notices == ()
