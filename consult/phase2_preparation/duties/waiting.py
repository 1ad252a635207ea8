"""What can wait for somebody at all in joint preparation: most plans have little of it at a time,
so one look spares the reading of all the rest."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum, auto

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Value

from consult.phase2_preparation.models import (
    Advice,
    AdviceRequest,
    Comment,
    Disposition,
    ExpertSuggestion,
    Round,
    RoundInvitee,
)
from consult.phase2_preparation.queries import letters_missing
from consult.phase2_preparation.queries.experts import owed_opinions
from consult.phase2_preparation.queries.rounds import ended
from stakeholders.terms.reading import read_once


class Waiting(StrEnum):
    """Kinds of rows out of which duties arise. Each stands for at least those that do."""

    RUNNING_ROUND = auto()  # its common deadline has not come
    LATE_ANSWER = auto()  # somebody was given more time
    LETTER = auto()
    COMMENT = auto()  # without a disposition shown to all
    DISPOSITION = auto()  # not published yet
    SHOWN_DISPOSITION = auto()  # published, without an answer
    ADVICE = auto()
    EXPERT = auto()
    SUGGESTION = auto()


TAKING = frozenset({Waiting.RUNNING_ROUND, Waiting.LATE_ANSWER})
DECIDING = frozenset({Waiting.COMMENT, Waiting.DISPOSITION})
ASKING = frozenset({Waiting.EXPERT, Waiting.SUGGESTION})


@read_once
def waiting_in(plans: Collection[int], *, now: datetime) -> frozenset[str]:
    """The kinds of which there is a row in one of the plans. One query."""
    if not plans:
        return frozenset()
    shown = Disposition.objects.filter(comment=OuterRef("pk"), publication__isnull=False)
    given = Advice.objects.filter(request=OuterRef("pk"))
    dispositions = Disposition.objects.filter(comment__plan__in=plans)
    longer = Q(extended_until__gt=now) | Q(late_until__gt=now)
    held = Round.objects.filter(plan__in=plans, recalled_at__isnull=True)
    first, *others = (
        _one(kind, rows)
        for kind, rows in (
            (Waiting.RUNNING_ROUND, held.exclude(ended(now))),
            (Waiting.LATE_ANSWER, RoundInvitee.objects.filter(longer, round__plan__in=plans)),
            (Waiting.LETTER, letters_missing(plans=list(plans))),
            (Waiting.COMMENT, Comment.objects.filter(~Exists(shown), plan__in=plans)),
            (Waiting.DISPOSITION, dispositions.filter(publication__isnull=True)),
            (
                Waiting.SHOWN_DISPOSITION,
                dispositions.filter(publication__isnull=False, answers__isnull=True),
            ),
            (
                Waiting.ADVICE,
                AdviceRequest.objects.filter(~Exists(given), comment__plan__in=plans),
            ),
            (Waiting.EXPERT, owed_opinions(plans)),
            (
                Waiting.SUGGESTION,
                ExpertSuggestion.objects.filter(invitation__plan__in=plans, outcome=""),
            ),
        )
    )
    return frozenset(kind for (kind,) in first.union(*others, all=True))


def _one(kind: Waiting, rows: QuerySet[Model]) -> QuerySet[Model, tuple[str]]:
    return rows.order_by().values_list(Value(kind.value))[:1]
