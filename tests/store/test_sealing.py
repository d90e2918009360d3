"""Sealing one answer: who opens it, and that it can't be moved, changed or measured."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import RECORDS
from intake_app.core.errors import OfficeDamaged
from intake_app.core.fields import Compartment, Kind, questions
from intake_app.core.roles import KEYS, Key, Role
from intake_app.store.keyring import new_keys
from intake_app.store.sealing import OVERHEAD, Locked, Sealer, derived_key, place

KEYS_OF_OFFICE = new_keys()
SEALED = [compartment for compartment in Compartment if compartment.value]
WHOLE = Sealer(KEYS_OF_OFFICE)
HERE = place("person", "surname", 7)


def sealer_of(role: Role) -> Sealer:
    return Sealer({key: KEYS_OF_OFFICE[key] for key in KEYS[role]})


@pytest.mark.parametrize("compartment", SEALED)
@given(text=st.text())
def test_what_is_sealed_opens_again(compartment: Compartment, text: str) -> None:
    assert WHOLE.open(compartment, HERE, WHOLE.seal(compartment, HERE, text)) == text


@pytest.mark.parametrize("text", ["", "\0", "\x80", "a\0\0", "\x80\0", "x" * 31, "x" * 32])
def test_filling_up_loses_nothing(text: str) -> None:
    for compartment in SEALED:
        assert WHOLE.open(compartment, HERE, WHOLE.seal(compartment, HERE, text)) == text


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("compartment", SEALED)
def test_each_role_opens_just_its_compartments(role: Role, compartment: Compartment) -> None:
    sealed = WHOLE.seal(compartment, HERE, "secret")
    member = sealer_of(role)
    assert member.opens(compartment) == (compartment.value <= KEYS[role])
    if member.opens(compartment):
        assert member.open(compartment, HERE, sealed) == "secret"
        return
    for act in (
        lambda: member.open(compartment, HERE, sealed),
        lambda: member.seal(compartment, HERE, "x"),
    ):
        with pytest.raises(Locked):
            act()


def test_facts_are_never_sealed() -> None:
    assert WHOLE.opens(Compartment.FACTS)
    with pytest.raises(Locked):
        WHOLE.seal(Compartment.FACTS, HERE, "x")


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("person", "surname", 8),
        place("person", "given", 7),
        place("other_name", "surname", 7),
        place("person", "surname", 77),
        "",
    ],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere: str) -> None:
    sealed = WHOLE.seal(Compartment.IDENTITY, HERE, "secret")
    with pytest.raises(OfficeDamaged, match="changed or damaged"):
        WHOLE.open(Compartment.IDENTITY, elsewhere, sealed)


def test_no_compartment_opens_anothers_values() -> None:
    for one, other in combinations(SEALED, 2):
        for sealed_as, opened_as in ((one, other), (other, one)):
            with pytest.raises(OfficeDamaged):
                WHOLE.open(opened_as, HERE, WHOLE.seal(sealed_as, HERE, "secret"))


def test_any_changed_or_missing_byte_is_noticed() -> None:
    sealed = WHOLE.seal(Compartment.IDENTITY, HERE, "secret")
    for at in range(len(sealed)):
        for bad in (
            sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :],
            sealed[:at],
            sealed[:at] + sealed[at + 1 :],
        ):
            with pytest.raises(OfficeDamaged):
                WHOLE.open(Compartment.IDENTITY, HERE, bad)


def test_sealing_twice_gives_two_values() -> None:
    twice = {WHOLE.seal(Compartment.PROTECTED, HERE, "yes") for _ in range(100)}
    assert len(twice) == 100
    assert len({sealed[1:13] for sealed in twice}) == 100


def test_a_key_that_needs_both_is_neither() -> None:
    keys = [KEYS_OF_OFFICE[Key.IDENTITY], KEYS_OF_OFFICE[Key.PROTECTED], KEYS_OF_OFFICE[Key.FILE]]
    keys += [derived_key(KEYS_OF_OFFICE, compartment) for compartment in SEALED]
    assert len(set(keys)) == len(keys)
    for key in Compartment.BOTH.value:
        other = KEYS_OF_OFFICE | {key: b"\0" * 32}
        assert derived_key(other, Compartment.BOTH) != derived_key(KEYS_OF_OFFICE, Compartment.BOTH)


@pytest.mark.parametrize("cls", RECORDS)
def test_the_length_of_a_sealed_choice_does_not_tell_the_answer(cls: type) -> None:
    """A volunteer has the file: three bytes less would tell her a yes from a no."""
    for asked in questions(cls):
        if asked.keep.value and asked.kind is Kind.CHOICE and asked.vocabulary:
            lengths = {len(WHOLE.seal(asked.keep, HERE, word.value)) for word in asked.vocabulary}
            assert len(lengths) == 1, asked.name
        if asked.keep is Compartment.PROTECTED and asked.kind is Kind.CHOICES and asked.vocabulary:
            words = [word.value for word in asked.vocabulary]
            some = [words[:ticked] for ticked in range(1, 5)]
            lengths = {len(WHOLE.seal(asked.keep, HERE, "|".join(ticked))) for ticked in some}
            assert len(lengths) == 1, asked.name


def test_many_rows_sealed_at_once_open_like_one() -> None:
    """An import seals column by column: each value still opens only at its own place."""
    texts = ["Núñez", None, "Núñez", "", "x" * 40]
    sealed = WHOLE.seal_column(Compartment.IDENTITY, "person", "surname", range(7, 12), texts)
    assert [value is None for value in sealed] == [text is None for text in texts]
    assert len({value[1:13] for value in sealed if value is not None}) == 4, "a fresh nonce each"
    for row, text, value in zip(range(7, 12), texts, sealed, strict=True):
        if value is not None:
            here = place("person", "surname", row)
            assert WHOLE.open(Compartment.IDENTITY, here, value) == text
            with pytest.raises(OfficeDamaged):
                WHOLE.open(Compartment.IDENTITY, place("person", "surname", row + 1), value)
            assert len(value) == len(WHOLE.seal(Compartment.IDENTITY, here, text or ""))
    with pytest.raises(Locked):
        sealer_of(Role.COORDINATOR).seal_column(
            Compartment.IDENTITY, "person", "surname", range(1), ["a"]
        )


STEP = 64


@pytest.mark.parametrize("compartment", SEALED)
@given(content=st.binary(max_size=300))
def test_sealed_bytes_open_again_and_tell_only_their_step(
    compartment: Compartment, content: bytes
) -> None:
    sealed = WHOLE.seal_bytes(compartment, HERE, content, STEP)
    assert WHOLE.open_bytes(compartment, HERE, sealed) == content
    assert (len(sealed) - OVERHEAD) % STEP == 0
    assert len(sealed) == OVERHEAD + (len(content) // STEP + 1) * STEP


@pytest.mark.parametrize("content", [b"", b"\0", b"\x80", b"\x80\0\0", b"\0" * 64, b"x" * 63])
def test_filling_up_bytes_loses_nothing(content: bytes) -> None:
    sealed = WHOLE.seal_bytes(Compartment.BOTH, HERE, content, STEP)
    assert WHOLE.open_bytes(Compartment.BOTH, HERE, sealed) == content


def test_bytes_that_were_moved_changed_or_cut_do_not_open() -> None:
    sealed = WHOLE.seal_bytes(Compartment.IDENTITY, HERE, b"secret", STEP)
    with pytest.raises(OfficeDamaged, match="document"):
        WHOLE.open_bytes(Compartment.IDENTITY, place("person", "surname", 8), sealed)
    with pytest.raises(OfficeDamaged, match="document"):
        WHOLE.open_bytes(Compartment.BOTH, HERE, sealed)
    for at in range(len(sealed)):
        for bad in (
            sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :],
            sealed[:at],
        ):
            with pytest.raises(OfficeDamaged):
                WHOLE.open_bytes(Compartment.IDENTITY, HERE, bad)


def test_bytes_are_sealed_only_with_the_keys() -> None:
    volunteer = sealer_of(Role.VOLUNTEER)
    with pytest.raises(Locked):
        volunteer.seal_bytes(Compartment.BOTH, HERE, b"x", STEP)
    with pytest.raises(Locked):
        volunteer.open_bytes(
            Compartment.BOTH, HERE, WHOLE.seal_bytes(Compartment.BOTH, HERE, b"x", STEP)
        )
