"""Letterhead, logo and signature: who changes them, and that a letter shows them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from intake_app.core.errors import AppError, BadAnswer, NotAllowed
from intake_app.core.letters.letter_setup import SignatureBlock
from intake_app.core.letters.options import Signer
from intake_app.core.roles import Act, Role, may
from intake_app.store.office import Office
from intake_app.workflows.compose_letter import letterhead_of
from intake_app.workflows.preview_letterhead import preview_letterhead
from intake_app.workflows.set_letterhead import (
    logo_of,
    own_block,
    remove_logo,
    set_letterhead,
    set_logo,
    set_logo_file,
    set_own_block,
    signers_of,
)
from tests.conftest import NOW
from tests.offices import unlocked


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 30), "navy").save(out, "PNG")
    return out.getvalue()


def test_the_head_of_a_letter_is_what_was_set(office: Office) -> None:
    set_letterhead(office, "  Bay  Office ", "\n1 Road\n\n (305) 555-0100 \n", NOW)
    set_logo(office, png(), NOW)
    head = letterhead_of(office)
    assert (head.name, head.lines) == ("Bay Office", "1 Road\n(305) 555-0100")
    assert head.logo == logo_of(office)
    page = PdfReader(
        BytesIO(preview_letterhead(office, head.name, head.lines, SignatureBlock("Chief"), NOW))
    ).pages[0]
    assert len(page.images) == 1
    assert all(word in page.extract_text() for word in ("Bay Office", "(305) 555-0100", "Chief"))
    remove_logo(office, NOW)
    assert letterhead_of(office).logo is None


@pytest.mark.parametrize(
    ("name", "lines"), [(" ", "1 Road"), ("N" * 121, ""), ("N", "a\n" * 7), ("N", "x" * 121)]
)
def test_a_bad_head_changes_nothing(office: Office, name: str, lines: str) -> None:
    before = office.profile
    with pytest.raises(BadAnswer):
        set_letterhead(office, name, lines, NOW)
    assert office.profile == before


def test_a_logo_that_is_no_image_changes_nothing(office: Office, tmp_path: Path) -> None:
    set_logo(office, png(), NOW)
    kept = logo_of(office)
    wrong = tmp_path / "logo.png"
    for content in (b"no picture", png()[:60], bytes(1_000_001)):
        wrong.write_bytes(content)
        with pytest.raises(AppError):
            set_logo_file(office, wrong, NOW)
    with pytest.raises(AppError, match="can’t be read"):
        set_logo_file(office, tmp_path / "missing.png", NOW)
    assert logo_of(office) == kept


def test_an_attorney_writes_her_own_block_and_signs_with_it(staffed: Office) -> None:
    staffed.close()
    with unlocked(staffed.folder, Role.ATTORNEY) as office:
        assert own_block(office) == SignatureBlock()
        assert signers_of(office) == (Signer("Attorney Person", "Attorney"),)
        set_own_block(office, "Senior Attorney", "Bar No. 1\n\nGeorgia 2", NOW)
        assert own_block(office) == SignatureBlock("Senior Attorney", ("Bar No. 1", "Georgia 2"))
    with unlocked(staffed.folder, Role.PARALEGAL) as office:
        lines = ("Bar No. 1", "Georgia 2")
        assert signers_of(office) == (Signer("Attorney Person", "Senior Attorney", lines),)


@pytest.mark.parametrize("role", Role)
def test_who_may(staffed: Office, role: Role) -> None:
    staffed.close()
    acts: tuple[tuple[Act, Callable[[Office], object]], ...] = (
        (Act.SET_UP_OFFICE, lambda office: set_letterhead(office, "N", "", NOW)),
        (Act.SET_UP_OFFICE, lambda office: set_logo(office, png(), NOW)),
        (Act.SET_UP_OFFICE, lambda office: remove_logo(office, NOW)),
        (Act.APPROVE_LETTERS, lambda office: set_own_block(office, "T", "", NOW)),
        (Act.COMPOSE_LETTERS, signers_of),
    )
    with unlocked(staffed.folder, role) as office:
        for needed, act in acts:
            if may(role, needed):
                act(office)
            else:
                with pytest.raises(NotAllowed):
                    act(office)
