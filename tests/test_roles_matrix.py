"""One matrix, one walk: every workflow as every role is let in or refused as the matrix says.

The workflows are found by looking at the package, so one that is added and not listed fails.
"""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import intake_app.workflows
from intake_app.core.casefile import Abuser, Protection
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Act, Key, Role, who_may
from intake_app.core.vocabulary import YesNo
from intake_app.store.keyring import KeyFile
from intake_app.store.office import Office
from intake_app.workflows import (
    add_document,
    case_history,
    deleted_things,
    export_document,
    keep_draft,
    protect_document,
    read_documents,
    remove_document,
    retitle_document,
    save_case,
    undo_change,
)
from intake_app.workflows.steps import whole
from tests.conftest import NOW, PASSPHRASE
from tests.offices import proof_of, raw_office, rows_and_schema, unlocked
from tests.roles_matrix import AT_THE_DOOR, LOGO, PLAIN, RULES, page
from tests.roles_world import PAPER, World, build

PAGE = Path(__file__).parents[1] / "db" / "roles.md"


def workflows() -> set[str]:
    """Every public function or class of the workflows that takes an office or a folder of one."""
    found = set()
    for module in pkgutil.walk_packages(intake_app.workflows.__path__, "intake_app.workflows."):
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            here = getattr(value, "__module__", "") == module.name
            if not here or name.startswith("_") or not callable(value):
                continue
            try:
                taken = inspect.signature(value).parameters
            except ValueError:
                continue
            if any(_is_office(one) for one in taken.values()):
                found.add(f"{module.name.rpartition('.')[2]}.{name}")
    return found


def _is_office(parameter: inspect.Parameter) -> bool:
    kind = parameter.annotation
    return parameter.name in ("office", "folder") or kind is Office or kind == "Office"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    folder = tmp_path_factory.mktemp("matrix") / "office"
    return folder, build(folder)


def test_every_workflow_is_in_the_matrix() -> None:
    listed = set(RULES) | set(AT_THE_DOOR) | set(PLAIN)
    missing = sorted(workflows() - listed)
    assert not missing, f"say in tests/roles_matrix.py who may do this: {missing}"
    gone = sorted(listed - workflows())
    assert not gone, f"these are in tests/roles_matrix.py only: {gone}"
    for name, rule in RULES.items():
        assert rule.needs or rule.why, f"say why everybody may: {name}"


def test_the_page_people_read_is_the_matrix() -> None:
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize("role", Role)
def test_every_workflow_as_every_role(made: tuple[Path, World], tmp_path: Path, role: Role) -> None:
    kept, world = made
    folder = Path(shutil.copytree(kept, tmp_path / "office"))
    for name in ("into", "second"):
        (tmp_path / name).mkdir()
    (tmp_path / "logo.png").write_bytes(LOGO)
    key = KeyFile.read(folder).slot(role.value).open(PASSPHRASE)[Key.FILE]
    refused = [name for name, rule in RULES.items() if not rule.let_in(role)]
    with unlocked(folder, role) as office:
        before = _everything(folder, key)
        for name in refused:
            _is_refused(office, world, name)
            assert _everything(folder, key) == before, f"{name} wrote before it refused"
        assert not office.roster.loaded or role is not Role.COORDINATOR
    # Let in last: from here on the office changes.
    with unlocked(folder, role) as office:
        for name in (one for one in RULES if one not in refused):
            _is_let_in(office, world, name)
    if role is Role.COORDINATOR:
        assert len(refused) > 60


def _is_refused(office: Office, world: World, name: str) -> None:
    role, rule = office.member.role, RULES[name]
    with pytest.raises(NotAllowed) as error:
        rule.run(office, world)
    sentences = [
        f"A {role.value} may not {act.value}. Ask: {', '.join(who_may(act))}."
        for act in rule.needs
        if role.value not in who_may(act)
    ]
    assert error.value.sentence in sentences, name


def _is_let_in(office: Office, world: World, name: str) -> None:
    rule = RULES[name]
    try:
        rule.run(office, world)
    except NotAllowed as error:
        pytest.fail(f"{name} refuses a {office.member.role.value}: {error.sentence}")
    except AppError as error:
        assert rule.refused is not None, f"{name}: {error.sentence}"
        assert isinstance(error, rule.refused), f"{name}: {error.sentence}"


def _everything(folder: Path, key: bytes) -> list[object]:
    """Every row of the office with its history, and every file beside it and around."""
    with raw_office(folder, key) as raw:
        rows = rows_and_schema(raw)
    beside = [
        (path.relative_to(folder.parent).as_posix(), path.read_bytes())
        for path in sorted(folder.parent.rglob("*"))
        if path.is_file() and not path.name.startswith("office.db")
    ]
    return [rows, beside]


def test_every_act_is_asked_for_by_some_workflow() -> None:
    asked = {act for rule in RULES.values() for act in rule.needs}
    # Asked for inside others: a question that decides law, a document of victim facts.
    inside = {Act.DECIDE_LAW}
    assert asked | inside == set(Act)


def test_a_volunteer_learns_from_no_sentence_what_stands_in_a_victim_section(
    made: tuple[Path, World], tmp_path: Path
) -> None:
    """Whatever she tries, a case with victim facts answers as one without, and as none at all."""
    folder = Path(shutil.copytree(made[0], tmp_path / "office"))
    world = made[1]
    with unlocked(folder, Role.ATTORNEY) as office:
        paper = whole(
            add_document.add_document(office, world.case, PAPER, None, NOW, protected=True)
        )
        abuser = save_case.add_entry(office, world.case, Abuser, NOW).entry_id
        save_case.save_answer(office, world.case, Abuser, abuser, "name", "Zacarías", NOW)
        changes = case_history.case_history(office, world.case)
        secret = next(one.seq for one in changes if one.record == "Abuser")
    none, empty = 99_999, world.to_delete
    with unlocked(folder, Role.VOLUNTEER) as office:
        tries: dict[str, tuple[Callable[[int], object], tuple[int, ...]]] = {
            "answer": (
                lambda case: save_case.save_answer(
                    office, case, Protection, None, "survivor", YesNo.NO, NOW
                ),
                (world.case, empty, none),
            ),
            "draft": (
                lambda case: keep_draft.keep_draft(office, case, Protection, None, "survivor", "x"),
                (world.case, empty, none),
            ),
            "add": (
                lambda case: save_case.add_entry(office, case, Abuser, NOW),
                (world.case, empty, none),
            ),
            "remove": (
                lambda row: save_case.remove_entry(office, world.case, Abuser, row, NOW),
                (abuser, none),
            ),
            "undo": (lambda seq: undo_change.undo_change(office, seq, NOW), (secret, none)),
            "read paper": (
                lambda row: whole(read_documents.read_document(office, row)),
                (paper.id, none),
            ),
            "title": (
                lambda row: retitle_document.retitle_document(office, row, "x", NOW),
                (paper.id, none),
            ),
            "take away": (
                lambda row: remove_document.remove_document(office, row, NOW),
                (paper.id, none),
            ),
            "bring back": (
                lambda row: remove_document.bring_back_document(office, row, NOW),
                (paper.id, none),
            ),
            "save a copy": (
                lambda row: whole(
                    export_document.export_document(
                        office, row, tmp_path / "copy", proof_of(office), NOW
                    )
                ),
                (paper.id, none),
            ),
            "unprotect": (
                lambda row: whole(
                    protect_document.protect_document(office, row, NOW, protected=False)
                ),
                (paper.id, none),
            ),
        }
        for what, (attempt, numbers) in tries.items():
            answers = {_answer(attempt, number) for number in numbers}
            assert len(answers) == 1, (what, answers)
            assert answers != {""}, what
        shown = [(one.record, one.label) for one in case_history.case_history(office, world.case)]
        assert shown
        assert not [one for one in shown if one[0] in ("Abuser", "Protection")]
        things = deleted_things.deleted_things(office, NOW)
        assert not [one for one in things if one.table in ("abuser", "protection")]
    assert not (tmp_path / "copy").exists()


def _answer(attempt: Callable[[int], object], number: int) -> str:
    """The sentence, or nothing where it was let in."""
    try:
        attempt(number)
    except AppError as error:
        return f"{type(error).__name__}: {error.sentence}"
    return ""
