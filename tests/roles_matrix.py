"""Who may do what: each public workflow, the acts it asks leave for, and how to try it.

`RULES` is the one matrix. `tests/test_roles_matrix.py` finds every public function of
`intake_app/workflows` that takes an office, and fails for one that is not listed here; it calls
each as every role. `python -m tests.roles_matrix > db/roles.md` writes the page people read.
"""

import io
import sys
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import GeneratorType
from typing import Any

from intake_app.core.authority_text import entry_hash
from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Charge, Intake, Person
from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.letters.letter_setup import SignatureBlock
from intake_app.core.letters.options import LetterOptions
from intake_app.core.poverty_guidelines import GuidelineKey
from intake_app.core.reports.release import ReleaseAsked
from intake_app.core.reports.rows import Population
from intake_app.core.roles import MAY, Act, Role
from intake_app.core.survey import SurveyResponse, SurveyYesNo
from intake_app.core.vocabulary import LetterAnswer, LetterResult, PurgePart, SentBy
from intake_app.store.conflict_checks import Decision
from intake_app.store.letter_copies import Copied
from intake_app.store.office import Office
from intake_app.store.office_history import DeedQuery
from intake_app.store.report_moment import read_moment
from intake_app.workflows import (
    add_authority,
    add_document,
    addressees,
    allow_rows,
    answer_missing,
    approve_letter,
    ask_for_approval,
    back_up_office,
    block_authority,
    bring_back,
    case_history,
    certify_destruction,
    check_authority,
    check_conflicts,
    check_office,
    clear_leftovers,
    compose_letter,
    correct_authority,
    count_survey,
    decide_conflict,
    delete_case,
    deleted_things,
    demo_letters,
    destroy_records,
    drill_backup,
    due_for_destruction,
    envelopes,
    export_document,
    export_office,
    find_people,
    gather_reports,
    import_cases,
    keep_draft,
    keep_letter,
    keep_survey_response,
    known_figures,
    letter_sources,
    list_backups,
    manage_members,
    new_recovery_sheet,
    note_letter_copy,
    office_copy,
    office_history,
    open_case,
    own_kinds,
    prepare_reports,
    prepare_rows,
    preview_letterhead,
    print_legal_process,
    protect_document,
    read_deadlines,
    read_desk,
    read_documents,
    read_fact_sources,
    read_ledger,
    read_letter_page,
    read_letters,
    reauthenticate,
    record_letter,
    release_reports,
    release_rows,
    remove_document,
    report_choices,
    retention_rules,
    retitle_document,
    save_case,
    set_holidays,
    set_letterhead,
    set_poverty_guideline,
    shipped,
    start_intake,
    start_series,
    undo_change,
    undo_last,
    undo_office_change,
    unsaved_words,
    write_batch,
)
from intake_app.workflows.prepare_rows import RowsAsked
from intake_app.workflows.steps import whole
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.letters import DECLINE
from tests.offices import proof_of
from tests.report_offices import own, window_of
from tests.roles_world import GUIDELINE, PAPER, World

LOGO = papers.png()
ASKED = ReleaseAsked(window_of("2026-Q1"), (), (own("charges", "charge_level", "outcome"),))
ROWS = RowsAsked(window_of("2026-Q1").periods[0], ("charge_level", "outcome"))
FIGURE = SingleFigure(
    Population.EPISODES,
    window_of("2026-Q1"),
    frozenset({("charge_level", frozenset({"felony"}))}),
    4,
)
TABLE = (
    b"booking_ref,sex,race,age_at_booking,booking_date,birthplace,charge_code,charge,level,"
    b"sentence,disposition_date,disposition\n"
    b'T1,M,W,29,2014-05-01,"Guerrero, Mexico",54,DRIVING WHILE INTOXICATED,MB,,2014-05-03,'
    b"SENTENCE COMPLETE\n"
)


Try = Callable[[Office, World], object]
"""Calls a workflow with real arguments."""


@dataclass(frozen=True)
class Rule:
    """One line of the matrix.

    needs: the acts a member must be allowed, all of them; none where everybody may. why: why
    everybody may, or what is finer than the acts. refused: a refusal that is no matter of roles,
    because this small office has too little to publish, for example.
    """

    try_it: Try
    needs: tuple[Act, ...] = ()
    why: str = ""
    refused: type[AppError] | None = None

    def let_in(self, role: Role) -> bool:
        """Whether the member may."""
        return set(self.needs) <= MAY[role]

    def run(self, office: Office, world: World) -> object:
        """Do it to the end, a generator of steps too."""
        made = self.try_it(office, world)
        return whole(_steps(made)) if isinstance(made, GeneratorType) else made


def _steps(made: Generator[float, None, Any]) -> Generator[float, None, Any]:
    return (yield from made)


READ, WRITE, PROTECTED = Act.READ_CASES, Act.WRITE_CASES, Act.SEE_PROTECTED
COMPOSE, APPROVE, CHECK = Act.COMPOSE_LETTERS, Act.APPROVE_LETTERS, Act.CHECK_AUTHORITIES
SET_UP, PUBLISH, MEMBERS = Act.SET_UP_OFFICE, Act.RELEASE_SUMMARIES, Act.MANAGE_MEMBERS

LAW = "The library and the kinds of letters hold law and the office’s own words, no client."
OWN = "One’s own: a member’s passphrase, signature or words."
ALL_OPEN = "No client in it."


def _moment(office: Office) -> Any:
    """What a release has read by then; who may not publish has no keys to read it with."""
    if PUBLISH not in MAY[office.member.role]:
        return None
    with office.reading() as connection:
        return read_moment(office, connection, ASKED.window, NOW)


def _authority(office: Office, name: str) -> Any:
    return letter_sources.library_of(office).authorities[name]


def _known(office: Office, world: World) -> Any:
    """The letter as an attorney composed it; whoever may not compose gets as far as its case."""
    return compose_letter.compose_letter(office, world.case, DECLINE, NOW)


RULES: Mapping[str, Rule] = {
    # Cases.
    "start_intake.start_intake": Rule(lambda o, _w: start_intake.start_intake(o, NOW), (WRITE,)),
    "open_case.open_case": Rule(
        lambda o, w: open_case.open_case(o, w.case, NOW),
        (READ,),
        "Victim facts are there only for who holds their key.",
    ),
    "open_case.open_case_numbered": Rule(
        lambda o, _w: open_case.open_case_numbered(o, "2026-0001", NOW), (READ,)
    ),
    "save_case.save_answer": Rule(
        lambda o, w: save_case.save_answer(o, w.case, Intake, None, "caller_name", "N.", NOW),
        (WRITE,),
        "A question of victim facts, or one that decides law, asks for its own act too.",
    ),
    "save_case.add_entry": Rule(
        lambda o, w: save_case.add_entry(o, w.case, Charge, NOW), (WRITE,), "As save_answer."
    ),
    "save_case.remove_entry": Rule(
        lambda o, w: save_case.remove_entry(o, w.other, Charge, w.charge, NOW),
        (WRITE,),
        "As save_answer.",
    ),
    "save_case.may_answer": Rule(
        lambda o, _w: save_case.may_answer(o, Person, "given"), (WRITE,), "As save_answer."
    ),
    "answer_missing.answer_missing": Rule(
        lambda o, w: answer_missing.answer_missing(
            o, w.case, Person, None, "booking_number", "9-1", NOW
        ),
        (WRITE,),
        "As save_answer.",
    ),
    "keep_draft.keep_draft": Rule(
        lambda o, w: keep_draft.keep_draft(o, w.case, Intake, None, "caller_name", "Half"),
        (WRITE,),
        "As save_answer.",
    ),
    "keep_draft.settle_drafts": Rule(
        lambda o, w: keep_draft.settle_drafts(o, w.case, NOW), (WRITE,)
    ),
    "case_history.case_history": Rule(
        lambda o, w: case_history.case_history(o, w.case),
        (READ,),
        "Lines about victim facts, letters, conflicts only for who may see those.",
    ),
    "open_case.look_into_case": Rule(
        lambda o, w: open_case.look_into_case(o, w.case, NOW), (READ,), "As open_case."
    ),
    "undo_last.undo_last": Rule(
        lambda o, w: (_edit(o, w), undo_last.undo_last(o, w.other, NOW)), (WRITE,), "One’s own."
    ),
    "undo_last.redo_last": Rule(
        lambda o, w: (
            _edit(o, w),
            undo_last.undo_last(o, w.other, NOW),
            undo_last.redo_last(o, w.other, NOW),
        ),
        (WRITE,),
        "One’s own.",
    ),
    "undo_change.undo_change": Rule(
        lambda o, w: undo_change.undo_change(o, w.to_undo, NOW), (WRITE,), "As save_answer."
    ),
    # Finding.
    "find_people.find_people": Rule(lambda o, _w: find_people.find_people(o, ""), (READ,)),
    "find_people.list_cases": Rule(
        lambda o, _w: find_people.list_cases(o, find_people.CaseQuery(), 0, 20), (READ,)
    ),
    "find_people.list_facilities": Rule(lambda o, _w: find_people.list_facilities(o), (READ,)),
    "find_people.load_roster": Rule(lambda o, _w: find_people.load_roster(o), (READ,)),
    "find_people.load_roster_part": Rule(lambda o, _w: find_people.load_roster_part(o), (READ,)),
    "read_desk.read_desk": Rule(lambda o, _w: read_desk.read_desk(o, NOW), (READ,)),
    "read_desk.read_clocks": Rule(lambda o, _w: read_desk.read_clocks(o, NOW), (READ,)),
    "read_deadlines.read_deadlines": Rule(
        lambda o, _w: read_deadlines.read_deadlines(o, NOW), (READ,)
    ),
    "import_cases.import_cases": Rule(
        lambda o, _w: import_cases.import_cases(o, TABLE, None, NOW), (Act.IMPORT,)
    ),
    # Conflicts.
    "check_conflicts.read_people_part": Rule(
        lambda o, _w: check_conflicts.read_people_part(o), (READ,)
    ),
    "check_conflicts.check_conflicts": Rule(
        lambda o, w: check_conflicts.check_conflicts(o, w.case, NOW),
        (READ,),
        "Whom it found is shown as far as SEE_CONFLICTS and the keys go.",
    ),
    "check_conflicts.open_conflict_questions": Rule(
        lambda o, _w: check_conflicts.open_conflict_questions(o), (READ,), "None for a volunteer."
    ),
    "check_conflicts.may_see": Rule(
        lambda o, _w: bool(o.member), (), "Answers whether; reads nothing."
    ),
    "decide_conflict.decide_conflict": Rule(
        lambda o, w: decide_conflict.decide_conflict(
            o, w.other, w.check, Decision.NONE, "No.", NOW
        ),
        (Act.SEE_CONFLICTS,),
        "“Somebody else” also by who may write, where all found may be shown to her.",
    ),
    "decide_conflict.hold_for_conflict": Rule(
        lambda o, w: decide_conflict.hold_for_conflict(o, w.other, NOW), (WRITE,)
    ),
    # Documents.
    "add_document.add_document": Rule(
        lambda o, w: add_document.add_document(o, w.case, PAPER, None, NOW),
        (WRITE,),
        "A protected one asks for SEE_PROTECTED too.",
    ),
    "read_documents.list_documents": Rule(
        lambda o, w: read_documents.list_documents(o, w.other),
        (READ,),
        "Protected ones only for who holds both keys.",
    ),
    "read_documents.read_pictures": Rule(
        lambda o, w: read_documents.read_pictures(o, w.other), (READ,)
    ),
    "read_documents.read_document": Rule(
        lambda o, w: read_documents.read_document(o, w.paper), (READ,)
    ),
    "retitle_document.retitle_document": Rule(
        lambda o, w: retitle_document.retitle_document(o, w.paper, "Hold", NOW), (WRITE,)
    ),
    "export_document.export_document": Rule(
        lambda o, w: export_document.export_document(o, w.paper, _place(o), proof_of(o), NOW),
        (WRITE,),
    ),
    "remove_document.remove_document": Rule(
        lambda o, w: remove_document.remove_document(o, w.to_remove, NOW), (WRITE,)
    ),
    "remove_document.bring_back_document": Rule(
        lambda o, w: remove_document.bring_back_document(o, w.removed, NOW), (WRITE,)
    ),
    "protect_document.protect_document": Rule(
        lambda o, w: protect_document.protect_document(o, w.paper, NOW, protected=True),
        (WRITE, PROTECTED),
    ),
    "clear_leftovers.clear_leftovers": Rule(
        lambda o, _w: clear_leftovers.clear_leftovers(o),
        (),
        "The program’s own tidying of what is in no case; nothing is read or shown.",
    ),
    # Letters.
    "compose_letter.compose_letter": Rule(
        lambda o, w: compose_letter.compose_letter(o, w.case, DECLINE, NOW), (COMPOSE,)
    ),
    "compose_letter.letterhead_of": Rule(
        lambda o, _w: compose_letter.letterhead_of(o), (), ALL_OPEN
    ),
    "read_letter_page.begin_letter": Rule(
        lambda o, w: read_letter_page.begin_letter(o, w.case, NOW), (COMPOSE,)
    ),
    "read_letter_page.look_at_letter": Rule(
        lambda o, w: read_letter_page.look_at_letter(o, w.case, DECLINE, LetterOptions(), NOW),
        (COMPOSE,),
    ),
    "read_letter_page.fits_of": Rule(
        lambda o, w: read_letter_page.fits_of(o, open_case.open_case(o, w.case), NOW),
        (READ,),
        "Judges a case that was opened.",
    ),
    "read_fact_sources.read_fact_sources": Rule(
        lambda o, w: read_fact_sources.read_fact_sources(
            o, open_case.open_case(o, w.case), (made := _known(o, w)).known, made.facts
        ),
        (READ, COMPOSE),
        "Takes what composing gave.",
    ),
    "keep_letter.keep_letter": Rule(
        lambda o, w: keep_letter.keep_letter(o, w.case, DECLINE, LetterOptions(), NOW), (COMPOSE,)
    ),
    "keep_letter.discard_letter": Rule(
        lambda o, w: keep_letter.discard_letter(o, w.to_discard, NOW), (COMPOSE,)
    ),
    "ask_for_approval.ask_for_approval": Rule(
        lambda o, w: ask_for_approval.ask_for_approval(o, w.case, DECLINE, LetterOptions(), NOW),
        (COMPOSE,),
    ),
    "approve_letter.approve_letter": Rule(
        lambda o, w: approve_letter.approve_letter(o, w.case, DECLINE, LetterOptions(), NOW),
        (APPROVE,),
    ),
    "read_letters.letters_of": Rule(lambda o, w: read_letters.letters_of(o, w.case), (COMPOSE,)),
    "read_letters.find_letter": Rule(lambda o, w: read_letters.find_letter(o, w.draft), (COMPOSE,)),
    "read_letters.approved_pdf": Rule(
        lambda o, w: read_letters.approved_pdf(o, w.approved), (COMPOSE,)
    ),
    "read_letters.letter_register": Rule(
        lambda o, _w: read_letters.letter_register(o, NOW), (COMPOSE,)
    ),
    "read_letters.case_letters": Rule(
        lambda o, w: read_letters.case_letters(o, w.case, NOW), (COMPOSE,)
    ),
    "read_letters.sees_on_desk": Rule(
        lambda o, _w: bool(o.member), (), "Answers whether; reads nothing."
    ),
    "read_letters.letter_rows": Rule(
        lambda o, _w: read_letters.letter_rows(o, (), {}, NOW), (), "Dresses rows it is given."
    ),
    "note_letter_copy.note_letter_copy": Rule(
        lambda o, w: note_letter_copy.note_letter_copy(o, w.case, w.draft, Copied.SAVED, NOW),
        (COMPOSE,),
    ),
    "office_copy.office_copy": Rule(
        lambda o, w: office_copy.office_copy(o, w.approved), (COMPOSE,)
    ),
    "record_letter.record_sending": Rule(
        lambda o, w: record_letter.record_sending(o, w.unsent, NOW.date(), SentBy.FAX, NOW),
        (COMPOSE,),
    ),
    "record_letter.record_answer": Rule(
        lambda o, w: record_letter.record_answer(
            o, w.unsent, NOW.date(), LetterAnswer.REFUSED, LetterResult.REFUSED, "", NOW
        ),
        (COMPOSE,),
    ),
    "envelopes.letter_envelope": Rule(
        lambda o, w: envelopes.letter_envelope(o, w.case, DECLINE, ("Jail", "1 Road"), NOW),
        (COMPOSE,),
    ),
    "envelopes.address_labels": Rule(
        lambda o, _w: envelopes.address_labels(o, [("Jail", "1 Road")]), (COMPOSE,)
    ),
    "write_batch.running_clocks": Rule(
        lambda o, _w: write_batch.running_clocks(o, NOW), (COMPOSE,)
    ),
    "write_batch.Batch": Rule(
        lambda o, _w: write_batch.Batch(o, (), NOW, waiting=True).steps(), (COMPOSE,)
    ),
    "demo_letters.begin_letters": Rule(
        lambda o, w: demo_letters.begin_letters(o, (w.case,), NOW), (COMPOSE,)
    ),
    "demo_letters.approve_letters": Rule(
        lambda o, _w: demo_letters.approve_letters(o, (), NOW), (APPROVE,)
    ),
    # What letters are made of.
    "addressees.addressees_of": Rule(lambda o, _w: addressees.addressees_of(o), (COMPOSE,)),
    "addressees.find_addressees": Rule(
        lambda o, _w: addressees.find_addressees(o, "j"), (COMPOSE,)
    ),
    "addressees.keep_addressee": Rule(
        lambda o, w: addressees.keep_addressee(o, replace(w.jail, telephone="555-0100"), NOW),
        (COMPOSE,),
    ),
    "addressees.remove_addressee": Rule(
        lambda o, w: addressees.remove_addressee(o, w.to_take_out, NOW), (COMPOSE,)
    ),
    "letter_sources.library_of": Rule(lambda o, _w: letter_sources.library_of(o), (), LAW),
    "letter_sources.library_at_hand": Rule(
        lambda o, _w: letter_sources.library_at_hand(o), (), LAW
    ),
    "letter_sources.office_library": Rule(lambda o, _w: letter_sources.office_library(o), (), LAW),
    "letter_sources.kinds_of": Rule(lambda o, _w: letter_sources.kinds_of(o), (), LAW),
    "letter_sources.kind_of": Rule(lambda o, _w: letter_sources.kind_of(o, DECLINE), (), LAW),
    "letter_sources.text_of": Rule(
        lambda o, _w: letter_sources.text_of(o, letter_sources.kind_of(o, DECLINE), "en"), (), LAW
    ),
    "own_kinds.own_kinds_of": Rule(lambda o, _w: own_kinds.own_kinds_of(o), (COMPOSE,)),
    "own_kinds.copy_of": Rule(lambda o, _w: own_kinds.copy_of(o, DECLINE), (COMPOSE,)),
    "own_kinds.usable_in": Rule(lambda o, _w: own_kinds.usable_in(o, DECLINE, NOW), (), LAW),
    "own_kinds.check_own_text": Rule(
        lambda o, _w: own_kinds.check_own_text(o, DECLINE, shipped.letter_text(DECLINE), NOW),
        (),
        LAW,
    ),
    "own_kinds.keep_own_kind": Rule(
        lambda o, _w: own_kinds.keep_own_kind(o, _own_kind("mine"), NOW, new=True), (APPROVE,)
    ),
    "own_kinds.remove_own_kind": Rule(
        lambda o, _w: own_kinds.remove_own_kind(o, "ours", NOW), (APPROVE,)
    ),
    "preview_letterhead.preview_letterhead": Rule(
        lambda o, _w: preview_letterhead.preview_letterhead(o, "Us", "", SignatureBlock(), NOW),
        (),
        "An invented letter with what is being typed.",
    ),
    "set_letterhead.set_letterhead": Rule(
        lambda o, _w: set_letterhead.set_letterhead(o, "Our Office", "1 Road", NOW), (SET_UP,)
    ),
    "set_letterhead.logo_of": Rule(lambda o, _w: set_letterhead.logo_of(o), (), ALL_OPEN),
    "set_letterhead.set_logo": Rule(lambda o, _w: set_letterhead.set_logo(o, LOGO, NOW), (SET_UP,)),
    "set_letterhead.set_logo_file": Rule(
        lambda o, _w: set_letterhead.set_logo_file(o, o.folder.parent / "logo.png", NOW), (SET_UP,)
    ),
    "set_letterhead.remove_logo": Rule(lambda o, _w: set_letterhead.remove_logo(o, NOW), (SET_UP,)),
    "set_letterhead.own_block": Rule(lambda o, _w: set_letterhead.own_block(o), (), OWN),
    "set_letterhead.set_own_block": Rule(
        lambda o, _w: set_letterhead.set_own_block(o, "Attorney", "Bar no. 1", NOW),
        (APPROVE,),
        "One’s own.",
    ),
    "set_letterhead.signers_of": Rule(lambda o, _w: set_letterhead.signers_of(o), (COMPOSE,)),
    # The library.
    "check_authority.the_entry": Rule(lambda o, _w: check_authority.the_entry(o, "C01"), (), LAW),
    "check_authority.check_authority": Rule(
        lambda o, _w: check_authority.check_authority(
            o, "C01", entry_hash(check_authority.the_entry(o, "C01")), NOW, with_source=True
        ),
        (CHECK,),
    ),
    "correct_authority.correct_authority": Rule(
        lambda o, _w: correct_authority.correct_authority(
            o, "C03", replace(_authority(o, "C03"), caution="Mine."), NOW
        ),
        (CHECK,),
    ),
    "add_authority.add_authority": Rule(
        lambda o, _w: add_authority.add_authority(
            o, replace(_authority(o, "C01"), short_name="Ours"), NOW
        ),
        (CHECK,),
    ),
    "block_authority.block_authority": Rule(
        lambda o, _w: block_authority.block_authority(o, "C04", "It was reversed.", NOW), (CHECK,)
    ),
    "block_authority.unblock_authority": Rule(
        lambda o, _w: block_authority.unblock_authority(o, "C02", "It stands.", NOW), (CHECK,)
    ),
    # Reports.
    "report_choices.report_choices": Rule(
        lambda o, _w: report_choices.report_choices(o, NOW), (PUBLISH,)
    ),
    "gather_reports.gather": Rule(
        lambda o, _w: gather_reports.gather(o, ASKED, NOW), (PUBLISH,), "", NotSafe
    ),
    "gather_reports.gathered_at": Rule(
        lambda o, _w: gather_reports.gathered_at(o, _moment(o), ASKED, NOW), (PUBLISH,), "", NotSafe
    ),
    "prepare_reports.prepare_reports": Rule(
        lambda o, _w: prepare_reports.prepare_reports(o, ASKED, NOW), (PUBLISH,), "", NotSafe
    ),
    "release_reports.release_reports": Rule(
        lambda o, _w: release_reports.release_reports(o, ASKED, NOW), (PUBLISH,), "", NotSafe
    ),
    "prepare_rows.row_choices": Rule(lambda o, _w: prepare_rows.row_choices(o), (PUBLISH,)),
    "prepare_rows.prepare_rows": Rule(
        lambda o, _w: prepare_rows.prepare_rows(o, ROWS), (PUBLISH,), "", AppError
    ),
    "release_rows.release_rows": Rule(
        lambda o, _w: release_rows.release_rows(o, ROWS, NOW), (PUBLISH,), "", AppError
    ),
    "allow_rows.allow_rows": Rule(
        lambda o, _w: allow_rows.allow_rows(o, allowed=True, now=NOW),
        (Act.ALLOW_ROWS,),
        "",
        AppError,
    ),
    "known_figures.known_figures": Rule(lambda o, _w: known_figures.known_figures(o), (PUBLISH,)),
    "known_figures.enter_known_figure": Rule(
        lambda o, _w: known_figures.enter_known_figure(o, FIGURE, "County report", NOW), (PUBLISH,)
    ),
    "read_ledger.read_ledger": Rule(lambda o, _w: read_ledger.read_ledger(o), (PUBLISH,)),
    "start_series.start_new_series": Rule(
        lambda o, _w: start_series.start_new_series(o, NOW), (Act.START_SERIES,)
    ),
    "count_survey.count_survey": Rule(lambda o, _w: count_survey.count_survey(o, NOW), (PUBLISH,)),
    "keep_survey_response.keep_survey_response": Rule(
        lambda o, _w: keep_survey_response.keep_survey_response(
            o, SurveyResponse(afraid=SurveyYesNo.YES), NOW
        ),
        (WRITE,),
    ),
    # The office.
    "check_office.check_office": Rule(
        lambda o, _w: check_office.check_office(o),
        (),
        "Tells whether the file is sound; names no record and no person.",
    ),
    "print_legal_process.print_legal_process": Rule(
        lambda o, _w: print_legal_process.print_legal_process(o, NOW),
        (),
        "A checklist; whoever is at the door first needs it.",
    ),
    "manage_members.list_members": Rule(
        lambda o, _w: manage_members.list_members(o), (), "Colleagues’ names are no secret."
    ),
    "manage_members.change_passphrase": Rule(
        lambda o, _w: manage_members.change_passphrase(o, PASSPHRASE, PASSPHRASE, NOW), (), OWN
    ),
    "reauthenticate.reauthenticate": Rule(
        lambda o, _w: reauthenticate.reauthenticate(o, PASSPHRASE, NOW), (), OWN
    ),
    "reauthenticate.require_proof": Rule(
        lambda o, _w: reauthenticate.require_proof(o, proof_of(o), NOW), (), OWN
    ),
    "unsaved_words.seal_words": Rule(
        lambda o, _w: unsaved_words.seal_words(o, {"a": "b"}), (), OWN
    ),
    "unsaved_words.open_words": Rule(
        lambda o, _w: unsaved_words.open_words(o, unsaved_words.seal_words(o, {"a": "b"})), (), OWN
    ),
    "set_holidays.built_in_holidays": Rule(
        lambda o, _w: set_holidays.built_in_holidays(o, NOW), (), ALL_OPEN
    ),
    "set_holidays.add_holiday": Rule(
        lambda o, _w: set_holidays.add_holiday(o, date(2027, 3, 31), "Day", NOW), (SET_UP,)
    ),
    "set_holidays.remove_holiday": Rule(
        lambda o, _w: set_holidays.remove_holiday(o, date(2027, 3, 31), NOW), (SET_UP,)
    ),
    "set_poverty_guideline.set_poverty_guideline": Rule(
        lambda o, _w: set_poverty_guideline.set_poverty_guideline(
            o, replace(GUIDELINE, region="AK"), NOW
        ),
        (SET_UP,),
    ),
    "set_poverty_guideline.remove_poverty_guideline": Rule(
        lambda o, _w: set_poverty_guideline.remove_poverty_guideline(
            o, GuidelineKey(date(2026, 1, 15), "48"), NOW
        ),
        (SET_UP,),
    ),
    "manage_members.add_member": Rule(
        lambda o, _w: manage_members.add_member(
            o, "new", "N.", Role.VOLUNTEER, PASSPHRASE, proof_of(o), NOW
        ),
        (MEMBERS,),
        "With the passphrase typed again.",
    ),
    "manage_members.deactivate_member": Rule(
        lambda o, _w: manage_members.deactivate_member(o, "leaver", proof_of(o), NOW),
        (MEMBERS,),
        "With the passphrase typed again.",
    ),
    "new_recovery_sheet.draw_recovery_sheet": Rule(
        lambda o, _w: new_recovery_sheet.draw_recovery_sheet(o, NOW), (MEMBERS,)
    ),
    "new_recovery_sheet.put_in_force": Rule(
        lambda o, _w: new_recovery_sheet.put_in_force(o, _sheet(o), proof_of(o), NOW),
        (MEMBERS,),
        "With the passphrase typed again.",
    ),
    "office_history.office_history": Rule(
        lambda o, _w: office_history.office_history(o, DeedQuery()), (Act.SEE_OFFICE_HISTORY,)
    ),
    "undo_office_change.undo_lines": Rule(
        lambda o, w: undo_office_change.undo_lines(o, (w.other_line,), NOW),
        (COMPOSE,),
        "As undo_office_change.",
    ),
    "undo_office_change.and_lines": Rule(
        lambda o, _w: undo_office_change.and_lines(o, lambda: None),
        (),
        "Does what it is given, which asks for itself; tells numbers of lines.",
    ),
    "undo_office_change.office_change": Rule(
        lambda o, w: undo_office_change.office_change(o, w.office_line),
        (COMPOSE,),
        "As undoing it.",
    ),
    "undo_office_change.undo_office_change": Rule(
        lambda o, w: undo_office_change.undo_office_change(o, w.office_line, NOW),
        (COMPOSE,),
        "An entry of the directory. Other tables ask for what changing them asks: SET_UP_OFFICE, "
        "APPROVE_LETTERS, DESTROY or KEEP_BACKUPS; a signature is its attorney’s own.",
    ),
    "export_office.export_office": Rule(
        lambda o, _w: export_office.export_office(o, o.folder.parent / "into", proof_of(o), NOW),
        (Act.EXPORT_ALL,),
        "With the passphrase typed again.",
    ),
    # Backups.
    "back_up_office.back_up_office": Rule(
        lambda o, _w: back_up_office.back_up_office(o, BackupReason.BY_HAND, NOW),
        (Act.KEEP_BACKUPS,),
        "By hand. The daily one is made whoever has the office open.",
    ),
    "back_up_office.plan_backup": Rule(
        lambda o, _w: back_up_office.plan_backup(o, NOW), (), "Every member loses by a lost file."
    ),
    "back_up_office.keep_backup": Rule(
        lambda o, _w: back_up_office.keep_backup(o, (), NOW),
        (),
        "Writes down what became of the daily one.",
    ),
    "back_up_office.set_second_folder": Rule(
        lambda o, _w: back_up_office.set_second_folder(o, o.folder.parent / "second", NOW),
        (Act.KEEP_BACKUPS,),
    ),
    "list_backups.list_backups": Rule(
        lambda o, _w: list_backups.list_backups(o, NOW), (Act.KEEP_BACKUPS,)
    ),
    "list_backups.plan_list": Rule(
        lambda o, _w: list_backups.plan_list(o, NOW), (Act.KEEP_BACKUPS,)
    ),
    "list_backups.backup_state": Rule(
        lambda o, _w: list_backups.backup_state(o), (), "When the last one was made."
    ),
    "drill_backup.drill_backup": Rule(
        lambda o, _w: drill_backup.drill_backup(o, NOW), (Act.KEEP_BACKUPS,)
    ),
    "drill_backup.plan_drill": Rule(
        lambda o, _w: drill_backup.plan_drill(o, NOW), (Act.KEEP_BACKUPS,)
    ),
    "drill_backup.keep_drill": Rule(
        lambda o, _w: drill_backup.keep_drill(o, (), NOW), (Act.KEEP_BACKUPS,)
    ),
    # Deleting and destroying.
    "delete_case.delete_case": Rule(
        lambda o, w: delete_case.delete_case(o, w.to_delete, NOW), (Act.DELETE_CASES,)
    ),
    "deleted_things.deleted_things": Rule(
        lambda o, _w: deleted_things.deleted_things(o, NOW), (WRITE,), "What her keys open."
    ),
    "bring_back.bring_back": Rule(
        lambda o, w: bring_back.bring_back(o, w.deleted, NOW),
        (WRITE,),
        "A case asks for DELETE_CASES, a letter or an addressee for COMPOSE_LETTERS, and so on.",
    ),
    "retention_rules.read_rules": Rule(lambda o, _w: retention_rules.read_rules(o), (Act.DESTROY,)),
    "retention_rules.add_rule": Rule(
        lambda o, _w: retention_rules.add_rule(o, PurgePart.NARRATIVE, 84, NOW), (Act.DESTROY,)
    ),
    "retention_rules.remove_rule": Rule(
        lambda o, _w: retention_rules.remove_rule(o, 1, NOW), (Act.DESTROY,)
    ),
    "due_for_destruction.due_for_destruction": Rule(
        lambda o, _w: due_for_destruction.due_for_destruction(o, NOW), (Act.DESTROY,)
    ),
    "due_for_destruction.how_many_due": Rule(
        lambda o, _w: due_for_destruction.how_many_due(o, NOW),
        (),
        "For the desk; none for who may not destroy.",
    ),
    "destroy_records.destroy_records": Rule(
        lambda o, _w: destroy_records.destroy_records(o, _due(o), proof_of(o), NOW),
        (Act.DESTROY,),
        "With the passphrase typed again.",
        AppError,
    ),
    "destroy_records.finish_destroying": Rule(
        lambda o, _w: destroy_records.finish_destroying(o, proof_of(o), NOW),
        (Act.DESTROY,),
        "With the passphrase typed again.",
        AppError,
    ),
    "certify_destruction.past_runs": Rule(
        lambda o, _w: certify_destruction.past_runs(o), (Act.DESTROY,)
    ),
    "certify_destruction.certificate": Rule(
        lambda o, _w: certify_destruction.certificate(o, 1, NOW), (Act.DESTROY,), "", AppError
    ),
}

AT_THE_DOOR: Mapping[str, str] = {
    "create_office.create_office": "There is no office and no member yet.",
    "make_demo.make_demo": "There is no office and no member yet.",
    "restore_office.restore_office": "Copies a sealed backup; opening it asks for a passphrase.",
    "unlock_office.members_of": "The door lists who may come in.",
    "unlock_office.unlock_office": "Asks for the passphrase.",
    "unlock_office.unlock_with_recovery": "Asks for the recovery sheet.",
}
"""Workflows that take a folder, before anybody is inside."""

PLAIN: Mapping[str, str] = {
    "back_up_office.BackupPlan": "Holds what is to be done.",
    "back_up_office.SecondFolder": "Holds a folder.",
    "create_office.CreatedOffice": "Holds what was made.",
    "drill_backup.DrillPlan": "Holds what is to be done.",
    "export_office.Exported": "Holds what was made.",
    "list_backups.PlaceListed": "Holds what is in a folder.",
    "reauthenticate.Proof": "Holds who typed her passphrase when.",
    "unsaved_words.SealedWords": "Holds sealed words.",
}
"""Plain things that hold an office or its folder, and do nothing."""


def _edit(office: Office, world: World) -> object:
    """An edit of her own, to take back."""
    save_case.save_answer(office, world.other, Intake, None, "caller_name", "Edited", NOW)
    return save_case.save_answer(office, world.other, Intake, None, "caller_name", "Again", NOW)


def _due(office: Office) -> Any:
    if Act.DESTROY not in MAY[office.member.role]:
        return None
    return due_for_destruction.due_for_destruction(office, NOW)


def _sheet(office: Office) -> new_recovery_sheet.RecoverySheet:
    if MEMBERS not in MAY[office.member.role]:
        return new_recovery_sheet.RecoverySheet("", b"")
    return new_recovery_sheet.draw_recovery_sheet(office, NOW)


def _place(office: Office) -> Path:
    return office.folder.parent / "into" / "copy.pdf"


def _own_kind(key: str) -> Any:
    from intake_app.core.letters.own_kinds import OwnKind

    return OwnKind(key, "Our letter", DECLINE, shipped.letter_text(DECLINE))


def page() -> str:
    """The matrix as the page people read."""
    out = io.StringIO()
    out.write(
        "# Who may do what\n\n"
        "Written by `python -m tests.roles_matrix > db/roles.md` from the matrix the tests walk:\n"
        "each workflow below is called as every kind of member, and refused or let in as it says\n"
        "here. What a member’s keys can open at all is in the README.\n\n"
    )
    roles = list(Role)
    out.write(f"| workflow | {' | '.join(role.value for role in roles)} | finer, or why |\n")
    out.write(f"|---|{'---|' * (len(roles) + 1)}\n")
    for name, rule in RULES.items():
        marks = " | ".join("yes" if rule.let_in(role) else "–" for role in roles)
        out.write(f"| {name.partition('.')[2]} | {marks} | {rule.why} |\n")
    out.write("\nBefore anybody is inside:\n\n")
    for name, why in AT_THE_DOOR.items():
        out.write(f"- {name.partition('.')[2]}: {why}\n")
    return out.getvalue()


if __name__ == "__main__":
    sys.stdout.write(page())
