"""What the 48-hour clock says beside its times: where each reading comes from, and what to check.

Every sentence stands alone, names its source where it states a rule, and holds nothing about a
client, so that it may be shown, printed and translated as it is.
"""

REGULATION = (
    "Regulation: 8 C.F.R. § 287.7(d) allows at most 48 hours, not counting Saturdays, Sundays "
    "and holidays (the days of 5 U.S.C. § 6103(a), on their own dates and as observed)."
)

PLAIN_I247A = (
    "Plain 48 hours: Form I-247A asks for no more than 48 hours beyond the time of release and "
    "leaves out no days (ICE guidance on Form I-247A, 2017)."
)
PLAIN_I247D = (
    "Plain 48 hours: Form I-247D is said to leave out no days. This has not been checked: read "
    "the form itself before relying on it."
)
PLAIN_I247_BEFORE_AUGUST_2010 = (
    "Plain 48 hours: for early warning only. Form I-247 in the editions before August 2010 "
    "itself leaves out Saturdays, Sundays and federal holidays."
)
PLAIN_I247_AUGUST_2010 = (
    "Plain 48 hours: for early warning only. Form I-247 of August 2010 follows the regulation, "
    "which leaves out Saturdays, Sundays and holidays."
)
PLAIN_I247_DECEMBER_2011 = (
    "Plain 48 hours: for early warning only. Form I-247 of December 2011 itself leaves out "
    "Saturdays, Sundays and holidays (ICE, Frequently Asked Questions, December 2011)."
)
PLAIN_I247_UNCHECKED = (
    "Plain 48 hours: for early warning only. The wording of this edition of Form I-247 has not "
    "been checked: read on the form whether it leaves out weekends and holidays."
)
PLAIN_I247_NO_EDITION = (
    "Plain 48 hours: for early warning only. Most editions of Form I-247 leave out weekends and "
    "holidays: read the edition date at the foot of the form and enter it."
)
PLAIN_ORAL = (
    "Plain 48 hours: for early warning only. A hold asked for by word of mouth has no wording to "
    "rely on: ask the jail for the form."
)
PLAIN_UNKNOWN = (
    "Plain 48 hours: for early warning only. The form is not known: ask the jail for a copy. "
    "Forms I-247N, I-247X and I-247G ask for no hold at all."
)
PLAIN_NONE_SEEN = (
    "Plain 48 hours: for early warning only. Nobody has seen a detainer form: ask the jail for "
    "a copy. Without one it is not shown that anyone asked for a hold."
)

NO_HOLD_I247N = (
    "Form I-247N (Request for Voluntary Notification of Release) asks only to be told of the "
    "release. It asks for no hold."
)
NO_HOLD_I247X = (
    "Form I-247X (Request for Voluntary Transfer) asks for a transfer. No 48-hour hold runs on it."
)
NO_HOLD_I247G = (
    "Form I-247G (Request for Advance Notification of Release) asks only to be told of the "
    "release. It asks for no hold."
)
OVER_FROM_FIRST_HOUR = (
    "Any time held after release was due counts as over from the first hour, unless the jail "
    "has some other authority to hold."
)

START_UNKNOWN = (
    "The clock has no start: enter when the person would have been released from the local "
    "case. It does not start when the detainer arrives (ICE guidance on Form I-247A)."
)
START_DAY_ONLY = (
    "Only the day of release is known: warnings count from the start of that day, and the time "
    "counts as run out only when counted from the end of that day."
)
START_CLOCK_CHANGE = (
    "The clocks were changed at that hour, so the time of release can be read in two ways: "
    "warnings use the earlier one, and the time counts as run out only by the later one."
)
CLOCKS_CHANGE = (
    "The clocks change within the plain 48 hours: they are 48 hours that really pass, so they "
    "end at another hour of the day than they began."
)
SOONER_BY_STATUTE_DATES = (
    "An observed holiday or a day your office added is not counted here, as the jail may claim. "
    "Leaving out only Saturdays, Sundays and the dates of 5 U.S.C. § 6103(a), the time ends "
    "sooner."
)

NC_FROM_RECEIPT = (
    "North Carolina, 1 December 2024 to 30 September 2025: the 48 hours are counted from when "
    "the jail received the detainer and the warrant (N.C. Gen. Stat. § 162-62 as amended by "
    "H.B. 10, 2024). Check with a lawyer."
)
NC_RECEIPT_UNKNOWN = "Enter when the jail received the detainer and the warrant: the clock waits."
NC_FROM_RELEASE = (
    "North Carolina since 1 October 2025: the 48 hours are counted from when the person would "
    "otherwise be released (N.C. Gen. Stat. § 162-62 as amended by H.B. 318, 2025). Check with "
    "a lawyer."
)
NC_TWO_RULES = (
    "Receipt of the papers and release fall under different rules of North Carolina law "
    "(N.C. Gen. Stat. § 162-62, amended 1 December 2024 and 1 October 2025). Warnings use the "
    "earlier start allowed, and the time counts as run out only by the later one. Check with a "
    "lawyer."
)
NC_STILL_LOCAL = (
    "The 48 hours from receipt have run out before release from the local case was due. Until "
    "then the jail may hold the person for the local case."
)
NH_STATE_RULE = (
    "New Hampshire: state law also leaves out Saturdays, Sundays and holidays (N.H. RSA 30-B:1, "
    "in force from 1 January 2026), so the regulation's deadline is the state's as well. The "
    "final text has not been checked: check with a lawyer."
)

NOT_SERVED_I247A = (
    "The form has not been served on the person. Form I-247A says that it does not take effect "
    "until a copy is served (ICE guidance on Form I-247A). The clock is counted anyway."
)
NOT_SERVED_I247D = (
    "The form has not been served on the person. Form I-247D is said to take effect only when "
    "served: read the form itself. The clock is counted anyway."
)
PAPER_AFTER_RELEASE = (
    "The detainer reached the jail after release was due. A later or second detainer, a transfer "
    "between jails or a new Form I-200 does not start the 48 hours anew: this is our argument, "
    "check with a lawyer."
)

STOPPED_OTHER_AUTHORITY = (
    "Stopped: another authority to hold the person (a new arrest, a court's order or another "
    "agency's warrant). When it ends, enter the new time of release and take the stop out."
)
STOPPED_ENDED = "Stopped: the person has been released or handed over."
ENDED_BEFORE_START = (
    "The clock stopped before the 48 hours began: no time was spent on the detainer. Check the "
    "times."
)
STOP_AHEAD = (
    "The other authority to hold, or the release or transfer, lies in the future: it is not "
    "counted yet."
)
