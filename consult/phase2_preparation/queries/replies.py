"""Reading replies: `visible_replies` says who sees which."""

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)

from consult.phase2_preparation.enums import Source
from consult.phase2_preparation.models import (
    Reply,
    Round,
    RoundInvitee,
)
from consult.phase2_preparation.queries.rounds import answers, own_body, own_code, revealed
from plans.register.models import Plan
from plans.register.queries import visible_plans
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import NotVisible


def visible_replies(*, actor: Actor, plan: Plan) -> QuerySet[Reply]:
    """The replies that `actor` may read, with their letters and comments.

    While a sealed round runs, each jurisdiction sees only its own, the joint office none. Who was
    given a longer time sees the others' when it has answered or its time is over.
    """
    return _seen(Reply.objects.filter(round__plan=plan), actor=actor)


def replies_seen(*, actor: Actor) -> QuerySet[Reply]:
    """`visible_replies` of all plans that `actor` sees."""
    return _seen(Reply.objects.all(), actor=actor)


def _seen(rows: QuerySet[Reply], *, actor: Actor) -> QuerySet[Reply]:
    now, code, body = clock.now(), own_code(actor), own_body(actor)
    if actor.kind is ActorKind.SYSTEM:
        return rows
    waits = RoundInvitee.objects.filter(
        ~Exists(Reply.objects.filter(answers())),
        _asked_as(code, body),
        round=OuterRef("round"),
        round__is_sealed=True,
        extended_until__gt=now,
    )
    own = _asked_as(code, body)
    if body:
        own &= Q(source=Source.BODY)
    shown = revealed(now, path="round") & ~Exists(waits)
    return rows.filter(own | shown, round__plan__in=visible_plans(actor=actor).values("pk"))


def _asked_as(code: str | None, body: int | None) -> Q:
    """Rows of the jurisdiction, else of the body; none where the actor is inside neither."""
    if code:
        return Q(jurisdiction=code)
    return Q(organization=body) if body else Q(pk__in=[])


def get_letter(*, actor: Actor, plan: Plan, reply: int) -> StoredFile:
    """The letter of a reply the actor may read. NotVisible where there is none."""
    found = visible_replies(actor=actor, plan=plan).select_related("letter_file")
    row = found.filter(pk=reply, letter_file__isnull=False).first()
    if row is None or row.letter_file is None:
        raise NotVisible
    return row.letter_file


def get_reply(*, actor: Actor, plan: Plan, pk: int) -> Reply:
    """One reply the actor may read. NotVisible else."""
    found = visible_replies(actor=actor, plan=plan).select_related("round").filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def get_later_letter(*, actor: Actor, plan: Plan, reply: int) -> StoredFile:
    """The letter that followed a reply the actor may read. NotVisible where there is none."""
    found = visible_replies(actor=actor, plan=plan).filter(pk=reply, later_letter__isnull=False)
    row = found.select_related("later_letter__file").first()
    if row is None:
        raise NotVisible
    return row.later_letter.file


def entered_replies(*, actor: Actor, one: Round) -> list[Reply]:
    """Opinions entered in a round beside those of who was asked: experts, the public, symposia;
    with the number of comments. Two queries."""
    rows = visible_replies(actor=actor, plan=one.plan).filter(round=one)
    rows = rows.exclude(source__in=(Source.PARTY, Source.BODY))
    return list(
        rows.select_related(
            "organization", "letter_file", "symposium", "expert_opinion__invitation"
        )
        .annotate(said=Count("comments"))
        .order_by("pk")
    )
