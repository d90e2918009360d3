"""Write everything an office holds into a folder, in formats any program can read."""

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from intake_app import __version__, paths
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, require
from intake_app.documents import office_export
from intake_app.store import document_parts, documents, everything
from intake_app.store.disk import flush, put_in_place
from intake_app.store.history import Line
from intake_app.store.letterhead import read_logo
from intake_app.store.letters import read_pdf
from intake_app.store.office import Office
from intake_app.workflows.export_document import export_name
from intake_app.workflows.reauthenticate import Proof, require_proof
from intake_app.workflows.steps import Steps


@dataclass(frozen=True)
class Exported:
    """What was written, and where."""

    folder: Path
    tables: int
    rows: int
    documents: int
    letters: int


def export_office(office: Office, into: Path, proof: Proof, now: datetime) -> Steps[Exported]:
    """Make a new folder in `into` with every table, document and letter. Administrators only.

    It appears under its name when it is whole; stopped or failed, nothing of it is left. What is
    saved while it is written may or may not be in it. Raises `AppError`, `NotAllowed`.
    """
    require(office.member.role, Act.EXPORT_ALL)
    require_proof(office, proof, now)
    if office.folder.resolve() in (into.resolve(), *into.resolve().parents):
        raise AppError("The folder of the office is not for copies. Choose another folder.")
    name = f"intake-desk-export-{office.today(now).isoformat()}"
    whole, beside = into / name, into / f"{name}.part"
    if whole.exists():
        raise AppError(
            "That folder holds an export of today already. Choose another folder, or move it away."
        )
    writing = _Folder(beside)
    try:
        # The history comes first: it may tell of an export that was stopped, but none is untold.
        with office.writing() as connection:
            at = now.isoformat(timespec="seconds")
            office.record(connection, Line(at, office.member.id, "everything exported"))
        writing.begin()
        rows = yield from _tables(office, writing)
        papers, letters = yield from _papers(office, writing)
        _beside(office, writing, now)
        writing.finish(whole)
    except OSError as error:
        raise AppError(
            "The export can’t be written there. Check that the disk is there, not full and not "
            "write-protected, or choose another folder."
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Exported(whole, len(everything.exported_tables()), rows, papers, letters)


def _tables(office: Office, writing: "_Folder") -> Steps[int]:
    tables, many = everything.exported_tables(), 0
    for number, table in enumerate(tables):
        columns = everything.columns_of(table)
        csv, exact = f"tables/{table.name}.csv", f"tables/{table.name}.jsonl"
        writing.add(csv, office_export.csv_head(columns))
        writing.add(exact, b"")
        after: int | None = 0
        while after is not None:
            yield 0.5 * number / len(tables)
            with office.reading() as connection:
                rows, after = everything.read_rows(office, connection, table, after)
            writing.add(csv, office_export.csv_lines(columns, rows))
            writing.add(exact, office_export.json_lines(rows))
            many += len(rows)
    return many


def _papers(office: Office, writing: "_Folder") -> Steps[tuple[int, int]]:
    with office.reading() as connection:
        papers, letters = everything.kept_papers(connection)
    count = len(papers) + len(letters)
    for number, (document_id, case, media) in enumerate(papers):
        name = f"documents/{case}/{export_name(case, document_id, media)}"
        with office.reading() as connection:
            pages = documents.pages_of(office, connection, document_id)
        for wanted in document_parts.steps_of(pages.count):
            yield 0.5 + 0.5 * number / count
            with office.reading() as connection:
                writing.add(name, documents.read_pages(office, connection, pages, wanted))
    for number, (letter_id, case) in enumerate(letters, start=len(papers)):
        yield 0.5 + 0.5 * number / count
        with office.reading() as connection:
            pdf = read_pdf(office, connection, letter_id)
        writing.add(f"letters/{case}/letter-{case}-{letter_id}.pdf", pdf)
    return len(papers), len(letters)


def _beside(office: Office, writing: "_Folder", now: datetime) -> None:
    logo = read_logo(office)
    if logo is not None:
        writing.add("letterhead/logo.png", logo)
    for name in ("data_dictionary.md", "schema.sql"):
        writing.add(name, (paths.db_folder() / name).read_bytes())
    left_out = {**everything.NOT_EXPORTED, **everything.NOT_TOLD}
    day = office.today(now)
    writing.add(
        "READ ME FIRST.txt",
        office_export.read_me(office.profile.name, day, __version__, left_out),
    )


@dataclass
class _Folder:
    """A folder being written, for its owner only, with a fingerprint of each file."""

    path: Path
    _sums: dict[str, "hashlib._Hash"] = field(default_factory=dict)

    def begin(self) -> None:
        """Make it; what an export that was cut off left under its name goes."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(mode=0o700, parents=True)

    def add(self, name: str, content: bytes) -> None:
        """Write on at the end of a file; the first time makes it."""
        file = self.path / name
        if name not in self._sums:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._sums[name] = hashlib.sha256()
        # `O_BINARY` keeps Windows from changing line ends.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(file, flags, 0o600), "ab") as writing:
            writing.write(content)
        self._sums[name].update(content)

    def finish(self, name: Path) -> None:
        """Flush everything to the disk, then give it its name."""
        sums = "".join(f"{sum_.hexdigest()}  {file}\n" for file, sum_ in self._sums.items())
        self.add("SHA256SUMS.txt", sums.encode())
        for part in self.path.rglob("*"):
            flush(part)
        put_in_place(self.path, name)
        flush(name.parent.parent)  # the folder asked for may be new
