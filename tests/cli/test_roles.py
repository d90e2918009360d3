"""Every command as every role: let in, or one sentence, exit code 1 and nothing on the screen.

The commands are those the program itself knows; one that is added and not listed here fails.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.cli import commands
from intake_app.core.roles import MAY, Act, Role, who_may
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.workflows.make_demo import make_demo
from tests.cli.conftest import Desk, one_sentence
from tests.roles_matrix import TABLE
from tests.soak import SOAK

FORMS: tuple[tuple[str, ...], ...] = ((), ("--json",)) if SOAK else ((),)


@dataclass(frozen=True)
class Verb:
    """A command line to try, and the acts it asks leave for; none where everybody may."""

    words: Callable[[Path, str], tuple[str, ...]] = lambda _place, _number: ()
    needs: tuple[Act, ...] = ()


READ, COMPOSE, PUBLISH = (Act.READ_CASES,), (Act.COMPOSE_LETTERS,), (Act.RELEASE_SUMMARIES,)


def _table(place: Path, _number: str) -> tuple[str, ...]:
    path = place / "jail.csv"
    path.write_bytes(TABLE)
    return (str(path),)


def _letter(place: Path, number: str) -> tuple[str, ...]:
    return ("--case", number, "--kind", "decline", "--out", str(place / "letter.pdf"))


def _report(place: Path, _number: str) -> tuple[str, ...]:
    return ("--period", "2026-Q1", "--table", "T1", "--out", str(place / "out"))


VERBS: dict[str, tuple[Verb, ...]] = {
    "unlock-check": (Verb(),),
    "check": (Verb(),),
    "find": (Verb(lambda *_: ("",), READ), Verb(lambda *_: ("no such name",), READ)),
    "import": (Verb(_table, (Act.IMPORT,)),),
    "letter": (Verb(_letter, COMPOSE),),
    "batch": (Verb(lambda *_: ("--clocks", "over"), COMPOSE),),
    "letters": (Verb(needs=COMPOSE),),
    "authorities": (Verb(needs=READ),),
    "report": (Verb(lambda *_: ("--list",), PUBLISH), Verb(_report, PUBLISH)),
    "simulate": (Verb(lambda *_: ("--period", "2026-Q1"), PUBLISH),),
    "history": (Verb(needs=(Act.SEE_OFFICE_HISTORY,)),),
    "backup": (Verb(needs=(Act.KEEP_BACKUPS,)),),
    "backups": (Verb(needs=(Act.KEEP_BACKUPS,)),),
    "drill": (Verb(needs=(Act.KEEP_BACKUPS,)),),
    "export": (Verb(lambda place, _number: (str(place),), (Act.EXPORT_ALL,)),),
    "retention": (Verb(needs=(Act.DESTROY,)),),
    "ledger": (
        Verb(needs=PUBLISH),
        Verb(lambda *_: ("--new-series",), (Act.START_SERIES,)),
    ),
}

NO_MEMBER = {"demo", "create", "tour", "clock", "attack", "restore"}
"""Commands that open nobody's office."""


def test_every_command_is_listed() -> None:
    known = set(commands._COMMANDS)
    assert known - set(VERBS) - NO_MEMBER == set(), "say in tests/cli/test_roles.py who may do it"
    assert set(VERBS) | NO_MEMBER == known
    with_a_member = {
        name for name, parser in _parsers().items() if "--member" in parser.format_help()
    }
    assert with_a_member == set(VERBS)


def _parsers() -> dict[str, argparse.ArgumentParser]:
    actions = commands._parser()._actions
    return next(dict(one.choices or {}) for one in actions if one.dest == "command")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("roles") / "office"
    return Desk(folder, make_demo(folder, datetime.now(UTC), cases=20, seed=3, cost=OWASP_MINIMUM))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", VERBS)
def test_every_command_as_every_role(office: Desk, tmp_path: Path, name: str, role: Role) -> None:
    number = office.demo.cases[0].number
    for verb in VERBS[name]:
        place = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        place.mkdir()
        words = verb.words(place, number)
        there = sorted(place.rglob("*"))
        for form in FORMS:
            done = office.call(name, *words, *form, member=role.value)
            missing = [act for act in verb.needs if act not in MAY[role]]
            if missing:
                asked = {
                    f"A {role.value} may not {act.value}. Ask: {', '.join(who_may(act))}."
                    for act in (*missing, *READ)
                }
                assert one_sentence(done) in asked
                assert done.stdout == ""
                assert [one for one in sorted(place.rglob("*")) if one.is_file()] == there
            else:
                assert "may not" not in done.stderr
                assert done.returncode == 0 or one_sentence(done)
                if form and done.stdout:
                    json.loads(done.stdout)


def test_a_refused_role_learns_from_no_sentence_which_cases_there_are(
    office: Desk, tmp_path: Path
) -> None:
    said = set()
    for number in (office.demo.cases[0].number, "2026-9999"):
        done = office.call("letter", *_letter(tmp_path, number), member="coordinator")
        said.add(one_sentence(done))
    assert len(said) == 1
