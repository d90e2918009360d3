"""Backups on the command line: made, listed, proven, brought back."""

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Desk, call, one_sentence, run

ADMIN = "administrator"


def test_make_list_prove_and_bring_back(desk: Desk, tmp_path: Path) -> None:
    made = json.loads(desk.call("backup", "--json", member=ADMIN).stdout)
    assert [(one["place"], one["verified"], one["fault"]) for one in made] == [("office", True, "")]
    (place,) = json.loads(desk.call("backups", "--json", member=ADMIN).stdout)
    assert made[0]["name"] in [one["name"] for one in place["backups"]]
    assert all(one["sound"] for one in place["backups"])
    assert f"  {made[0]['name']}  made by hand\n" in desk.call("backups", member=ADMIN).stdout
    (proven,) = json.loads(desk.call("drill", "--json", member=ADMIN).stdout)
    assert (proven["proven"], proven["cases"]) == (True, 150)
    assert proven["same_passphrase"]

    backup = Path(place["folder"]) / made[0]["name"]
    new = tmp_path / "new"
    # No passphrase is asked for: the office it came from may be lost.
    done = run(["restore", str(backup), str(new), "--json"], None)
    assert json.loads(done.stdout)["office"] == str(new)
    passphrase = desk.demo.passphrases["administrator"]
    assert call(["check", str(new)], passphrase).stdout == "The office is sound.\n"
    found = json.loads(call(["find", str(new), "", "--json"], passphrase).stdout)
    assert len(found) == 150
    again = call(["restore", str(backup), str(new)], "")
    assert "never put over something" in again.stderr
    assert again.returncode == 1


def test_a_damaged_backup_is_neither_proven_nor_restored(desk: Desk, tmp_path: Path) -> None:
    made = json.loads(desk.call("backup", "--json", member=ADMIN).stdout)
    backup = desk.folder / "backups" / made[0]["name"]
    path = backup / "office.db"
    content = bytearray(path.read_bytes())
    content[5000] ^= 8
    path.write_bytes(content)
    try:
        done = desk.call("drill", member=ADMIN)
        assert "damaged" in one_sentence(done)
        refused = call(["restore", str(backup), str(tmp_path / "new")], "")
        assert "damaged" in one_sentence(refused)
        assert not (tmp_path / "new").exists()
    finally:
        shutil.rmtree(backup)


def test_others_than_administrators_are_refused(desk: Desk) -> None:
    for command in ("backup", "backups", "drill"):
        refused = desk.call(command, member="paralegal")
        assert "may not look after backups" in refused.stderr
        assert refused.returncode == 1
