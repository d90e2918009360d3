"""PDFs that end or hang what draws them do it to another process, and are refused."""

from io import BytesIO

import pytest
from PIL import Image

from intake_app.core.document_media import BadFile
from intake_app.ui import pdf_trial
from intake_app.ui.pdf_trial import tried_pdf_picture
from tests import papers
from tests.fuzz.bombs import paper


def never() -> bool:
    return False


def test_a_pdf_is_drawn_small_and_a_locked_one_is_not() -> None:
    picture = tried_pdf_picture(papers.pdf(), never)
    assert picture is not None
    assert max(Image.open(BytesIO(picture)).size) == 200
    assert tried_pdf_picture(papers.locked_pdf(), never) is None


def test_a_damaged_one_is_said() -> None:
    with pytest.raises(BadFile, match="damaged"):
        tried_pdf_picture(papers.pdf()[:300], never)


def test_one_that_would_take_hours_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_trial, "MOST_SECONDS", 3.0)
    # A quick machine comes to the limit of memory before that of time.
    with pytest.raises(BadFile, match=r"takes too long|is damaged"):
        tried_pdf_picture(paper(b"/F Do " * 500, form=b"/F Do " * 500), never)


def test_cancel_ends_it() -> None:
    asked = iter((False, False))
    with pytest.raises(BadFile):
        tried_pdf_picture(paper(b"/F Do " * 500, form=b"/F Do " * 500), lambda: next(asked, True))
