"""Plain text beside published files."""

from intake_app.documents.plain_text import as_file, fingerprints, heading, listed, wrapped


def test_lines_are_at_most_88_letters_and_lose_no_word() -> None:
    text = "one two  three\n" * 40
    lines = wrapped(text, "  ")
    assert max(map(len, lines)) <= 88
    assert " ".join(lines).split() == text.split()
    assert lines[0].startswith("  one")
    assert lines[1].startswith("    ")
    assert heading("Tables") == ["Tables", "------"]


def test_fingerprints_are_in_order_of_the_names_and_of_the_bytes() -> None:
    marks = fingerprints({"b.csv": b"abc", "a.csv": b""})
    assert list(marks) == ["a.csv", "b.csv"]
    # The two known answers of FIPS 180-2 for SHA-256.
    assert marks["a.csv"].startswith("e3b0c442")
    assert marks["b.csv"].startswith("ba7816bf")
    assert listed({"b.csv": b"abc"})[0].startswith("  b.csv\n    ba7816bf")


def test_a_file_ends_with_one_line_end() -> None:
    assert as_file(["Zum Ende é", "", ""]) == "Zum Ende é\n".encode()
