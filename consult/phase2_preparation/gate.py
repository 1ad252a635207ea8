"""What keeps a plan in joint preparation: each reason in words, with the page that removes it."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.matters import gate as matters
from consult.phase2_preparation.audit import findings
from consult.phase2_preparation.lengths import terms_of
from consult.phase2_preparation.models import Comment, Disposition, Reply, RoundInvitee
from consult.phase2_preparation.queries import is_past, revealed, rounds_of, takes_replies
from plans.register.models import Plan
from stakeholders.terms import clock
from stakeholders.terms.duty import Blocker

unit_name = lazy(str, str)


def blockers(*, plan: Plan) -> list[Blocker]:
    """Everything that stands against leaving phase 2, in the order in which it is usually done."""
    now = clock.now()
    return [
        *_rounds(plan, now),
        *_silent(plan, now),
        *_comments(plan, now),
        *_audits(plan, now),
        *matters.blockers(plan=plan),
        *_frozen(plan),
    ]


def _rounds(plan: Plan, now: datetime) -> list[Blocker]:
    rounds = list(rounds_of(plan))
    if not rounds:
        text = _("No comment round was held.")
        url = reverse("preparation:rounds", args=[plan.key])
        return [Blocker(code="round.none", text=text, url=url)]
    text = _("Round {round} is still open.")
    return [
        Blocker(
            code="round.open",
            text=format_lazy(text, round=str(one.number)),
            url=reverse("preparation:round", args=[plan.key, one.number]),
        )
        for one in rounds
        if not is_past(one, at=now)
    ]


def _silent(plan: Plan, now: datetime) -> list[Blocker]:
    """Invited parties that may or must still answer a round whose common time is over."""
    lapses = terms_of(plan).silence_lapses
    answered = Reply.objects.filter(round=OuterRef("round"), jurisdiction=OuterRef("jurisdiction"))
    rows = (
        RoundInvitee.objects.filter(~Exists(answered), round__plan=plan)
        .select_related("round", "jurisdiction")
        .defer("jurisdiction__boundary")
        .order_by("round__number", "jurisdiction_id")
    )
    text = _("{unit} has not answered round {round} yet.")
    return [
        Blocker(
            code="round.unanswered",
            text=format_lazy(text, unit=unit_name(row.jurisdiction), round=str(row.round.number)),
            url=reverse("preparation:round", args=[plan.key, row.round.number]),
        )
        for row in rows
        if is_past(row.round, at=now) and (takes_replies(row.round, row, at=now) or not lapses)
    ]


def _comments(plan: Plan, now: datetime) -> list[Blocker]:
    """Comments whose newest disposition is missing or not published.

    Those of a sealed round that runs are left out: their number would tell how many there are.
    """
    newest = Disposition.objects.filter(comment=OuterRef("comment")).order_by("-pk").values("pk")
    shown = Disposition.objects.filter(
        comment=OuterRef("pk"), publication__isnull=False, pk=newest[:1]
    )
    rows = Comment.objects.filter(~Exists(shown), revealed(now), plan=plan).order_by("number")
    text = _("Comment {comment} has no published disposition.")
    return [
        Blocker(
            code="comment.undisposed",
            text=format_lazy(text, comment=str(row)),
            url=reverse("preparation:comment", args=[plan.key, row.number]),
        )
        for row in rows.only("number", "plan")
    ]


def _audits(plan: Plan, now: datetime) -> list[Blocker]:
    found = findings(plan=plan, at=now)
    changes = reverse("preparation:changes", args=[plan.key])
    unexplained = _("Article {number} was changed without a comment or a decision as its reason.")
    unconsulted = _("Article {number} was in no closed round in this wording.")
    unchanged = _("Comment {comment} was adopted, but its article has not changed.")
    return [
        *(
            Blocker(
                code="item.unexplained",
                text=format_lazy(unexplained, number=e.number),
                url=f"{changes}#{e.item.key}",
            )
            for e in found.unexplained
        ),
        *(
            Blocker(
                code="item.unconsulted",
                text=format_lazy(unconsulted, number=e.number),
                url=f"{changes}#{e.item.key}",
            )
            for e in found.unconsulted
        ),
        *(
            Blocker(
                code="comment.unchanged",
                text=format_lazy(unchanged, comment=str(d.comment)),
                url=reverse("preparation:comment", args=[plan.key, d.comment.number]),
            )
            for d in found.unchanged
        ),
    ]


def _frozen(plan: Plan) -> list[Blocker]:
    if plan.frozen_id is not None:
        return []
    url = reverse("workflow:publish", args=[plan.key])
    return [Blocker(code="revision.not_frozen", text=_("No revision is frozen."), url=url)]
