"""The page on legal process is read whole or refused with what is wrong in it."""

import re
from pathlib import Path

import pytest

from intake_app.core.errors import AppError
from intake_app.core.legal_process import read_legal_process

SHIPPED = (Path(__file__).parents[2] / "resources" / "legal_process.toml").read_text("utf-8")
LIBRARY = "".join(
    file.read_text("utf-8")
    for file in (Path(__file__).parents[2] / "resources" / "authorities").glob("*.toml")
)


def test_the_shipped_page_says_what_has_to_be_done_and_who_checked_it() -> None:
    page = read_legal_process(SHIPPED)
    words = " ".join(step.words for part in page.parts for step in part.steps)
    for needed in ("counsel now", "signed it", "Run no retention", "least that is necessary"):
        assert needed in words
    assert "no legal advice" in page.about
    assert "22 Nov 2026" in page.standing
    assert "No lawyer of this office has read it yet" in page.standing


def test_it_says_no_law_that_the_library_does_not_hold() -> None:
    page = read_legal_process(SHIPPED)
    sources = [step.source for part in page.parts for step in part.steps if step.source]
    assert len(sources) >= 5
    for section in re.findall(r"\d+[\w.]*\d|\d+", " ".join(sources)):
        assert section in LIBRARY, section


def test_a_lawyer_who_read_it_is_named() -> None:
    page = read_legal_process(SHIPPED.replace('checked = ""', 'checked = "A. Ruiz, 2026-12-01"'))
    assert page.standing.endswith("Read by a lawyer of this office: A. Ruiz, 2026-12-01.")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("about = [", "as TOML"),
        (SHIPPED.replace("about =", "abuot ="), "about"),
        (SHIPPED.replace("sources_seen = 2026-11-22", 'sources_seen = "soon"'), "sources_seen"),
        (SHIPPED.replace('title = "What came"', 'title = " "'), "title"),
        (SHIPPED.replace("source =", "sauce =", 1), "sauce"),
        (SHIPPED.partition("[[part]]")[0] + "part = []", "part"),
        (SHIPPED.partition("[[part]]")[0] + 'part = [{title = "x", step = ["y"]}]', "step"),
    ],
)
def test_a_malformed_page_is_refused_by_name(wrong: str, said: str) -> None:
    with pytest.raises(AppError, match=said) as refused:
        read_legal_process(wrong)
    assert "resources/legal_process.toml" in refused.value.sentence
