"""The first schema of an office file.

Revision 0001; drawn from the declared records and frozen here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("login", name=op.f("uq_members_login")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("letterhead", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("roster_line", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.id"], name=op.f("fk_cases_created_by_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_history_member_id_members")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_case_id"), "history", ["case_id"], unique=False)
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["members.id"], name=op.f("fk_releases_made_by_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
    )
    op.create_table(
        "abuser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("born", sa.LargeBinary(), nullable=True),
        sa.Column("relation", sa.LargeBinary(), nullable=True),
        sa.Column("in_household", sa.LargeBinary(), nullable=True),
        sa.Column("is_caller", sa.LargeBinary(), nullable=True),
        sa.Column("is_police", sa.LargeBinary(), nullable=True),
        sa.Column("is_witness", sa.LargeBinary(), nullable=True),
        sa.Column("is_co_defendant", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_abuser_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuser")),
    )
    op.create_index("ix_abuser_case_id", "abuser", ["case_id"], unique=False)
    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("statute", sa.LargeBinary(), nullable=True),
        sa.Column("charge_text", sa.LargeBinary(), nullable=True),
        sa.Column("ncic", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("top_charge", sa.Text(), nullable=True),
        sa.Column("charged_on", sa.Text(), nullable=True),
        sa.Column("arraigned_on", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_on", sa.Text(), nullable=True),
        sa.Column("reduced_from", sa.LargeBinary(), nullable=True),
        sa.Column("reduced_on", sa.Text(), nullable=True),
        sa.Column("sentence", sa.LargeBinary(), nullable=True),
        sa.Column("sentence_days", sa.Integer(), nullable=True),
        sa.Column("suspended_days", sa.Integer(), nullable=True),
        sa.Column("immigration_conviction", sa.Text(), nullable=True),
        sa.Column("court_case_number", sa.LargeBinary(), nullable=True),
        sa.Column("dv_relation", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_charge_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
    )
    op.create_index("ix_charge_case_id", "charge", ["case_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("recipient", sa.LargeBinary(), nullable=True),
        sa.Column("facts", sa.LargeBinary(), nullable=True),
        sa.Column("purpose", sa.LargeBinary(), nullable=True),
        sa.Column("risks_explained", sa.Text(), nullable=True),
        sa.Column("alternatives", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Text(), nullable=True),
        sa.Column("signed_how", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Text(), nullable=True),
        sa.Column("withdrawn_how", sa.Text(), nullable=True),
        sa.Column("free_choice", sa.Text(), nullable=True),
        sa.Column("parent_signs", sa.Text(), nullable=True),
        sa.Column("guardian_is_abuser", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_consent_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_case_id", "consent", ["case_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("safe_to_talk_now", sa.LargeBinary(), nullable=True),
        sa.Column("home_address", sa.LargeBinary(), nullable=True),
        sa.Column("mailing_address", sa.LargeBinary(), nullable=True),
        sa.Column("safe_to_mail", sa.LargeBinary(), nullable=True),
        sa.Column("substitute_address", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_safe", sa.LargeBinary(), nullable=True),
        sa.Column("monitored_device", sa.LargeBinary(), nullable=True),
        sa.Column("go_between", sa.LargeBinary(), nullable=True),
        sa.Column("go_between_by", sa.LargeBinary(), nullable=True),
        sa.Column("go_between_may_know", sa.LargeBinary(), nullable=True),
        sa.Column("code_phrase", sa.LargeBinary(), nullable=True),
        sa.Column("if_other_answers", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_on", sa.LargeBinary(), nullable=True),
        sa.Column("recheck_by", sa.LargeBinary(), nullable=True),
        sa.Column("no_letterhead", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_contact_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_case_id", "contact", ["case_id"], unique=True)
    op.create_table(
        "custody",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("arrested_at", sa.Text(), nullable=True),
        sa.Column("arresting_agency", sa.Text(), nullable=True),
        sa.Column("arrest_county", sa.Text(), nullable=True),
        sa.Column("booked_on", sa.Text(), nullable=True),
        sa.Column("fingerprinted_at", sa.Text(), nullable=True),
        sa.Column("facility", sa.LargeBinary(), nullable=True),
        sa.Column("facility_kind", sa.Text(), nullable=True),
        sa.Column("facility_county", sa.Text(), nullable=True),
        sa.Column("facility_state", sa.Text(), nullable=True),
        sa.Column("facility_zone", sa.Text(), nullable=True),
        sa.Column("facility_address", sa.LargeBinary(), nullable=True),
        sa.Column("held_by_287g", sa.Text(), nullable=True),
        sa.Column("custody_basis", sa.Text(), nullable=True),
        sa.Column("in_custody", sa.Text(), nullable=True),
        sa.Column("custody_confirmed_at", sa.Text(), nullable=True),
        sa.Column("custody_known_from", sa.Text(), nullable=True),
        sa.Column("bail_set", sa.BigInteger(), nullable=True),
        sa.Column("bail_posted_at", sa.Text(), nullable=True),
        sa.Column("bail_refused", sa.Text(), nullable=True),
        sa.Column("bail_refused_at", sa.Text(), nullable=True),
        sa.Column("release_expected", sa.LargeBinary(), nullable=True),
        sa.Column("release_due_at", sa.Text(), nullable=True),
        sa.Column("release_due_on", sa.Text(), nullable=True),
        sa.Column("release_basis", sa.Text(), nullable=True),
        sa.Column("release_known_from", sa.Text(), nullable=True),
        sa.Column("released_at", sa.Text(), nullable=True),
        sa.Column("released_to", sa.Text(), nullable=True),
        sa.Column("other_hold_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_custody_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody")),
    )
    op.create_index("ix_custody_case_id", "custody", ["case_id"], unique=True)
    op.create_table(
        "dependent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("age", sa.Text(), nullable=True),
        sa.Column("us_citizen", sa.Text(), nullable=True),
        sa.Column("special_need", sa.Text(), nullable=True),
        sa.Column("need_note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_dependent_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependent")),
    )
    op.create_index("ix_dependent_case_id", "dependent", ["case_id"], unique=False)
    op.create_table(
        "detainer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("received_at", sa.Text(), nullable=True),
        sa.Column("issued_by", sa.Text(), nullable=True),
        sa.Column("issuing_office", sa.LargeBinary(), nullable=True),
        sa.Column("box", sa.Text(), nullable=True),
        sa.Column("probable_cause", sa.Text(), nullable=True),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.Column("served", sa.Text(), nullable=True),
        sa.Column("served_at", sa.Text(), nullable=True),
        sa.Column("served_by", sa.LargeBinary(), nullable=True),
        sa.Column("served_language", sa.Text(), nullable=True),
        sa.Column("warrant", sa.Text(), nullable=True),
        sa.Column("neutral_review", sa.Text(), nullable=True),
        sa.Column("copy_seen", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=True),
        sa.Column("ice_criminality", sa.Text(), nullable=True),
        sa.Column("threat_level", sa.Text(), nullable=True),
        sa.Column("ice_case_status", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_detainer_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detainer")),
    )
    op.create_index("ix_detainer_case_id", "detainer", ["case_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id_cases"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members")
        ),
        sa.PrimaryKeyConstraint("case_id", "record", "entry_id", "field", name=op.f("pk_drafts")),
    )
    op.create_table(
        "household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("adults", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("primary_breadwinner", sa.Text(), nullable=True),
        sa.Column("citizen_family", sa.Text(), nullable=True),
        sa.Column("caregiver_now", sa.LargeBinary(), nullable=True),
        sa.Column("children_unattended", sa.Text(), nullable=True),
        sa.Column("assets_total", sa.BigInteger(), nullable=True),
        sa.Column("excluded_assets", sa.Text(), nullable=True),
        sa.Column("asset_waiver_by", sa.LargeBinary(), nullable=True),
        sa.Column("asset_waiver_on", sa.Text(), nullable=True),
        sa.Column("asset_waiver_reason", sa.LargeBinary(), nullable=True),
        sa.Column("lsc_category", sa.LargeBinary(), nullable=True),
        sa.Column("attested_on", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_household_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    op.create_index("ix_household_case_id", "household", ["case_id"], unique=True)
    op.create_table(
        "immigration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("status_claimed", sa.LargeBinary(), nullable=True),
        sa.Column("first_entry", sa.LargeBinary(), nullable=True),
        sa.Column("last_entry", sa.LargeBinary(), nullable=True),
        sa.Column("manner_of_entry", sa.LargeBinary(), nullable=True),
        sa.Column("departures", sa.LargeBinary(), nullable=True),
        sa.Column("prior_removal", sa.LargeBinary(), nullable=True),
        sa.Column("final_order_on", sa.LargeBinary(), nullable=True),
        sa.Column("court", sa.LargeBinary(), nullable=True),
        sa.Column("next_hearing", sa.LargeBinary(), nullable=True),
        sa.Column("relief", sa.LargeBinary(), nullable=True),
        sa.Column("pending_vawa_t_u", sa.LargeBinary(), nullable=True),
        sa.Column("represented", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_immigration_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_immigration")),
    )
    op.create_index("ix_immigration_case_id", "immigration", ["case_id"], unique=True)
    op.create_table(
        "imported",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key_mac", sa.LargeBinary(), nullable=False),
        sa.Column("content_mac", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_imported_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "key_mac", name=op.f("pk_imported")),
    )
    op.create_table(
        "income",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_income_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_income")),
    )
    op.create_index("ix_income_case_id", "income", ["case_id"], unique=False)
    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("caller", sa.Text(), nullable=True),
        sa.Column("caller_name", sa.LargeBinary(), nullable=True),
        sa.Column("referral_source", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("assigned_attorney", sa.LargeBinary(), nullable=True),
        sa.Column("intake_worker", sa.LargeBinary(), nullable=True),
        sa.Column("office_county", sa.Text(), nullable=True),
        sa.Column("summary", sa.LargeBinary(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("retention_until", sa.Text(), nullable=True),
        sa.Column("purge_parts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_intake_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index("ix_intake_case_id", "intake", ["case_id"], unique=True)
    op.create_table(
        "other_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_other_name_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_name")),
    )
    op.create_index("ix_other_name_case_id", "other_name", ["case_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("given", sa.LargeBinary(), nullable=True),
        sa.Column("middle", sa.LargeBinary(), nullable=True),
        sa.Column("surname", sa.LargeBinary(), nullable=True),
        sa.Column("second_surname", sa.LargeBinary(), nullable=True),
        sa.Column("suffix", sa.LargeBinary(), nullable=True),
        sa.Column("preferred_name", sa.LargeBinary(), nullable=True),
        sa.Column("pronouns", sa.LargeBinary(), nullable=True),
        sa.Column("born", sa.LargeBinary(), nullable=True),
        sa.Column("born_status", sa.Text(), nullable=True),
        sa.Column("a_number", sa.LargeBinary(), nullable=True),
        sa.Column("booking_number", sa.LargeBinary(), nullable=True),
        sa.Column("state_id", sa.LargeBinary(), nullable=True),
        sa.Column("fbi_number", sa.LargeBinary(), nullable=True),
        sa.Column("ssn_last4", sa.LargeBinary(), nullable=True),
        sa.Column("passport", sa.LargeBinary(), nullable=True),
        sa.Column("country_of_birth", sa.Text(), nullable=True),
        sa.Column("citizenship", sa.Text(), nullable=True),
        sa.Column("us_citizen_claim", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("race", sa.Text(), nullable=True),
        sa.Column("language_spoken", sa.Text(), nullable=True),
        sa.Column("language_written", sa.Text(), nullable=True),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("marital_status", sa.Text(), nullable=True),
        sa.Column("disability", sa.Text(), nullable=True),
        sa.Column("veteran", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_person_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_case_id", "person", ["case_id"], unique=True)
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("number", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("safe", sa.LargeBinary(), nullable=True),
        sa.Column("voicemail", sa.LargeBinary(), nullable=True),
        sa.Column("times", sa.LargeBinary(), nullable=True),
        sa.Column("shared_with", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_phone_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
    )
    op.create_index("ix_phone_case_id", "phone", ["case_id"], unique=False)
    op.create_table(
        "protection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("screened_privately", sa.LargeBinary(), nullable=True),
        sa.Column("survivor", sa.LargeBinary(), nullable=True),
        sa.Column("consent_reporting", sa.LargeBinary(), nullable=True),
        sa.Column("hide_from_lists", sa.LargeBinary(), nullable=True),
        sa.Column("when_abused", sa.LargeBinary(), nullable=True),
        sa.Column("fleeing_now", sa.LargeBinary(), nullable=True),
        sa.Column("abuse_kinds", sa.LargeBinary(), nullable=True),
        sa.Column("other_victimization", sa.LargeBinary(), nullable=True),
        sa.Column("protective_order", sa.LargeBinary(), nullable=True),
        sa.Column("order_expires", sa.LargeBinary(), nullable=True),
        sa.Column("in_shelter", sa.LargeBinary(), nullable=True),
        sa.Column("told_by_abuser", sa.LargeBinary(), nullable=True),
        sa.Column("protected_place", sa.LargeBinary(), nullable=True),
        sa.Column("u_certifier", sa.LargeBinary(), nullable=True),
        sa.Column("in_client_words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_protection_case_id_cases"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection")),
    )
    op.create_index("ix_protection_case_id", "protection", ["case_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_protection_case_id", table_name="protection")
    op.drop_table("protection")
    op.drop_index("ix_phone_case_id", table_name="phone")
    op.drop_table("phone")
    op.drop_index("ix_person_case_id", table_name="person")
    op.drop_table("person")
    op.drop_index("ix_other_name_case_id", table_name="other_name")
    op.drop_table("other_name")
    op.drop_index("ix_intake_case_id", table_name="intake")
    op.drop_table("intake")
    op.drop_index("ix_income_case_id", table_name="income")
    op.drop_table("income")
    op.drop_table("imported")
    op.drop_index("ix_immigration_case_id", table_name="immigration")
    op.drop_table("immigration")
    op.drop_index("ix_household_case_id", table_name="household")
    op.drop_table("household")
    op.drop_table("drafts")
    op.drop_index("ix_detainer_case_id", table_name="detainer")
    op.drop_table("detainer")
    op.drop_index("ix_dependent_case_id", table_name="dependent")
    op.drop_table("dependent")
    op.drop_index("ix_custody_case_id", table_name="custody")
    op.drop_table("custody")
    op.drop_index("ix_contact_case_id", table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_consent_case_id", table_name="consent")
    op.drop_table("consent")
    op.drop_index("ix_charge_case_id", table_name="charge")
    op.drop_table("charge")
    op.drop_index("ix_abuser_case_id", table_name="abuser")
    op.drop_table("abuser")
    op.drop_table("releases")
    op.drop_index(op.f("ix_history_case_id"), table_name="history")
    op.drop_table("history")
    op.drop_table("cases")
    op.drop_table("office")
    op.drop_table("members")
