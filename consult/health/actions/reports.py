"""The report: put to the parties as an edition, agreed by them, published."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from consult.ballots import conduct
from consult.ballots.conduct import Motion, Terms
from consult.ballots.enums import SubjectKind
from consult.ballots.models import Ballot, BallotEnd, Position
from consult.ballots.steps import Letter, Stance
from consult.health import steps
from consult.health.checks import locked, require_for, require_open
from consult.health.content import edition
from consult.health.enums import CheckStage
from consult.health.models import CheckPublication, CheckReport, HealthCheck
from consult.health.queries import Whole, is_asked, whole_of
from consult.health.rules import ACTS
from consult.health.subjects import hash_now, title_of
from consult.health.telling import put_on_record, tell
from consult.phase1_organization.content import ADOPTION_RULE
from consult.phase1_organization.queries import charter_in_force, named_weights, rule_for
from consult.phase3_identification.queries import signing_parties
from consult.phase4_implementation.queries import indicators_of, standings_of
from plans.register.enums import ItemKind, Strength
from plans.register.models import Party, Plan
from plans.register.rules import require
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict, Invalid, Text


@transaction.atomic
def put_forward(
    *, actor: Actor, plan: Plan, check: HealthCheck, closes_at: datetime, is_sealed: bool = False
) -> CheckReport:
    """Put the check as it stands to the parties that sign it: a new edition and its ballot.

    Those are the plan's signing parties that have a part in the check or that a finding names.
    The charter's rule for binding provisions decides. A ballot on a former edition is superseded.
    Before the parts are due, all of them have to be in. Raises NotVisible, Refused, Invalid (closing
    time), Conflict (agreed already, parts missing, the same edition is before the parties).
    """
    require_for("report.open_ballot", actor=actor, plan=plan)
    whole = locked(plan, check)
    require_open(whole)
    _require_ready(whole)
    plan, former = whole.check.plan, whole.running
    superseded = [one.ballot_id for one in [steps.supersede(former)]] if former else []
    report = steps.write_report(
        actor=actor,
        check=whole.check,
        number=len(whole.reports) + 1,
        content=edition(
            whole,
            number=len(whole.reports) + 1,
            standings=standings_of(indicators_of(plan)),
        ),
    )
    charter = charter_in_force(plan)
    rule = (
        rule_for(charter, strength=Strength.BINDING.value, kind=ItemKind.PROVISION.value)
        if charter
        else ADOPTION_RULE
    )
    terms = Terms(
        rule=rule,
        parties=_signing(whole),
        version=charter.version if charter else "",
        weights=named_weights(charter),
        closes_at=closes_at,
        is_sealed=is_sealed,
    )
    conduct.open_ballot(
        actor=actor,
        motion=_motion(whole_of(whole.check), report),
        terms=terms,
        effects={"superseded": superseded},
    )
    return report


def _signing(whole: Whole) -> list[Party]:
    """The signing parties that the check asks or finds something of; all where these are too few.

    A party that signs a few articles only has no say in a check of the others, nor holds it up.
    """
    parties = list(signing_parties(whole.check.plan))
    named = {*whole.codes, *(code for one in whole.findings for code in one.jurisdictions)}
    asked = [one for one in parties if one.jurisdiction_id in named]
    return asked if len(asked) >= conduct.FEWEST else parties


def _require_ready(whole: Whole) -> None:
    if whole.stage is CheckStage.PUT_FORWARD:
        raise Conflict(_("This edition is before the parties already."))
    if any(whole.missing.values()) and whole.check.due_at > clock.now():
        text = _("Parts are missing, and they are not due yet: wait for them or for that day.")
        raise Conflict(text)


@transaction.atomic
def take_report_position(
    *,
    actor: Actor,
    plan: Plan,
    check: HealthCheck,
    value: str,
    text: str = "",
    wording: str = "",
    letter: Letter | None = None,
    seen: str | None = None,
) -> Position:
    """A signatory says what its party holds of the newest edition; the newest position counts.

    Raises NotVisible, Refused (no signatory, no elector), Invalid, Conflict (no ballot, closed, the
    check was changed since).
    """
    act = "report.take_position"
    require(act, ACTS, actor=actor, plan=plan, own=is_asked(actor, whole_of(check)))
    whole = locked(plan, check)
    require(act, ACTS, actor=actor, plan=plan, own=is_asked(actor, whole))
    ballot, motion = _running(whole)
    return conduct.take(
        actor=actor,
        motion=motion,
        ballot=ballot,
        stance=Stance(ballot=ballot, value=value, text=text, wording=wording),
        letter=letter or Letter(),
        seen=seen,
    )


@transaction.atomic
def close_report_ballot(*, actor: Actor, plan: Plan, check: HealthCheck) -> BallotEnd:
    """Let the rule decide, when all have spoken or the closing time has come.

    Raises NotVisible, Refused, Conflict (no ballot, too early, the check was changed since).
    """
    require("report.close_ballot", ACTS, actor=actor, plan=plan)
    ballot, motion = _running(locked(plan, check))
    return conduct.close(actor=actor, motion=motion, ballot=ballot)


@transaction.atomic
def close_report_without_result(
    *, actor: Actor, plan: Plan, check: HealthCheck, reason: str
) -> BallotEnd:
    """End the ballot without a result. Raises NotVisible, Refused, Invalid (reason), Conflict."""
    require_for("report.close_without_result", actor=actor, plan=plan)
    ballot, motion = _running(locked(plan, check))
    return conduct.close_without_result(actor=actor, motion=motion, ballot=ballot, reason=reason)


@transaction.atomic
def recall_report_ballot(
    *, actor: Actor, plan: Plan, check: HealthCheck, reason: str = ""
) -> BallotEnd:
    """Take the ballot back while nobody has spoken. Raises NotVisible, Refused, Conflict."""
    require_for("report.recall_ballot", actor=actor, plan=plan)
    ballot, motion = _running(locked(plan, check))
    return conduct.recall(actor=actor, motion=motion, ballot=ballot, reason=reason)


@transaction.atomic
def publish_check(
    *,
    actor: Actor,
    plan: Plan,
    check: HealthCheck,
    published_on: date,
    place: str,
    file: StoredFile | None = None,
) -> CheckPublication:
    """Enter when and where the agreed report was made public, and the file as it was.

    Raises NotVisible, Refused, Invalid, Conflict (not agreed yet, published already).
    """
    require_for("check.publish", actor=actor, plan=plan)
    whole = locked(plan, check)
    if whole.publication is not None:
        raise Conflict(_("The publication of this report is entered already."))
    if whole.stage is not CheckStage.SIGNED or whole.report is None or whole.ballot is None:
        raise Conflict(_("A report is published when the parties have agreed to it."))
    faults: dict[str, Text] = {}
    agreed_on = localtime(whole.ballot.end.at).date()
    if published_on > localtime(clock.now()).date():
        faults["published_on"] = _("This day has not come yet.")
    elif published_on < agreed_on:
        faults["published_on"] = _("The report was agreed to later than this day.")
    if not place.strip():
        faults["place"] = _("Say where it can be read.")
    if faults:
        raise Invalid(faults)
    row = steps.write_publication(
        actor=actor,
        check=whole.check,
        report=whole.report,
        published_on=published_on,
        place=place,
        file=file,
    )
    title = _("{check}: the report is published")
    tell(whole.check, codes=whole.codes, kind="check.publish", title=title, occasion=str(row.pk))
    put_on_record(
        actor=actor,
        check=whole.check,
        act="check.publish",
        effects={
            "report": whole.report.hash,
            "published_on": published_on,
            "file": file.sha256 if file else None,
        },
    )
    return row


def _running(whole: Whole) -> tuple[Ballot, Motion]:
    ballot = whole.running
    report = next((r for r in whole.reports if ballot and str(r.pk) == ballot.subject_id), None)
    if ballot is None or report is None:
        raise Conflict(_("No edition of the report is before the parties."))
    return ballot, _motion(whole, report)


def _motion(whole: Whole, report: CheckReport) -> Motion:
    """The edition as it stands: its hash is another one as soon as the check was changed."""
    check = whole.check
    name = title_of(check)
    return Motion(
        plan=check.plan,
        kind=SubjectKind.HEALTH_CHECK.value,
        id=str(report.pk),
        hash=hash_now(whole, report),
        act="report",
        url=reverse("health:report", args=[check.plan.key, check.pk]),
        subject=format_lazy(_("Report of the {check}"), check=name),
        asks=format_lazy(_("Take a position on the report of the {check}"), check=name),
        effects={"check": check.pk, "edition": report.number, "hash": report.hash},
    )
