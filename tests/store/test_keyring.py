"""The key file: what opens it, and what never does."""

import hashlib
import json
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.errors import (
    AppError,
    BadAnswer,
    KeyFileDamaged,
    KeyFileMissing,
    WrongPassphrase,
)
from intake_app.core.roles import KEYS, Role
from intake_app.store.keyring import (
    KEY_COPY,
    KEY_FILE,
    KEY_FILES,
    OWASP_MINIMUM,
    RECOVERY,
    Cost,
    KeyFile,
    Slot,
    calibrated_cost,
    new_keys,
    new_recovery_code,
    read_recovery_code,
)
from tests.conftest import PASSPHRASE
from tests.offices import fingerprint

RELEASED = Path(__file__).parent.parent / "released"

KEYS_OF_OFFICE = new_keys()


def slot_of(role: Role, login: str = "", name: str = "") -> Slot:
    return Slot.make(
        login or role.value, name or "N. N.", role, PASSPHRASE, KEYS_OF_OFFICE, OWASP_MINIMUM
    )


@pytest.fixture(scope="module")
def key_file() -> KeyFile:
    """One slot of each role, one with accents in its name, and one for the recovery sheet."""
    slots = [slot_of(role) for role in Role]
    slots += [slot_of(Role.ATTORNEY, "zoë", "Zoë Łukasz"), slot_of(Role.ATTORNEY)]
    return KeyFile(tuple(slots), generation=3)


def write(folder: Path, content: bytes) -> None:
    (folder / KEY_FILE).write_bytes(content)


@pytest.mark.parametrize("role", list(Role))
def test_a_slot_holds_just_the_keys_of_its_role(role: Role) -> None:
    opened = slot_of(role).open(PASSPHRASE)
    assert set(opened) == KEYS[role]
    assert all(opened[key] == KEYS_OF_OFFICE[key] for key in opened)


def test_two_slots_of_one_passphrase_share_nothing() -> None:
    one, two = slot_of(Role.PARALEGAL), slot_of(Role.PARALEGAL)
    assert one.salt != two.salt
    assert one.wrapped != two.wrapped


@pytest.mark.parametrize(
    "typed", ["", "heron gravel tulip ferr", PASSPHRASE.upper(), PASSPHRASE + " ", "\ud800" * 15]
)
def test_another_passphrase_does_not_open_it(typed: str) -> None:
    with pytest.raises(WrongPassphrase, match="does not open this office"):
        slot_of(Role.PARALEGAL).open(typed)


def test_a_passphrase_is_the_same_on_every_keyboard() -> None:
    slot = Slot.make("a", "A", Role.ATTORNEY, "Garça ﬁancé 1234", KEYS_OF_OFFICE, OWASP_MINIMUM)
    assert slot.open("Garc\u0327a fiance\u0301 1234") == KEYS_OF_OFFICE


def test_no_slot_is_cheaper_to_guess_than_owasp_allows() -> None:
    assert (OWASP_MINIMUM.memory_kib, OWASP_MINIMUM.passes) >= (19 * 1024, 2)
    for cheaper in (
        replace(OWASP_MINIMUM, memory_kib=OWASP_MINIMUM.memory_kib - 1),
        replace(OWASP_MINIMUM, passes=1),
    ):
        with pytest.raises(ValueError, match="OWASP"):
            Slot.make("a", "A", Role.ATTORNEY, PASSPHRASE, KEYS_OF_OFFICE, cheaper)


def test_the_calibrated_cost_takes_about_half_a_second_and_stands_in_the_slot(
    tmp_path: Path,
) -> None:
    cost = calibrated_cost(0.5)
    assert cost.memory_kib >= OWASP_MINIMUM.memory_kib
    assert cost.passes >= OWASP_MINIMUM.passes
    slot = Slot.make("a", "A", Role.ATTORNEY, PASSPHRASE, KEYS_OF_OFFICE, cost)
    KeyFile((slot,)).write(tmp_path)
    read = KeyFile.read(tmp_path).slot("a")
    assert read.cost == cost
    started = time.perf_counter()
    read.open(PASSPHRASE)
    # Loose: other programs share the machine, and two passes may take longer on a slow one.
    assert 0.1 < time.perf_counter() - started < 3


@pytest.mark.parametrize("seconds", [0, 1e-9])
def test_a_hurried_calibration_stays_above_the_minimum(seconds: float) -> None:
    cost = calibrated_cost(seconds)
    assert cost.memory_kib >= OWASP_MINIMUM.memory_kib
    assert cost.passes >= OWASP_MINIMUM.passes


def test_it_is_written_and_read_back_for_its_owner_only(tmp_path: Path, key_file: KeyFile) -> None:
    key_file.write(tmp_path)
    assert KeyFile.read(tmp_path) == key_file
    assert KeyFile.read(tmp_path).generation == 4
    assert {path.name for path in tmp_path.iterdir()} == {KEY_FILE, KEY_COPY}
    for name in KEY_FILES:
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_write_cut_short_leaves_the_old_file(tmp_path: Path, key_file: KeyFile) -> None:
    key_file.write(tmp_path)
    (tmp_path / "keys.json.new").write_bytes(b"{")  # what a power cut would leave
    assert KeyFile.read(tmp_path) == key_file
    key_file.without("paralegal").write(tmp_path)
    assert len(KeyFile.read(tmp_path).slots) == len(key_file.slots) - 1


def test_a_missing_file_has_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing, match="is missing"):
        KeyFile.read(tmp_path)


def test_a_byte_changed_anywhere_is_noticed(tmp_path: Path, key_file: KeyFile) -> None:
    """200 places, and each kind of change at each: another byte, a flipped bit, the other case."""
    sound = key_file.to_bytes()
    assert b"\\u" in sound, "an escaped letter has a spelling in capitals too"
    chosen = random.Random(7)  # noqa: S311 - places, not keys
    places = set(chosen.sample(range(len(sound)), 200))
    escape = sound.index(b"\\u")
    places |= {0, len(sound) - 1, *range(escape, escape + 6)}
    opened = []
    for place in sorted(places):
        old = sound[place]
        news = {old ^ 1 << chosen.randrange(8), chosen.randrange(256), old ^ 0x20}
        news |= {0x20, 0x0A, 0x09} if old in b" \n" else set()
        for new in news - {old}:
            write(tmp_path, sound[:place] + bytes([new]) + sound[place + 1 :])
            try:
                KeyFile.read(tmp_path)
            except KeyFileDamaged as error:
                assert "damaged" in error.sentence
            else:
                opened.append((place, old, new))
    assert opened == []


DAMAGES: dict[str, bytes | None] = {"missing": None, "empty": b"", "cut": b'{"format": "inta'}


def harm(path: Path, damage: str) -> None:
    """Take a copy of the key file away, or most of what is in it."""
    path.unlink()
    content = DAMAGES[damage]
    if content is not None:
        path.write_bytes(content)


@pytest.mark.parametrize("damage", list(DAMAGES))
@pytest.mark.parametrize("name", KEY_FILES)
def test_either_copy_is_mended_from_the_other(
    tmp_path: Path, key_file: KeyFile, name: str, damage: str
) -> None:
    key_file.write(tmp_path)
    whole = (tmp_path / name).read_bytes()
    harm(tmp_path / name, damage)
    assert KeyFile.read(tmp_path) == key_file
    assert not (tmp_path / name).exists() or (tmp_path / name).read_bytes() != whole
    said = KeyFile.mend(tmp_path)
    assert said.startswith(f"The key file {name} was {'missing' if damage == 'missing' else 'dam'}")
    assert {(tmp_path / each).read_bytes() for each in KEY_FILES} == {whole}
    assert KeyFile.mend(tmp_path) == ""


@pytest.mark.parametrize("damage", ["empty", "cut"])
def test_both_damaged_is_a_sentence_that_names_them_and_says_what_to_do(
    tmp_path: Path, key_file: KeyFile, damage: str
) -> None:
    key_file.write(tmp_path)
    for name in KEY_FILES:
        harm(tmp_path / name, damage)
    before = fingerprint(tmp_path)
    with pytest.raises(KeyFileDamaged, match=r"keys\.json.*keys-copy\.json.*Restore a backup"):
        KeyFile.read(tmp_path)
    with pytest.raises(KeyFileDamaged):
        KeyFile.mend(tmp_path)
    assert fingerprint(tmp_path) == before
    (tmp_path / KEY_COPY).unlink()
    with pytest.raises(KeyFileDamaged, match="Restore a backup"):
        KeyFile.read(tmp_path)


@pytest.mark.parametrize("torn", KEY_FILES)
def test_the_later_of_two_sound_copies_stands(tmp_path: Path, key_file: KeyFile, torn: str) -> None:
    """The power went between the two writes: a deactivated member does not come back."""
    key_file.write(tmp_path)
    old = (tmp_path / torn).read_bytes()
    KeyFile.read(tmp_path).without("paralegal").write(tmp_path)
    (tmp_path / torn).write_bytes(old)
    with pytest.raises(WrongPassphrase):
        KeyFile.read(tmp_path).slot("paralegal")
    assert "older" in KeyFile.mend(tmp_path)
    assert b"paralegal" not in (tmp_path / torn).read_bytes()


def test_a_write_goes_past_every_generation_there_is(tmp_path: Path, key_file: KeyFile) -> None:
    """Whoever holds an older reading, or brought an older copy back, still writes the latest."""
    key_file.write(tmp_path)
    old = KeyFile.read(tmp_path)
    for _ in range(3):
        KeyFile.read(tmp_path).write(tmp_path)
    old.without("paralegal").write(tmp_path)
    assert KeyFile.read(tmp_path).generation == 8
    assert len(KeyFile.read(tmp_path).slots) == len(old.slots) - 1


def test_a_generation_changed_by_hand_is_damage(tmp_path: Path, key_file: KeyFile) -> None:
    content = key_file.to_bytes()
    write(tmp_path, content.replace(b'"generation": 3', b'"generation": 9'))
    with pytest.raises(KeyFileDamaged):
        KeyFile.read(tmp_path)
    write(tmp_path, content)
    assert KeyFile.read(tmp_path).generation == 3


def test_a_file_of_version_1_opens_and_gets_its_copy_without_a_word(
    tmp_path: Path, key_file: KeyFile
) -> None:
    shutil.copy(RELEASED / "0004" / KEY_FILE, tmp_path)
    old = (tmp_path / KEY_FILE).read_bytes()
    assert json.loads(old)["version"] == 1
    assert KeyFile.read(tmp_path).to_bytes() == old
    assert KeyFile.mend(tmp_path) == ""
    assert (tmp_path / KEY_COPY).read_bytes() == old
    KeyFile.read(tmp_path).write(tmp_path)
    assert json.loads((tmp_path / KEY_COPY).read_bytes())["version"] == 2


def test_a_disk_that_refuses_the_copy_has_written_what_stands(
    tmp_path: Path, key_file: KeyFile
) -> None:
    key_file.write(tmp_path)
    (tmp_path / "keys-copy.json.new").mkdir()  # stands for a disk that is full by then
    KeyFile.read(tmp_path).without("paralegal").write(tmp_path)
    (tmp_path / "keys-copy.json.new").rmdir()
    assert len(KeyFile.read(tmp_path).slots) == len(key_file.slots) - 1
    assert "older" in KeyFile.mend(tmp_path)
    before = fingerprint(tmp_path)
    (tmp_path / "keys.json.new").mkdir()
    with pytest.raises(AppError, match="not full"):
        KeyFile.read(tmp_path).without("attorney").write(tmp_path)
    (tmp_path / "keys.json.new").rmdir()
    assert fingerprint(tmp_path) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"3",
        b"\xff\xfe",
        b'{"format": "intake-desk-keys"}',
        b"[" * 100_000,
        b'{"format":"intake-desk-keys","version":1,"slots":[3],"sha256":""}',
    ],
    ids=range(9),
)
def test_a_file_that_is_none_is_damaged(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, content)
    with pytest.raises(KeyFileDamaged, match="damaged"):
        KeyFile.read(tmp_path)


@given(cut=st.integers(0, 600))
def test_a_file_cut_short_or_run_on_is_damaged(
    tmp_path_factory: pytest.TempPathFactory, key_file: KeyFile, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    sound = key_file.to_bytes()
    for content in (sound[:cut], sound + sound[: cut + 1], sound + b"\n"):
        write(folder, content)
        with pytest.raises(KeyFileDamaged):
            KeyFile.read(folder)


def forged(key_file: KeyFile, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The file with its volunteer's slot changed and the checksum worked out again."""
    whole = json.loads(key_file.to_bytes())
    del whole["sha256"]
    change(whole["slots"][0])
    plain = json.dumps(whole, sort_keys=True).encode()
    return json.dumps(whole | {"sha256": hashlib.sha256(plain).hexdigest()}, indent=1).encode()


def test_a_forged_file_that_changes_nothing_opens(tmp_path: Path, key_file: KeyFile) -> None:
    """So that the test below is seen to fail for the right reason."""
    write(tmp_path, forged(key_file, lambda _: None))
    assert KeyFile.read(tmp_path).slots[0].open(PASSPHRASE)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("login", "somebody"),
        ("name", "Somebody Else"),
        ("role", "administrator"),
        ("role", "coordinator"),
        ("memory_kib", OWASP_MINIMUM.memory_kib + 8),
        ("passes", OWASP_MINIMUM.passes + 1),
        ("lanes", 2),
    ],
)
def test_a_changed_word_of_a_slot_does_not_open(
    tmp_path: Path, key_file: KeyFile, part: str, value: Any
) -> None:
    def change(slot: dict[str, Any]) -> None:
        (slot["argon2id"] if part in slot["argon2id"] else slot)[part] = value

    write(tmp_path, forged(key_file, change))
    with pytest.raises(WrongPassphrase):
        KeyFile.read(tmp_path).slots[0].open(PASSPHRASE)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("role", "owner"),
        ("memory_kib", OWASP_MINIMUM.memory_kib - 1),
        ("memory_kib", 2**31),
        ("memory_kib", "19456"),
        ("memory_kib", 19456.0),
        ("passes", 1),
        ("passes", 10**9),
        ("passes", True),
        ("lanes", 0),
        ("lanes", None),
        ("salt", ""),
        ("salt", "AAAA"),
        ("wrapped", ""),
        ("wrapped", "****"),
        ("login", 7),
        ("name", None),
    ],
)
def test_what_this_program_never_writes_is_damage(
    tmp_path: Path, key_file: KeyFile, part: str, value: Any
) -> None:
    """Above all a cost that would take all the memory or all the day."""

    def change(slot: dict[str, Any]) -> None:
        (slot["argon2id"] if part in slot["argon2id"] else slot)[part] = value

    write(tmp_path, forged(key_file, change))
    with pytest.raises(KeyFileDamaged):
        KeyFile.read(tmp_path)


def test_keys_of_a_slot_can_not_be_moved_to_another(tmp_path: Path, key_file: KeyFile) -> None:
    """An administrator's wrapping in a volunteer's slot, both with the same passphrase."""
    volunteer = key_file.slot("volunteer")
    administrator = key_file.slot("administrator")
    moved = replace(volunteer, wrapped=administrator.wrapped, salt=administrator.salt)
    with pytest.raises(WrongPassphrase):
        moved.open(PASSPHRASE)


@pytest.mark.parametrize("typed", ["ZOË", "zoe", " Zoe\u0308 "])
def test_a_login_is_found_however_it_is_typed(key_file: KeyFile, typed: str) -> None:
    assert key_file.slot(typed).login == "zoë"


def test_a_login_that_is_not_there_is_a_sentence(key_file: KeyFile) -> None:
    with pytest.raises(WrongPassphrase, match="no such member"):
        key_file.slot("nobody")


def test_slots_are_replaced_and_removed_by_login(key_file: KeyFile) -> None:
    new = slot_of(Role.ATTORNEY, "ZOE", "Z.")
    assert [slot.login for slot in key_file.with_slot(new).slots].count("zoë") == 0
    assert key_file.with_slot(new).slot("zoë").name == "Z."
    with pytest.raises(WrongPassphrase):
        key_file.without("Zoe").slot("zoë")


def test_recovery_codes_are_long_random_and_read_back() -> None:
    codes = {new_recovery_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 8
        assert read_recovery_code(code) == code
        assert read_recovery_code(f" {code.lower().replace('-', ' ')}\n") == code
        assert read_recovery_code(code.replace("0", "o").replace("1", "l")) == code


@given(st.text(alphabet=st.characters()))
def test_any_other_code_is_a_sentence(typed: str) -> None:
    try:
        assert len(read_recovery_code(typed)) == 39
    except BadAnswer as error:
        assert error.sentence.endswith("all of them.")


def test_the_recovery_code_has_160_bits() -> None:
    """Every letter of the alphabet turns up, so none of the 32 is lost."""
    seen = set("".join(new_recovery_code() for _ in range(200)))
    assert len(seen - {"-"}) == 32


def test_the_recovery_slot_is_no_login_of_a_member() -> None:
    assert RECOVERY == "recovery sheet"
    assert Cost(1, 2).lanes == 1
