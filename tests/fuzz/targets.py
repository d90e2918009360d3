"""What is fuzzed, by name: where the program takes bytes from outside, with real files as seeds.

A target takes one input as the program would. It raises `AppError` where the program refuses.
"""

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from intake_app import paths
from intake_app.core.authority_files import read_authorities, read_office_entry
from intake_app.core.errors import AppError
from intake_app.core.import_mapping import parse_mapping
from intake_app.core.import_reading import read_rows
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.tables import read_report_table
from intake_app.core.survey_words import read_survey_words
from intake_app.documents.letter_template import fill
from intake_app.documents.logo import plain_logo
from intake_app.documents.own_text import check_text
from intake_app.documents.published_files import attack_files, attack_words
from intake_app.documents.spreadsheets import read_csv
from intake_app.store.keyring import KEY_FILE
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.wrong_tries import TRIES
from intake_app.workflows import shipped
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.own_kinds import copy_of, usable_in
from tests.conftest import NOW
from tests.documents.test_published_files import NAIVE, SAFE, files
from tests.offices import new_office, staff, unlocked
from tests.papers import png
from tests.workflows.test_import_cases import TABLE


class Target:
    """One place where bytes come in. `folder` is scratch; nothing else is written."""

    seeds: Sequence[bytes] = ()
    tokens: Sequence[bytes] = ()

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, content: bytes) -> None:
        """Take one input as the program does."""
        raise NotImplementedError

    def repaired(self, content: bytes, _luck: random.Random) -> bytes:
        """An input made wrong, with its checksum right now and then."""
        return content

    def close(self) -> None:
        """Let go of what was opened."""


def _resource(*names: str) -> list[bytes]:
    found = [path for name in names for path in sorted(paths.resources().glob(name))]
    assert found, names
    return [path.read_bytes() for path in found]


def _lines_of(content: bytes) -> str:
    """As a file is read as text: what is no UTF-8 is refused before it gets here."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AppError("This is no text.") from error


class KeyFiles(Target):
    """keys.json; whoever changes it can make its checksum right, so that is done too."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._office = folder / "office"
        with new_office(self._office).office as office:
            staff(office)
        self._whole = (self._office / KEY_FILE).read_bytes()
        self._copies = [p for p in self._office.iterdir() if p.is_file() and _is_keys(p)]
        self.seeds = (self._whole,)
        self.tokens = (b'"memory_kib": 262144', b'"passes": 100000', b'"lanes": 0', b'"role": "x"')

    def take(self, content: bytes) -> None:
        for copy in self._copies:
            copy.write_bytes(content)
        (self._office / KEY_FILE).write_bytes(content)
        (self._office / TRIES).unlink(missing_ok=True)  # or the next one would have to wait
        unlocked(self._office).close()

    def repaired(self, content: bytes, _luck: random.Random) -> bytes:
        luck = _luck
        if luck.random() < 0.2:
            return content
        told = json.loads(self._whole)
        slots = told["slots"]
        slot = luck.choice(slots)
        cost = slot["argon2id"]
        values: list[object] = [
            0, -1, 1, 2, 16, 17, 1_000, 2**31, 2**64, 1.5, True, None, "", "x", [], {}, "Zm9v",
            10_000, 65_536, 262_144, 1_048_576, "\ud800", "a" * 10_000,
        ]  # fmt: skip
        where = luck.choice((told, slot, slot, cost, cost, cost))
        where[luck.choice([*where, "more"])] = luck.choice(values)
        if luck.random() < 0.2:
            told["slots"] = luck.choice((slots * 300, [], None, [[]], [slot, slot]))
        told.pop("sha256", None)
        plain = json.dumps(told, sort_keys=True).encode()
        told["sha256"] = hashlib.sha256(plain).hexdigest()
        return json.dumps(told, indent=1).encode()


def _is_keys(path: Path) -> bool:
    return b"intake-desk-keys" in path.read_bytes()


class Tables(Target):
    """A table saved as CSV, read by the shipped mapping."""

    seeds = (TABLE, TABLE.replace(b",", b";"), TABLE.decode().encode("utf-16"), TABLE * 3)
    tokens = (b"T1,M,W\r\n", b'"' * 9, b'"\n', b"ICE DETAINER", b"FLATTEN", b"," * 500)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        (text,) = _resource("imports/county_jail_detainers.toml")
        self._mapping = parse_mapping(text.decode())

    def take(self, content: bytes) -> None:
        rows = read_csv(content)
        read_rows(self._mapping, rows.header, rows.rows, "America/Chicago", rows.first_row)


class Imports(Target):
    """The same table written into a real office: all of it, or nothing."""

    seeds, tokens = Tables.seeds, Tables.tokens

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._office = new_office(folder / "office").office

    def take(self, content: bytes) -> None:
        before = self._count()
        try:
            import_cases(self._office, content, None, NOW)
        except AppError:
            assert self._count() == before
            raise

    def _count(self) -> int:
        with self._office.reading() as connection:
            rows = connection.exec_driver_sql("SELECT count(*) FROM cases").scalar()
        return int(rows or 0)

    def close(self) -> None:
        assert self._office.damage() == []
        self._office.close()


class Mappings(Target):
    """A mapping file somebody wrote, and what it reads of a table."""

    tokens = (
        b"[[answer]]\n", b"[[rows]]\n", b"[set]\n", b'fill = "charge.level"\n',
        b'make = "charge"\n',
        b'words = ["*"]\n', b'felony = ["*a*a*a*a*a*a*a*a*a*b"]\n', b'blank = "next"\n',
        b"[answer.patterns]\n", b'case = ""\n', b"a.b.c.d = 1\n", b"x = 1979-05-27T07:32:00Z\n",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seeds = _resource("imports/*.toml")
        self._long = TABLE.replace(b"DRIVING WHILE INTOXICATED", b"a" * 20_000)

    def take(self, content: bytes) -> None:
        mapping = parse_mapping(_lines_of(content))
        for table in (TABLE, self._long):
            rows = read_csv(table)
            read_rows(mapping, rows.header, rows.rows, "America/Chicago", rows.first_row)


class Authorities(Target):
    """The library's files, and one entry as an attorney wrote it."""

    tokens = (b"[[authority]]\n", b"[[state]]\n", b"[authority]\n", b"state = 1\n", b"{quote}")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        whole = _resource("authorities/*.toml")
        entries = [b"[[" + one for text in whole for one in text.split(b"\n[[")[1:]]
        self.seeds = [*whole, *entries[:60], b"authority = []", b"state = 3", b"[state]\nx = 1"]

    def take(self, content: bytes) -> None:
        text = _lines_of(content)
        try:
            read_authorities({"a.toml": text})
        finally:
            with suppress(AppError):
                read_office_entry(text, shipped.library())


class Letters(Target):
    """The text of a letter an office wrote itself."""

    tokens = (
        b"{{ office.name }}", b"{% if say.x %}", b"{% endif %}", b"{% else %}", b"{{ 9**9**9 }}",
        b"{{ a.b.c }}", b"{# ", b" #}", b"{% raw %}", b"{% for x in y %}", b"{{ '' }}", b"---\n",
        b"{% if say.x %}" * 150 + b"x" + b"{% endif %}" * 150, b"not " * 3_000, b"| ",
        b"{% if " + b"not " * 400 + b"say.x %}{% endif %}", b"{{ " + b"9" * 5_000 + b" }}",
        b"{% if say.x and say.y or not say.z %}", "\ue000".encode(), "\ue00a1\ue00b".encode(),
        b"{{ self.x }}", b"{% include 'x' %}", b"**", b"*",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seeds = _resource("letters/*.md")
        with new_office(folder / "office").office as office:
            self._usable = {kind: usable_in(office, kind, NOW) for kind in ("decline", "client")}
            self.seeds = [*self.seeds, copy_of(office, "decline").text.encode()]
        self._laws = frozenset({*shipped.library().authorities, "state_law"})

    def take(self, content: bytes) -> None:
        text = _lines_of(content)
        try:
            fill(text, {})
        except AppError:
            for kind, names in self._usable.items():
                check_text(text, shipped.letter_text(kind), names, self._laws)
            raise


class ReportTables(Target):
    """The tables that can be published, and the words of the survey."""

    tokens = (b"[[part]]\n", b"sides = []\n", b'measures = ["x"]\n', b"[[compare]]\n")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seeds = _resource("reports/*.toml", "survey/*.toml")

    def take(self, content: bytes) -> None:
        text = _lines_of(content)
        try:
            read_report_table("T01", text, DIMENSIONS, MEASURES)
        finally:
            read_survey_words(text)


class Published(Target):
    """Published files read back: a long CSV, a zero byte, then the report beside it."""

    tokens = (b"s", b",s\r\n", b"Total", b'"measures": []', b'"shape": {}', b"known", b"not known")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        pairs = [files("a", table) for table in (NAIVE, SAFE)]
        self.seeds = [b"\0".join(pair.values()) for pair in pairs]
        self.seeds += [b"\0".join([pair["a.csv"], b"[]"]) for pair in pairs]

    def take(self, content: bytes) -> None:
        table, _, report = content.partition(b"\0")
        told = {"a.csv": table, "b.csv": table[::-1] if len(table) % 5 == 0 else table}
        attack_words(attack_files({**told, "a.disclosure.json": report}, 11))


class Logos(Target):
    """A picture chosen as the office's logo."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        from tests.fuzz.bombs import pictures

        self.seeds = [png(), *pictures()]

    def take(self, content: bytes) -> None:
        plain_logo(content)


class OfficeFiles(Target):
    """office.db with anything in it, and its WAL."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._office = folder / "office"
        with new_office(self._office).office as office:
            staff(office)
        self.seeds = [(self._office / DATABASE).read_bytes(), b"", b"SQLite format 3\0" * 300]

    def take(self, content: bytes) -> None:
        for path in self._office.glob(f"{DATABASE}-*"):
            path.unlink()
        (self._office / DATABASE).write_bytes(content)
        if len(content) % 3 == 0:
            (self._office / f"{DATABASE}-wal").write_bytes(content[: len(content) // 2])
        try:
            with unlocked(self._office) as office:
                _look_around(office)
        finally:
            left = {path.name for path in self._office.iterdir() if path.suffix == ".new"}
            assert not left, left


def _look_around(office: Office) -> None:
    from intake_app.workflows.check_office import check_office
    from intake_app.workflows.find_people import find_people

    find_people(office, "")
    check_office(office)


def _documents(folder: Path) -> Target:
    from tests.fuzz.documents import Documents

    return Documents(folder)


def _typed(folder: Path) -> Target:
    from tests.fuzz.typed import Typed

    return Typed(folder)


def _arguments(folder: Path) -> Target:
    from tests.fuzz.arguments import Arguments

    return Arguments(folder)


TARGETS: dict[str, Callable[[Path], Target]] = {
    "key file": KeyFiles,
    "tables": Tables,
    "imports": Imports,
    "mapping files": Mappings,
    "authorities": Authorities,
    "letter texts": Letters,
    "report tables": ReportTables,
    "published files": Published,
    "logos": Logos,
    "office file": OfficeFiles,
    "documents": _documents,
    "typed text": _typed,
    "command line": _arguments,
}
