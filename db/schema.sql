-- The schema of an office file at revision 0005, after every migration.
-- Written by `python -m intake_app.store.schema_page`; never changed by hand.

CREATE TABLE abuser (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    name BLOB,
    born BLOB,
    relation BLOB,
    in_household BLOB,
    is_caller BLOB,
    is_police BLOB,
    is_witness BLOB,
    is_co_defendant BLOB,
    CONSTRAINT pk_abuser PRIMARY KEY (id),
    CONSTRAINT fk_abuser_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_abuser_case_id ON abuser (case_id);

CREATE INDEX ix_abuser_removed ON abuser (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE addressees (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    entry BLOB NOT NULL,
    removed_at TEXT,
    CONSTRAINT pk_addressees PRIMARY KEY (id)
);

CREATE TABLE adverse_party (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    name BLOB,
    born BLOB,
    role TEXT,
    CONSTRAINT pk_adverse_party PRIMARY KEY (id),
    CONSTRAINT fk_adverse_party_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_adverse_party_case_id ON adverse_party (case_id);

CREATE INDEX ix_adverse_party_removed ON adverse_party (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE authority_checks (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    entry TEXT NOT NULL,
    action TEXT NOT NULL,
    of_entry TEXT NOT NULL,
    text TEXT,
    note TEXT NOT NULL,
    CONSTRAINT pk_authority_checks PRIMARY KEY (id),
    CONSTRAINT fk_authority_checks_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);

CREATE INDEX ix_authority_checks_entry ON authority_checks (entry);

CREATE TABLE backups (
    id INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    verified_at TEXT,
    fault TEXT,
    CONSTRAINT pk_backups PRIMARY KEY (id)
);

CREATE TABLE cases (
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    created_by INTEGER NOT NULL,
    roster_line BLOB, removed_at TEXT,
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT fk_cases_created_by_members FOREIGN KEY(created_by) REFERENCES members (id),
    CONSTRAINT uq_cases_number UNIQUE (number)
);

CREATE INDEX ix_cases_removed ON cases (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE certification (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    crime BLOB,
    statute BLOB,
    report_number BLOB,
    happened_on BLOB,
    reported_on BLOB,
    help_given BLOB,
    harm BLOB,
    client_advised BLOB,
    charges_reviewed BLOB,
    form_enclosed BLOB,
    CONSTRAINT pk_certification PRIMARY KEY (id),
    CONSTRAINT fk_certification_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_certification_case_id ON certification (case_id);

CREATE INDEX ix_certification_removed ON certification (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE charge (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    statute BLOB,
    charge_text BLOB,
    ncic TEXT,
    level TEXT,
    category TEXT,
    top_charge TEXT,
    charged_on TEXT,
    arraigned_on TEXT,
    outcome TEXT,
    outcome_on TEXT,
    reduced_from BLOB,
    reduced_on TEXT,
    sentence BLOB,
    sentence_days INTEGER,
    suspended_days INTEGER,
    immigration_conviction TEXT,
    court_case_number BLOB,
    dv_relation BLOB, guilt_basis TEXT, sanctions TEXT, max_months INTEGER, aggravated_felony TEXT, listed_offense TEXT, court BLOB, next_court_at TEXT,
    CONSTRAINT pk_charge PRIMARY KEY (id),
    CONSTRAINT fk_charge_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_charge_case_id ON charge (case_id);

CREATE INDEX ix_charge_removed ON charge (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE conflict_checks (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    result TEXT NOT NULL,
    keep TEXT NOT NULL,
    identity_mac BLOB NOT NULL,
    searched BLOB NOT NULL,
    found BLOB NOT NULL,
    decision TEXT,
    decided_at TEXT,
    decided_by INTEGER,
    reason BLOB,
    CONSTRAINT pk_conflict_checks PRIMARY KEY (id),
    CONSTRAINT fk_conflict_checks_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE,
    CONSTRAINT fk_conflict_checks_decided_by_members FOREIGN KEY(decided_by) REFERENCES members (id),
    CONSTRAINT fk_conflict_checks_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);

CREATE INDEX ix_conflict_checks_case_id ON conflict_checks (case_id);

CREATE TABLE consent (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    kind TEXT,
    recipient BLOB,
    facts BLOB,
    purpose BLOB,
    risks_explained TEXT,
    alternatives TEXT,
    signed_on TEXT,
    signed_how TEXT,
    language TEXT,
    interpreter BLOB,
    expires_on TEXT,
    withdrawn_on TEXT,
    withdrawn_how TEXT,
    free_choice TEXT,
    parent_signs TEXT,
    guardian_is_abuser BLOB, signed_by TEXT, witness BLOB,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_consent_case_id ON consent (case_id);

CREATE INDEX ix_consent_removed ON consent (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE contact (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    safe_to_talk_now BLOB,
    home_address BLOB,
    mailing_address BLOB,
    safe_to_mail BLOB,
    substitute_address BLOB,
    email BLOB,
    email_safe BLOB,
    monitored_device BLOB,
    go_between BLOB,
    go_between_by BLOB,
    go_between_may_know BLOB,
    code_phrase BLOB,
    if_other_answers BLOB,
    confirmed_on BLOB,
    recheck_by BLOB,
    no_letterhead BLOB,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_contact_case_id ON contact (case_id);

CREATE INDEX ix_contact_removed ON contact (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE custody (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    arrested_at TEXT,
    arresting_agency TEXT,
    arrest_county TEXT,
    booked_on TEXT,
    fingerprinted_at TEXT,
    facility BLOB,
    facility_kind TEXT,
    facility_county TEXT,
    facility_state TEXT,
    facility_zone TEXT,
    facility_address BLOB,
    held_by_287g TEXT,
    custody_basis TEXT,
    in_custody TEXT,
    custody_confirmed_at TEXT,
    custody_known_from TEXT,
    bail_set BIGINT,
    bail_posted_at TEXT,
    bail_refused TEXT,
    bail_refused_at TEXT,
    release_expected BLOB,
    release_due_at TEXT,
    release_due_on TEXT,
    release_basis TEXT,
    release_known_from TEXT,
    released_at TEXT,
    released_to TEXT,
    other_hold_at TEXT,
    CONSTRAINT pk_custody PRIMARY KEY (id),
    CONSTRAINT fk_custody_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_custody_case_id ON custody (case_id);

CREATE INDEX ix_custody_removed ON custody (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE dependent (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    name BLOB,
    relation TEXT,
    age TEXT,
    us_citizen TEXT,
    special_need TEXT,
    need_note BLOB, care_now TEXT,
    CONSTRAINT pk_dependent PRIMARY KEY (id),
    CONSTRAINT fk_dependent_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_dependent_case_id ON dependent (case_id);

CREATE INDEX ix_dependent_removed ON dependent (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE detainer (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    form TEXT,
    edition TEXT,
    issued_on TEXT,
    received_at TEXT,
    issued_by TEXT,
    issuing_office BLOB,
    box TEXT,
    probable_cause TEXT,
    asks TEXT,
    served TEXT,
    served_at TEXT,
    served_by BLOB,
    served_language TEXT,
    warrant TEXT,
    neutral_review TEXT,
    copy_seen TEXT,
    status TEXT,
    ended_on TEXT,
    lift_reason TEXT,
    ice_criminality TEXT,
    threat_level TEXT,
    ice_case_status BLOB, signed TEXT, investigation_box TEXT, person_matches TEXT, warrant_dated TEXT, warrant_on TEXT, warrant_signed TEXT,
    CONSTRAINT pk_detainer PRIMARY KEY (id),
    CONSTRAINT fk_detainer_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_detainer_case_id ON detainer (case_id);

CREATE INDEX ix_detainer_removed ON detainer (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE document_parts (
    document_id INTEGER NOT NULL,
    edition INTEGER NOT NULL,
    part INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    CONSTRAINT pk_document_parts PRIMARY KEY (document_id, edition, part),
    CONSTRAINT fk_document_parts_document_id_documents FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE TABLE documents (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    added_by INTEGER NOT NULL,
    keep TEXT NOT NULL,
    media TEXT NOT NULL,
    edition INTEGER NOT NULL,
    parts INTEGER,
    size BLOB,
    title BLOB NOT NULL,
    thumbnail BLOB,
    removed_at TEXT,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT fk_documents_added_by_members FOREIGN KEY(added_by) REFERENCES members (id),
    CONSTRAINT fk_documents_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_documents_case_id ON documents (case_id);

CREATE INDEX ix_documents_removed ON documents (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE drafts (
    case_id INTEGER NOT NULL,
    record TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    words BLOB NOT NULL,
    CONSTRAINT pk_drafts PRIMARY KEY (case_id, record, entry_id, field),
    CONSTRAINT fk_drafts_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE,
    CONSTRAINT fk_drafts_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);

CREATE TABLE history (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    case_id INTEGER,
    action TEXT NOT NULL,
    record TEXT,
    entry_id INTEGER,
    field TEXT,
    "before" BLOB,
    "after" BLOB,
    undoes INTEGER,
    mac BLOB NOT NULL,
    CONSTRAINT pk_history PRIMARY KEY (seq),
    CONSTRAINT fk_history_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);

CREATE INDEX ix_history_case_id ON history (case_id);

CREATE TABLE household (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    adults INTEGER,
    children INTEGER,
    primary_breadwinner TEXT,
    citizen_family TEXT,
    caregiver_now BLOB,
    children_unattended TEXT,
    assets_total BIGINT,
    excluded_assets TEXT,
    asset_waiver_by BLOB,
    asset_waiver_on TEXT,
    asset_waiver_reason BLOB,
    lsc_category BLOB,
    attested_on TEXT,
    funding TEXT,
    CONSTRAINT pk_household PRIMARY KEY (id),
    CONSTRAINT fk_household_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_household_case_id ON household (case_id);

CREATE INDEX ix_household_removed ON household (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE immigration (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    status_claimed BLOB,
    first_entry BLOB,
    last_entry BLOB,
    manner_of_entry BLOB,
    departures BLOB,
    prior_removal BLOB,
    final_order_on BLOB,
    court BLOB,
    next_hearing BLOB,
    relief BLOB,
    pending_vawa_t_u BLOB,
    represented BLOB,
    CONSTRAINT pk_immigration PRIMARY KEY (id),
    CONSTRAINT fk_immigration_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_immigration_case_id ON immigration (case_id);

CREATE INDEX ix_immigration_removed ON immigration (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE imported (
    source TEXT NOT NULL,
    key_mac BLOB NOT NULL,
    content_mac BLOB NOT NULL,
    case_id INTEGER NOT NULL,
    CONSTRAINT pk_imported PRIMARY KEY (source, key_mac),
    CONSTRAINT fk_imported_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE TABLE income (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    kind TEXT,
    amount BIGINT,
    period TEXT,
    CONSTRAINT pk_income PRIMARY KEY (id),
    CONSTRAINT fk_income_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_income_case_id ON income (case_id);

CREATE INDEX ix_income_removed ON income (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE intake (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    opened_on TEXT,
    mode TEXT,
    caller TEXT,
    caller_name BLOB,
    referral_source BLOB,
    status TEXT,
    assigned_attorney BLOB,
    intake_worker BLOB,
    office_county TEXT,
    summary BLOB,
    closed_on TEXT,
    retention_until TEXT,
    purge_parts TEXT, closing_category TEXT,
    CONSTRAINT pk_intake PRIMARY KEY (id),
    CONSTRAINT fk_intake_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_intake_case_id ON intake (case_id);

CREATE INDEX ix_intake_removed ON intake (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE letter_logo (
    id INTEGER NOT NULL,
    media TEXT NOT NULL,
    picture BLOB NOT NULL,
    CONSTRAINT pk_letter_logo PRIMARY KEY (id)
);

CREATE TABLE letters (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    stage TEXT NOT NULL,
    version INTEGER NOT NULL,
    replaces INTEGER,
    kind BLOB NOT NULL,
    approved_at TEXT,
    approved_by INTEGER,
    sha256 BLOB,
    reply_by BLOB,
    sent_on TEXT,
    answered_on TEXT,
    sent_by BLOB,
    answer BLOB,
    result BLOB,
    note BLOB,
    removed_at TEXT,
    content BLOB NOT NULL,
    pdf BLOB,
    CONSTRAINT pk_letters PRIMARY KEY (id),
    CONSTRAINT fk_letters_approved_by_members FOREIGN KEY(approved_by) REFERENCES members (id),
    CONSTRAINT fk_letters_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE,
    CONSTRAINT fk_letters_made_by_members FOREIGN KEY(made_by) REFERENCES members (id),
    CONSTRAINT fk_letters_replaces_letters FOREIGN KEY(replaces) REFERENCES letters (id) ON DELETE SET NULL
);

CREATE INDEX ix_letters_case_id ON letters (case_id);

CREATE INDEX ix_letters_removed ON letters (removed_at) WHERE removed_at IS NOT NULL;

CREATE INDEX ix_letters_replaces ON letters (replaces);

CREATE INDEX ix_letters_stage ON letters (stage);

CREATE TRIGGER letters_kept BEFORE UPDATE ON letters
WHEN OLD.stage = 'approved' AND (
    NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.stage IS NOT OLD.stage
    OR NEW.version IS NOT OLD.version OR NEW.kind IS NOT OLD.kind
    OR NEW.approved_at IS NOT OLD.approved_at OR NEW.approved_by IS NOT OLD.approved_by
    OR NEW.removed_at IS NOT OLD.removed_at
    OR (
        (
            NEW.content IS NOT OLD.content OR NEW.pdf IS NOT OLD.pdf
            OR NEW.sha256 IS NOT OLD.sha256 OR NEW.reply_by IS NOT OLD.reply_by
        )
        AND NOT (NEW.content IS x'' AND NEW.pdf IS NULL AND NEW.sha256 IS NULL)
    )
)
BEGIN SELECT RAISE(ABORT, 'an approved letter is never changed'); END;

CREATE TABLE members (
    id INTEGER NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    active INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    CONSTRAINT pk_members PRIMARY KEY (id),
    CONSTRAINT uq_members_login UNIQUE (login)
);

CREATE TABLE note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    written_on TEXT,
    kind TEXT,
    words BLOB,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_note_case_id ON note (case_id);

CREATE INDEX ix_note_removed ON note (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE office (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    zone TEXT NOT NULL,
    letterhead TEXT NOT NULL,
    created_at TEXT NOT NULL, second_folder TEXT,
    CONSTRAINT pk_office PRIMARY KEY (id)
);

CREATE TABLE office_holidays (
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT pk_office_holidays PRIMARY KEY (day)
);

CREATE TABLE office_letter_kinds (
    "key" TEXT NOT NULL,
    title TEXT NOT NULL,
    like_kind TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL,
    removed_at TEXT,
    CONSTRAINT pk_office_letter_kinds PRIMARY KEY ("key"),
    CONSTRAINT fk_office_letter_kinds_changed_by_members FOREIGN KEY(changed_by) REFERENCES members (id)
);

CREATE TABLE other_name (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    name BLOB,
    kind TEXT,
    CONSTRAINT pk_other_name PRIMARY KEY (id),
    CONSTRAINT fk_other_name_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_other_name_case_id ON other_name (case_id);

CREATE INDEX ix_other_name_removed ON other_name (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE person (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    given BLOB,
    middle BLOB,
    surname BLOB,
    second_surname BLOB,
    suffix BLOB,
    preferred_name BLOB,
    pronouns BLOB,
    born BLOB,
    born_status TEXT,
    a_number BLOB,
    booking_number BLOB,
    state_id BLOB,
    fbi_number BLOB,
    ssn_last4 BLOB,
    passport BLOB,
    country_of_birth TEXT,
    citizenship TEXT,
    us_citizen_claim TEXT,
    sex TEXT,
    race TEXT,
    language_spoken TEXT,
    language_written TEXT,
    interpreter TEXT,
    marital_status TEXT,
    disability TEXT,
    veteran TEXT, medical_need BLOB,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT fk_person_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_person_case_id ON person (case_id);

CREATE INDEX ix_person_removed ON person (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE phone (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    number BLOB,
    kind TEXT,
    safe BLOB,
    voicemail BLOB,
    times BLOB,
    shared_with BLOB, recheck_by BLOB,
    CONSTRAINT pk_phone PRIMARY KEY (id),
    CONSTRAINT fk_phone_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_phone_case_id ON phone (case_id);

CREATE INDEX ix_phone_removed ON phone (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE poverty_guidelines (
    effective_on TEXT NOT NULL,
    region TEXT NOT NULL,
    first_person BIGINT NOT NULL,
    each_more BIGINT NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    checked_by INTEGER NOT NULL,
    CONSTRAINT pk_poverty_guidelines PRIMARY KEY (effective_on, region),
    CONSTRAINT fk_poverty_guidelines_checked_by_members FOREIGN KEY(checked_by) REFERENCES members (id)
);

CREATE TABLE private_note (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    written_on BLOB,
    words BLOB,
    CONSTRAINT pk_private_note PRIMARY KEY (id),
    CONSTRAINT fk_private_note_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_private_note_case_id ON private_note (case_id);

CREATE INDEX ix_private_note_removed ON private_note (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE protection (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    screened_privately BLOB,
    survivor BLOB,
    consent_reporting BLOB,
    hide_from_lists BLOB,
    when_abused BLOB,
    fleeing_now BLOB,
    abuse_kinds BLOB,
    other_victimization BLOB,
    protective_order BLOB,
    order_expires BLOB,
    in_shelter BLOB,
    told_by_abuser BLOB,
    protected_place BLOB,
    u_certifier BLOB,
    in_client_words BLOB, victim_grant BLOB,
    CONSTRAINT pk_protection PRIMARY KEY (id),
    CONSTRAINT fk_protection_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX ix_protection_case_id ON protection (case_id);

CREATE INDEX ix_protection_removed ON protection (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE purges (
    id INTEGER NOT NULL,
    at TEXT NOT NULL,
    member_id INTEGER NOT NULL,
    done TEXT NOT NULL,
    CONSTRAINT pk_purges PRIMARY KEY (id),
    CONSTRAINT fk_purges_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);

CREATE TABLE releases (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by INTEGER NOT NULL,
    published TEXT NOT NULL,
    mac BLOB NOT NULL, sealed BLOB,
    CONSTRAINT pk_releases PRIMARY KEY (id),
    CONSTRAINT fk_releases_made_by_members FOREIGN KEY(made_by) REFERENCES members (id)
);

CREATE TABLE retention_rules (
    id INTEGER NOT NULL,
    part TEXT NOT NULL,
    months INTEGER NOT NULL,
    set_at TEXT NOT NULL,
    set_by INTEGER NOT NULL,
    removed_at TEXT,
    CONSTRAINT pk_retention_rules PRIMARY KEY (id),
    CONSTRAINT fk_retention_rules_set_by_members FOREIGN KEY(set_by) REFERENCES members (id)
);

CREATE TABLE signature_blocks (
    member_id INTEGER NOT NULL,
    lines TEXT NOT NULL,
    CONSTRAINT pk_signature_blocks PRIMARY KEY (member_id),
    CONSTRAINT fk_signature_blocks_member_id_members FOREIGN KEY(member_id) REFERENCES members (id)
);

CREATE TABLE survey_response (
    id INTEGER NOT NULL,
    quarter TEXT NOT NULL,
    language TEXT,
    afraid TEXT,
    reason TEXT,
    knows_deported TEXT,
    unreported TEXT,
    why_unreported TEXT,
    years_here TEXT,
    status TEXT,
    lives TEXT,
    CONSTRAINT pk_survey_response PRIMARY KEY (id)
);

CREATE TABLE time_spent (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    worked_on TEXT,
    minutes INTEGER,
    kind TEXT,
    worker BLOB,
    CONSTRAINT pk_time_spent PRIMARY KEY (id),
    CONSTRAINT fk_time_spent_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_time_spent_case_id ON time_spent (case_id);

CREATE INDEX ix_time_spent_removed ON time_spent (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE to_do (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    what BLOB,
    kind TEXT,
    due_on TEXT,
    assigned_to BLOB,
    done_on TEXT,
    CONSTRAINT pk_to_do PRIMARY KEY (id),
    CONSTRAINT fk_to_do_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_to_do_case_id ON to_do (case_id);

CREATE INDEX ix_to_do_removed ON to_do (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE transfer (
    id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    removed_at TEXT,
    moved_at TEXT,
    facility BLOB,
    facility_kind TEXT,
    known_from TEXT,
    CONSTRAINT pk_transfer PRIMARY KEY (id),
    CONSTRAINT fk_transfer_case_id_cases FOREIGN KEY(case_id) REFERENCES cases (id) ON DELETE CASCADE
);

CREATE INDEX ix_transfer_case_id ON transfer (case_id);

CREATE INDEX ix_transfer_removed ON transfer (removed_at) WHERE removed_at IS NOT NULL;
