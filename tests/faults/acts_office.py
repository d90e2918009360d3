"""Acts on the office itself: a new one, members, a passphrase, an update."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from intake_app.core.answers import show
from intake_app.core.casefile import RECORDS
from intake_app.core.errors import AppError, WrongPassphrase
from intake_app.core.fields import question, title_of
from intake_app.core.roles import Role
from intake_app.workflows.manage_members import (
    add_member,
    change_passphrase,
    deactivate_member,
    list_members,
)
from intake_app.workflows.open_case import open_case
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE
from tests.faults.act import Act, Say, office_in, sound
from tests.offices import new_office, proof_of, staff, unlocked

OTHER = "otter granite willow canoe"
OLD = Path(__file__).parents[1] / "released" / "0004"
BACKUPS = "backups"


def staffed(folder: Path) -> None:
    """An office with a member of each role."""
    with new_office(office_in(folder)).office as office:
        staff(office)


def opens(folder: Path, login: str, passphrase: str) -> bool:
    """Whether that member gets in with that passphrase."""
    try:
        unlock_office(office_in(folder), login, passphrase, NOW).close()
    except WrongPassphrase:
        return False
    return True


# Creating.


def create(folder: Path, say: Say) -> None:
    """A new office in a new folder."""
    with new_office(office_in(folder)).office:
        say("created")


def created(folder: Path, said: Sequence[str]) -> None:
    """It opens, or there is none."""
    if "created" in said or (office_in(folder) / "keys.json").exists():
        sound(folder).close()


# Members.


def change_members(folder: Path, say: Say) -> None:
    """One comes, one goes."""
    with unlocked(office_in(folder)) as office:
        add_member(office, "clerk", "C. Clerk", Role.PARALEGAL, PASSPHRASE, proof_of(office), NOW)
        say("added")
        deactivate_member(office, "volunteer", proof_of(office), NOW)
        say("gone")


def members_kept(folder: Path, said: Sequence[str]) -> None:
    """Who was added gets in, who went does not; a half-done change can be done again."""
    if "added" in said:
        assert opens(folder, "clerk", PASSPHRASE)
    if "gone" in said:
        assert not opens(folder, "volunteer", PASSPHRASE)
    with sound(folder) as office:
        active = {member.login for member in list_members(office) if member.active}
        if "clerk" not in active:
            add_member(
                office, "clerk", "C. Clerk", Role.PARALEGAL, PASSPHRASE, proof_of(office), NOW
            )
        if "volunteer" in active:
            deactivate_member(office, "volunteer", proof_of(office), NOW)
    assert opens(folder, "clerk", PASSPHRASE)
    assert not opens(folder, "volunteer", PASSPHRASE)
    assert opens(folder, "attorney", PASSPHRASE)


# A passphrase.


def new_passphrase(folder: Path, say: Say) -> None:
    """The attorney changes her passphrase."""
    with unlocked(office_in(folder), Role.ATTORNEY) as office:
        try:
            change_passphrase(office, PASSPHRASE, OTHER, NOW)
        except AppError as error:
            say("unknown" if "One of the two opens" in error.sentence else "refused")
            raise
        say("changed")


def one_passphrase(folder: Path, said: Sequence[str]) -> None:
    """One of the two opens, and it is the one she was told."""
    old, new = (opens(folder, "attorney", words) for words in (PASSPHRASE, OTHER))
    assert old != new
    if "changed" in said:
        assert new
    if "refused" in said:
        assert old
    sound(folder).close()


# An update.


def older(folder: Path) -> None:
    """A real office of the last released version."""
    shutil.copytree(OLD, office_in(folder))


def update(folder: Path, say: Say) -> None:
    """Opened by this version, it is brought up to date."""
    with unlocked(office_in(folder), Role.ATTORNEY):
        say("open")


def updated(folder: Path, said: Sequence[str]) -> None:
    """Every answer is there, and a backup was made before."""
    if "open" in said:
        assert any((office_in(folder) / BACKUPS).iterdir())
    with sound(folder, Role.ATTORNEY) as office:
        case = open_case(office, 1)
        for place, words in json.loads((OLD / "answers.json").read_text("utf-8")).items():
            table, name = place.split(".")
            cls = next(cls for cls in RECORDS if title_of(cls).table == table)
            kept: object = case.one(cls)
            assert show(question(cls, name), getattr(kept, name)) == words, place


def nothing(_folder: Path) -> None:
    """An empty folder."""


OFFICE_ACTS = (
    Act("creating", nothing, create, created),
    Act("members", staffed, change_members, members_kept),
    Act("passphrase", staffed, new_passphrase, one_passphrase),
    Act("migrating", older, update, updated),
)
