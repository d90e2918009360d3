"""Who holds which keys, and who may do what."""

import pytest

from intake_app.core.errors import NotAllowed
from intake_app.core.roles import KEYS, MAY, Act, Key, Role, may, require

FILE, IDENTITY, PROTECTED = Key.FILE, Key.IDENTITY, Key.PROTECTED


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        (Role.VOLUNTEER, {FILE, IDENTITY}),
        (Role.PARALEGAL, {FILE, IDENTITY, PROTECTED}),
        (Role.ATTORNEY, {FILE, IDENTITY, PROTECTED}),
        (Role.COORDINATOR, {FILE, PROTECTED}),
        (Role.ADMINISTRATOR, {FILE, IDENTITY, PROTECTED}),
    ],
)
def test_the_keys_of_a_role(role: Role, keys: set[Key]) -> None:
    assert set(KEYS[role]) == keys


def test_every_role_has_keys_and_leave() -> None:
    assert set(KEYS) == set(MAY) == set(Role)


@pytest.mark.parametrize("role", list(Role))
def test_leave_never_exceeds_keys(role: Role) -> None:
    if may(role, Act.READ_CASES) or may(role, Act.WRITE_CASES):
        assert IDENTITY in KEYS[role]
    if may(role, Act.SEE_PROTECTED) or may(role, Act.COMPOSE_LETTERS) or may(role, Act.IMPORT):
        assert PROTECTED in KEYS[role]
    if may(role, Act.MANAGE_MEMBERS):
        assert KEYS[role] == set(Key), "a slot of any role can be made only with every key"


def test_only_an_attorney_approves_letters_and_checks_authorities() -> None:
    for act in (Act.APPROVE_LETTERS, Act.CHECK_AUTHORITIES):
        assert [role for role in Role if may(role, act)] == [Role.ATTORNEY]


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("role", list(Role))
def test_a_refusal_says_whom_to_ask(role: Role, act: Act) -> None:
    if may(role, act):
        require(role, act)
        return
    with pytest.raises(NotAllowed) as refused:
        require(role, act)
    for other in Role:
        asked = refused.value.sentence.split("Ask: ")[1]
        assert (other.value in asked) == may(other, act)
