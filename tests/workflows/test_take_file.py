"""A chosen file is told by what is in it; what can't be a document is one sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.core.document_media import LARGEST, BadFile, Media
from intake_app.workflows.take_file import Stopped, take_file
from tests import papers


def never() -> bool:
    return False


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (papers.pdf(), Media.PDF),
        (b"\n junk before it \n" + papers.pdf(), Media.PDF),
        (papers.png(), Media.PNG),
        (b"\xff\xd8\xff\xe0rest", Media.JPEG),
        (b"II*\0rest", Media.TIFF),
        (b"MM\0*rest", Media.TIFF),
        (b"RIFF\x10\0\0\0WEBPVP8 ", Media.WEBP),
    ],
)
@pytest.mark.parametrize("name", ["paper.pdf", "paper.PNG", "paper", "paper.docx"])
def test_a_file_is_told_by_its_content(
    tmp_path: Path, content: bytes, media: Media, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    taken = take_file(path, never)
    assert (taken.content, taken.media, taken.title) == (content, media, "paper")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"Dear Sir", "neither a PDF nor a picture"),
        (b"PK\x03\x04word", "neither a PDF nor a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PDF nor a picture"),
        (b"\0\0\0\x18ftypheic\0\0", "save it as JPEG"),
        (b"\0\0\0\x18ftypmif1\0\0", "save it as JPEG"),
        (b"x" * 2000 + b"%PDF-1.7", "neither a PDF nor a picture"),
    ],
)
def test_what_can_not_be_a_document_is_a_sentence(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "Name of a person.pdf"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=says) as told:
        take_file(path, never)
    assert "Name of" not in told.value.sentence


def test_fifty_megabytes_are_taken_and_not_one_byte_more(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-" + bytes(LARGEST - 5))
    assert len(take_file(path, never).content) == LARGEST
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(BadFile, match="larger than 50 MB"):
        take_file(path, never)


def test_what_is_not_a_file_or_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="not a file"):
        take_file(tmp_path, never)
    with pytest.raises(BadFile, match="not a file"):
        take_file(tmp_path / "gone.pdf", never)


def test_a_file_that_may_not_be_read_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(papers.pdf())

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(BadFile, match="can’t be read"):
        take_file(path, never)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-" + bytes(5_000_000))
    answers: Iterator[bool] = iter([False, True])
    with pytest.raises(Stopped):
        take_file(path, lambda: next(answers))


@pytest.mark.parametrize(
    ("name", "title"),
    [("I-247A  scan.pdf", "I-247A scan"), (".pdf", ".pdf"), ("\u202e .pdf", "Document")],
)
def test_the_title_begins_as_the_name_of_the_file(tmp_path: Path, name: str, title: str) -> None:
    path = tmp_path / name
    path.write_bytes(papers.pdf())
    assert take_file(path, never).title == title
