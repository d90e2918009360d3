"""CSV files as other systems save them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.errors import AppError
from intake_app.documents.spreadsheets import read_csv

TABLE = 'ref,name,note\n1,Núñez,"two\nlines"\n2,"O""Hara, Ann",\n'
ROWS = [["1", "Núñez", "two\nlines"], ["2", 'O"Hara, Ann', ""]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_encoding_gives_the_same_rows(encoding: str) -> None:
    read = read_csv(TABLE.encode(encoding))
    assert read.header == ("ref", "name", "note")
    assert list(read.rows) == ROWS
    assert read.first_row == 2


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end(mark: str, end: str) -> None:
    text = end.join(mark.join(row) for row in [["ref", "a b", "x"], ["1", "2", "3, 4; 5"]])
    quoted = text.replace("3, 4; 5", '"3, 4; 5"')
    read = read_csv(quoted.encode())
    assert read.header == ("ref", "a b", "x")
    assert list(read.rows) == [["1", "2", "3, 4; 5"]]


def test_blank_lines_keep_their_numbers() -> None:
    read = read_csv(b"\n\nref,x\n1,2\n\n3,4\n")
    assert read.header == ("ref", "x")
    assert read.first_row == 4
    assert list(read.rows) == [["1", "2"], [], ["3", "4"]]


def test_a_cell_of_ten_thousand_characters_is_whole() -> None:
    long = "é, " * 3_334
    read = read_csv(f'ref,x\n1,"{long}"\n'.encode())
    assert list(read.rows) == [["1", long]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"   \n\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,,\n,,\n", "empty"),
        (b"PK\x03\x04rest of a workbook", "not a table saved as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not a table saved as CSV"),
        (b"%PDF-1.7\n", "not a table saved as CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a table saved as CSV"),
        (bytes(range(256)) * 4, "not a table saved as CSV"),
        (b"ref,x\n1,\x81\xff\n", "not a table saved as CSV"),
        (b"ref,x\n1," + b"a" * 200_000 + b"\n", "longer than"),
    ],
)
def test_what_is_no_table_has_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(AppError, match=said):
        list(read_csv(content).rows)


@given(st.binary(max_size=300))
def test_bytes_never_break_it(content: bytes) -> None:
    try:
        read = read_csv(content)
        assert read.header
        list(read.rows)
    except AppError as error:
        assert error.sentence.endswith(".")


line = st.lists(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u0085\u2028\u2029")
        | st.sampled_from('"\n,;'),
        max_size=8,
    ),
    min_size=2,
    max_size=4,
)


@given(st.lists(line, max_size=6))
def test_a_written_table_is_read_back(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([["ref", "second", "third"], *rows])
    assert list(read_csv(written.getvalue().encode()).rows) == rows
