"""Make a demonstration office full of invented people."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake_app import paths
from intake_app.core.casefile import Custody
from intake_app.core.demo_letters import directory_of
from intake_app.core.demo_material import Luck, Material, read_material
from intake_app.core.demo_people import DemoCase, demo_cases
from intake_app.core.demo_survey import demo_responses
from intake_app.core.roles import Role
from intake_app.store import members, survey
from intake_app.store.bulk_cases import WholeCase, write_cases
from intake_app.store.keyring import Cost
from intake_app.store.office import OfficeProfile
from intake_app.workflows.addressees import keep_addressee
from intake_app.workflows.create_office import create_office
from intake_app.workflows.demo_letters import approve_letters, begin_letters
from intake_app.workflows.unlock_office import unlock_office


@dataclass(frozen=True)
class DemoRow:
    """One case of the office: its number, and the state of the jail ("" where not known)."""

    number: str
    state: str


@dataclass(frozen=True)
class Demo:
    """What was made. The passphrases are in the open: everybody in the office is invented."""

    passphrases: dict[str, str]
    cases: tuple[DemoRow, ...]


def make_demo(
    folder: Path, now: datetime, cases: int = 300, seed: int = 1, cost: Cost | None = None
) -> Demo:
    """Make an office in an empty or new folder, with one member of each role, and close it.

    `now` is aware; the clocks of the cases stand as they do at that moment. The logins are the
    names of the roles. The same `seed` and `now` give the same people and passphrases. The
    recovery sheet is thrown away. Raises `AppError` where the folder can't be used.
    """
    material = demo_material()
    luck = Luck(f"passphrases {seed}")
    passphrases = {role.value: _passphrase(luck, material) for role in Role}
    profile = OfficeProfile(
        name=material.office["name"],
        state=material.office["state"],
        letterhead=material.office["letterhead"],
        zone=material.office["zone"],
    )
    first = Role.ADMINISTRATOR.value
    created = create_office(
        folder, profile, first, material.members[first], passphrases[first], now, cost
    )
    states: list[str] = []
    with created.office as office:
        ids = {first: office.member.id}
        for role in Role:
            if role.value != first:
                name, words = material.members[role.value], passphrases[role.value]
                ids[role.value] = members.add_member(office, role.value, name, role, words, now).id

        def told() -> Iterator[WholeCase]:
            workers = (ids[Role.VOLUNTEER.value], ids[Role.PARALEGAL.value])
            for k, case in enumerate(demo_cases(material, cases, seed, now)):
                states.append(_state_of(case))
                yield WholeCase(
                    case.records,
                    case.started_at.astimezone(now.tzinfo),
                    case.changed_at.astimezone(now.tzinfo),
                    workers[k % 2],
                )

        numbers = write_cases(office, told())
        for entry in directory_of(material):
            keep_addressee(office, entry, now)
        with office.writing() as connection:
            for response, quarter in demo_responses(seed, office.today(now)):
                survey.keep_response(connection, response, quarter)
    _write_letters(folder, passphrases, len(numbers), now)
    rows = zip(numbers, states, strict=True)
    return Demo(passphrases, tuple(DemoRow(number, state) for number, state in rows))


def _write_letters(folder: Path, passphrases: dict[str, str], count: int, now: datetime) -> None:
    """Letters in the first cases and in the newest ones, which are current."""
    for role, write, cases in (
        (Role.PARALEGAL, begin_letters, range(2, count + 1)),
        (Role.ATTORNEY, approve_letters, range(count, 1, -1)),
    ):
        with unlock_office(folder, role.value, passphrases[role.value], now) as office:
            write(office, cases, now)


def demo_material() -> Material:
    """The lists of invented names, jails, charges and words, from the program's own files."""
    folder = paths.db_folder() / "demo"
    return read_material(
        {path.stem: tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*.toml")}
    )


def _passphrase(luck: Luck, material: Material) -> str:
    return " ".join(luck.one(material.words["passphrase"]) for _ in range(4))


def _state_of(case: DemoCase) -> str:
    found: tuple[Custody, ...] = case.records[Custody]
    return found[0].facility_state.value if found and found[0].facility_state else ""
