"""`db/data_dictionary.md` is written from the declarations."""

import pytest

from intake_app import paths
from intake_app.core.fields import Question, title_of
from intake_app.workflows.data_dictionary import dictionary_page
from tests.examples import EVERY_QUESTION, NAMES_OF_QUESTIONS

PAGE = dictionary_page()


def test_the_committed_page_is_current() -> None:
    committed = (paths.db_folder() / "data_dictionary.md").read_text("utf-8")
    assert committed == PAGE, (
        "run: python -m intake_app.workflows.data_dictionary > db/data_dictionary.md"
    )


@pytest.mark.parametrize(("cls", "asked"), EVERY_QUESTION, ids=NAMES_OF_QUESTIONS)
def test_every_question_stands_in_its_table(cls: type, asked: Question) -> None:
    section = PAGE.split(f"Table `{title_of(cls).table}`.")[1].split("\n## ")[0]
    (row,) = [line for line in section.splitlines() if line.startswith(f"| `{asked.name}` |")]
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert len(cells) == 6
    assert cells[1] == asked.label
    assert cells[2] == asked.kind.value
    keys = {key.value for key in asked.keep.value}
    assert {word for word in ("identity", "protected") if word in cells[4]} == keys
    assert cells[5].startswith(asked.disclose.value)
    assert asked.coarse in cells[5]
