"""Where is searched: the rows of each table that a reader sees, narrowed by the filters.

Who sees what is not decided here: each source begins with the one query of its own slice.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, JSONField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from consult.matters.models import (
    Matter,
    MatterAgreement,
    MatterFact,
    OptionVersion,
    Stand,
)
from consult.matters.queries import visible_register
from consult.meetings.models import MeetingGuest, MinutesDraft, MinutesEdition, MinutesLock
from consult.meetings.queries import meetings_seen
from consult.phase2_preparation.models import Disposition
from consult.phase2_preparation.queries import comments_seen
from consult.search.enums import ITEMS, Kind, State
from consult.search.queries.asked import Asked
from plans.projects.models import ProjectParty
from plans.projects.queries import projects_seen
from plans.register.models import ItemDraft, RevisionItem
from plans.register.models.items import ItemWords
from plans.register.queries import newest_revisions, versions_seen
from plans.register.rules import plans_with_draft
from stakeholders.terms.actor import Actor

Rows = QuerySet[Any]


@dataclass(frozen=True, kw_only=True)
class Source:
    """One table. `seen`: what the reader sees of it; `at`: its time, `plan` and `unit`: the way to
    its plan, and the condition that it belongs to a jurisdiction; `states`: the condition of each
    state, "" for all but what is former."""

    seen: Callable[[Actor], Rows]
    kinds: Collection[str]
    at: str
    plan: str
    unit: Callable[[str], Q]
    states: Mapping[str, Q]
    kind_column: str = ""

    def rows(self, *, actor: Actor, asked: Asked) -> Rows | None:
        """The rows of the source that the filters leave; None where they leave none for sure."""
        if asked.kind and asked.kind not in self.kinds:
            return None
        state = self.states.get(asked.state)
        if state is None:
            return None
        rows = self.seen(actor).filter(state)
        if asked.kind and self.kind_column:
            rows = rows.filter(**{self.kind_column: asked.kind})
        if asked.plan:
            rows = rows.filter(**{f"{self.plan}__key": asked.plan})
        return rows.filter(self.unit(asked.jurisdiction)) if asked.jurisdiction else rows


def _entry(**condition: Any) -> Exists:
    return Exists(RevisionItem.objects.filter(version=OuterRef("pk"), **condition))


def _versions() -> Source:
    """The published wordings of items: in force, in the newest revision, or former."""
    in_force = Q(_entry(revision=OuterRef("item__plan__in_force")))
    newest = Q(_entry(revision__in=newest_revisions().order_by().values("pk")))
    return Source(
        seen=lambda actor: versions_seen(actor=actor),
        kinds=ITEMS,
        kind_column="item__kind",
        at="created_at",
        plan="item__plan",
        unit=lambda code: Q(concerned__contains=[code]),
        states={
            "": in_force | newest,
            State.SETTLED: in_force,
            State.OPEN: newest & ~in_force,
            State.FORMER: ~in_force & ~newest,
        },
    )


def _drafts() -> Source:
    """The working draft, where it says something else than the newest revision."""
    words = ItemWords(Cast("version__content", JSONField()))
    same = RevisionItem.objects.filter(
        item=OuterRef("item"), revision__in=newest_revisions().order_by().values("pk")
    ).annotate(words=words)
    unpublished = ~Q(Exists(same.filter(words=ItemWords(OuterRef("content")))))
    return Source(
        seen=lambda actor: ItemDraft.objects.filter(
            item__plan__in=plans_with_draft(actor=actor).order_by().values("pk"), is_removed=False
        ),
        kinds=ITEMS,
        kind_column="item__kind",
        at="edited_at",
        plan="item__plan",
        unit=lambda code: Q(concerned__contains=[code]),
        states={"": unpublished, State.OPEN: unpublished},
    )


def _comments() -> Source:
    shown = Disposition.objects.filter(comment=OuterRef("pk"), publication__isnull=False)
    return Source(
        seen=lambda actor: comments_seen(actor=actor),
        kinds=[Kind.COMMENT],
        at="reply__at",
        plan="plan",
        unit=lambda code: Q(jurisdiction=code),
        states={"": Q(), State.SETTLED: Q(Exists(shown)), State.OPEN: ~Q(Exists(shown))},
    )


def _of_matters(model: type[Any], *, path: str = "matter", at: str = "at") -> Source:
    """What is said on matters; with the path "" the matters themselves, and the library."""
    start = f"{path}__" if path else ""
    through = Matter.jurisdictions.through.objects

    def seen(actor: Actor) -> Rows:
        matters = visible_register(actor=actor)
        if not path:
            return matters
        found: Rows = model.objects.filter(**{f"{path}__in": matters.order_by().values("pk")})
        return found

    def unit(code: str) -> Q:
        return Q(**{f"{path or 'pk'}__in": through.filter(jurisdiction=code).values("matter")})

    taken_up = Q(**{f"{start}plan__isnull": False})
    return Source(
        seen=seen,
        kinds=[Kind.MATTER],
        at=at,
        plan=f"{start}plan",
        unit=unit,
        states={
            "": Q(),
            State.SETTLED: taken_up & Q(**{f"{start}closed_at__isnull": False}),
            State.OPEN: taken_up & Q(**{f"{start}closed_at__isnull": True}),
        },
    )


def _guests(code: str) -> Q:
    return Q(Exists(MeetingGuest.objects.filter(meeting=OuterRef("meeting"), jurisdiction=code)))


def _editions() -> Source:
    """The minutes as they were put forward: the newest edition of a meeting, and former ones."""
    later = MinutesEdition.objects.filter(
        meeting=OuterRef("meeting"), number__gt=OuterRef("number")
    )
    newest = ~Q(Exists(later))
    locked = Q(Exists(MinutesLock.objects.filter(edition=OuterRef("pk"))))
    return Source(
        seen=lambda actor: MinutesEdition.objects.filter(
            meeting__in=meetings_seen(actor=actor).order_by().values("pk")
        ),
        kinds=[Kind.MINUTES],
        at="at",
        plan="meeting__plan",
        unit=_guests,
        states={
            "": newest,
            State.SETTLED: locked,
            State.OPEN: newest & ~locked,
            State.FORMER: ~newest & ~locked,
        },
    )


def _minutes() -> Source:
    """The minutes being written: not put forward yet, or changed since."""
    put_forward = MinutesEdition.objects.filter(meeting=OuterRef("meeting")).order_by()
    last = put_forward.values("meeting").annotate(last=Max("at")).values("last")
    is_ahead = ~Q(Exists(put_forward)) | Q(changed_at__gt=Subquery(last))
    return Source(
        seen=lambda actor: MinutesDraft.objects.filter(
            meeting__in=meetings_seen(actor=actor).order_by().values("pk")
        ),
        kinds=[Kind.MINUTES],
        at="changed_at",
        plan="meeting__plan",
        unit=_guests,
        states={"": is_ahead, State.OPEN: is_ahead},
    )


def _projects() -> Source:
    return Source(
        seen=lambda actor: projects_seen(actor=actor),
        kinds=[Kind.PROJECT],
        at="created_at",
        plan="plan",
        unit=lambda code: Q(
            pk__in=ProjectParty.objects.filter(jurisdiction=code).values("project")
        ),
        states={"": Q()},
    )


SOURCES: Mapping[str, Source] = {
    "version": _versions(),
    "draft": _drafts(),
    "comment": _comments(),
    "matter": _of_matters(Matter, path="", at="opened_at"),
    "fact": _of_matters(MatterFact),
    "stand": _of_matters(Stand),
    "option": _of_matters(OptionVersion, path="option__matter"),
    "agreement": _of_matters(MatterAgreement),
    "edition": _editions(),
    "minutes": _minutes(),
    "project": _projects(),
}
