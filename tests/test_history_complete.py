"""Whatever changes the office file leaves a line of history, in words of ours and numbers alone."""

import re
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.casefile import RECORDS
from intake_app.core.errors import AppError
from intake_app.core.fields import questions
from intake_app.core.roles import Key, Role
from intake_app.store.documents import TITLE
from intake_app.store.keyring import KeyFile
from intake_app.store.schema import METADATA
from tests.conftest import PASSPHRASE
from tests.offices import raw_office, rows_and_schema, unlocked
from tests.roles_matrix import LOGO, RULES
from tests.roles_world import World, build
from tests.soak import SOAK

SILENT = {
    "keep_draft.keep_draft": "half-typed words are no answer yet",
    "keep_letter.keep_letter": "the making of a draft is told, not each edit of it",
    "keep_survey_response.keep_survey_response": "who answered, and when, must not be told",
    "back_up_office.back_up_office": "each backup stands in a table of its own, with its fault",
}
"""Workflows that may write without a line, and why."""

OWN_WORDS = {"name", "letterhead", "second_folder", *TITLE.values()}
"""Fields of no question: of the office’s own row, and the titles of documents."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    folder = tmp_path_factory.mktemp("complete") / "office"
    return folder, build(folder)


class Seen:
    """Line by line of history, and the rest of the file, by a connection of its own."""

    def __init__(self, raw: Any) -> None:
        self._raw, self._version, self._rest = raw, -1, list[object]()

    def lines(self) -> list[dict[str, object]]:
        told = self._raw.execute("SELECT * FROM history ORDER BY seq")
        names = [column[0] for column in told.description]
        return [dict(zip(names, row, strict=True)) for row in told]

    def count(self) -> int:
        counted: int = self._raw.execute("SELECT count(*) FROM history").fetchone()[0]
        return counted

    def rest(self) -> list[object]:
        """Everything else; read again only where SQLite says that somebody wrote to the file."""
        version = self._raw.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version = version
            found = rows_and_schema(self._raw)
            self._rest = [one for one in found if one[0] != "history"]  # type: ignore[index]
        return self._rest


WALKED = [Role.ADMINISTRATOR, *([Role.ATTORNEY, Role.VOLUNTEER] if SOAK else [])]


@pytest.mark.parametrize("role", WALKED)
def test_nothing_changes_without_a_line(
    made: tuple[Path, World], tmp_path: Path, role: Role
) -> None:
    kept, world = made
    folder = Path(shutil.copytree(kept, tmp_path / "office"))
    for name in ("into", "second"):
        (tmp_path / name).mkdir()
    (tmp_path / "logo.png").write_bytes(LOGO)
    key = KeyFile.read(folder).slot(role.value).open(PASSPHRASE)[Key.FILE]
    silent, told = [], set()
    with unlocked(folder, role) as office, raw_office(folder, key) as raw:
        seen = Seen(raw)
        for name, rule in RULES.items():
            if not rule.let_in(role):
                continue
            before, lines = seen.rest(), seen.count()
            with suppress(AppError):
                rule.run(office, world)
            if seen.count() > lines:
                told.add(name)
            elif seen.rest() != before:
                silent.append(name)
        assert office.damage() == []
        no_values_in_plain(seen.lines())
    assert [name for name in silent if name not in SILENT] == []
    assert len(told) > (15 if role is Role.VOLUNTEER else 35), sorted(told)


def no_values_in_plain(lines: list[dict[str, object]]) -> None:
    """What is not sealed is a number, a moment, or a word of the program."""
    fields = {asked.name for cls in RECORDS for asked in questions(cls)} | OWN_WORDS
    for line in lines:
        assert datetime.fromisoformat(str(line["at"])).utcoffset() is not None
        assert re.fullmatch(r"[A-Za-z, ]{4,45}", str(line["action"])), line["action"]
        assert line["record"] is None or line["record"] in METADATA.tables
        if line["record"] != "office_letter_kinds":
            # Of a kind of letter the office wrote, the short name the office gave it.
            assert line["field"] is None or line["field"] in fields, line["field"]
        for name in ("seq", "member_id", "case_id", "entry_id", "undoes"):
            assert line[name] is None or isinstance(line[name], int)
        for side in ("before", "after"):
            value = line[side]
            assert value is None or (isinstance(value, bytes) and value[0] in (0, 1))
