"""What follows from victim facts. Every finding stands beside a question only the key opens."""

from collections.abc import Iterator
from datetime import timedelta

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile
from intake_app.core.casefile import Abuser, Consent, Contact, Intake, Phone, Protection
from intake_app.core.consents import ENDED, best_state
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.names import fold
from intake_app.core.partial_date import PartialDate
from intake_app.core.safe_contact import Verdict, may_use, ways_to_reach
from intake_app.core.vocabulary import (
    AbuserRelation,
    Caller,
    ConsentKind,
    PhoneKind,
    ProtectedPlace,
    Suspected,
    TalkNow,
    YesNo,
)

ORDER_ENDS_SOON = timedelta(days=14)


def protection_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """What to do, and what not, about the victim facts of a case."""
    protection = case.one(Protection)
    yield from _asked_alone(case, protection)
    yield from _counting(case, protection, setting)
    yield from _names(protection)
    yield from _law(protection)
    yield from _order(protection, setting)
    yield from _abusers(case, setting)


def _asked_alone(case: CaseFile, protection: Protection) -> Iterator[Finding]:
    talk = case.one(Contact).safe_to_talk_now
    field = "screened_privately"
    if talk in (TalkNow.NO, TalkNow.LATER):
        words = "It is not safe to talk now. Ask these later, when the person is alone."
        yield Finding(Weight.WARN, words, Protection, "Asked under Safe contact.", field)
    elif protection.screened_privately is None:
        words = (
            "Answer this first: is the person alone, and can nobody listen? Then the other "
            "questions follow."
        )
        yield Finding(Weight.NOTE, words, Protection, field=field)
    elif protection.screened_privately is not YesNo.YES:
        words = "Ask again when the person is alone. Write down only what you know from elsewhere."
        yield Finding(Weight.NOTE, words, Protection, field=field)
    if protection.in_shelter is YesNo.YES:
        words = (
            "Where the shelter is, is never written down: in no address, no note, no name of a "
            "place. Use the address confidentiality program, or a safe go-between."
        )
        why = "34 U.S.C. 12291(a)(25): what tells a location names a person."
        yield Finding(Weight.NOTE, words, Protection, why, "in_shelter")


def _counting(case: CaseFile, protection: Protection, setting: Setting) -> Iterator[Finding]:
    if protection.survivor is not YesNo.YES:
        return
    field = "consent_reporting"
    state = best_state(case.all(Consent), ConsentKind.REPORTING, setting.today)
    if state in ENDED:
        words = f"Not counted: the consent to counting is {state.value}. See under Consent."
        yield Finding(Weight.WARN, words, Protection, field=field)
    elif protection.consent_reporting is None:
        words = "Not counted in any summary until the client agrees."
        yield Finding(Weight.NOTE, words, Protection, field=field)


def _names(protection: Protection) -> Iterator[Finding]:
    threatened = YesNo.YES in (protection.survivor, protection.fleeing_now)
    if threatened and protection.hide_from_lists is None:
        words = "Hidden in lists, as for every survivor, unless you answer No."
        yield Finding(Weight.NOTE, words, Protection, field="hide_from_lists")
    elif threatened and protection.hide_from_lists is YesNo.NO:
        words = "Lists show the name, although this person must be kept safe."
        yield Finding(Weight.WARN, words, Protection, field="hide_from_lists")


def _law(protection: Protection) -> Iterator[Finding]:
    if protection.told_by_abuser in (Suspected.YES, Suspected.SUSPECTED):
        words = (
            "Tell the attorney: a person may not be found removable on an abuser’s word alone. "
            "This binds federal agencies only, and not after certain convictions."
        )
        why = (
            "8 U.S.C. 1367(a)(1), which does not protect those convicted of an offense named in "
            "8 U.S.C. 1227(a)(2)."
        )
        yield Finding(Weight.NOTE, words, Protection, why, "told_by_abuser")
    if protection.protected_place not in (None, ProtectedPlace.NONE, ProtectedPlace.UNKNOWN):
        court = protection.protected_place is ProtectedPlace.COURTHOUSE
        only = " if the person was there for a protection order or a like case" if court else ""
        words = (
            f"Look at the Notice to Appear{only}: it must state that 8 U.S.C. 1367 was complied "
            "with. Tell the attorney."
        )
        yield Finding(Weight.NOTE, words, Protection, "8 U.S.C. 1229(e).", "protected_place")


def _order(protection: Protection, setting: Setting) -> Iterator[Finding]:
    ends = protection.order_expires
    if ends is None or protection.protective_order is not YesNo.YES:
        return
    on = show_date(PartialDate.of(ends))
    if ends < setting.today:
        words = f"The order ended on {on}. Ask whether it was renewed."
    elif ends <= setting.today + ORDER_ENDS_SOON:
        words = f"The order ends on {on}. Ask whether it is to be renewed."
    else:
        return
    yield Finding(Weight.WARN, words, Protection, field="order_expires")


_CALLS_AS = {
    Caller.SPOUSE: (AbuserRelation.SPOUSE, AbuserRelation.FORMER),
    Caller.PARENT: (AbuserRelation.PARENT,),
    Caller.CHILD: (AbuserRelation.CHILD,),
}


def _abusers(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    intake, caller = case.one(Intake), fold(case.one(Intake).caller_name or "")
    for entry in case.kept(Abuser):
        abuser = entry.record
        same_name = bool(caller) and fold(abuser.name or "") == caller
        alike = intake.caller and abuser.relation in _CALLS_AS.get(intake.caller, ())
        if abuser.is_caller is YesNo.YES or (same_name and abuser.is_caller is not YesNo.NO):
            words = (
                "The abuser is the caller. Tell this caller nothing, end the call politely, and "
                "ask an attorney before anybody calls back."
            )
            why = "An abuser may not speak or consent for the client (34 U.S.C. 12291(b)(2))."
            yield Finding(Weight.ALARM, words, Abuser, why, "is_caller", entry.id)
        elif same_name or (alike and abuser.is_caller is None):
            words = "Make sure that the caller is not the abuser: the answers under Intake fit."
            yield Finding(Weight.WARN, words, Abuser, "", "is_caller", entry.id)
        if abuser.in_household is YesNo.YES and _shared_way(case, setting):
            words = (
                "The abuser lives in the household, and a telephone or an address of the home is "
                "called safe. Ask the client again."
            )
            yield Finding(Weight.WARN, words, Abuser, "", "in_household", entry.id)


def _shared_way(case: CaseFile, setting: Setting) -> bool:
    home = {one.id for one in case.kept(Phone) if one.record.kind is PhoneKind.HOME}
    return any(
        may_use(way) is Verdict.SAFE
        and (way.field == "home_address" or (way.record is Phone and way.entry_id in home))
        for way in ways_to_reach(case, setting.today)
    )
