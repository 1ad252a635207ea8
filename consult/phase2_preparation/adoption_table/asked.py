"""A table somebody asks for: who may see which lines, at once or by a job, as which file."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from consult.matters.queries import party_units
from consult.phase2_preparation.adoption_table.aliases import Who
from consult.phase2_preparation.adoption_table.counting import Counts
from consult.phase2_preparation.adoption_table.lines import Line, found_comments, read_lines
from consult.phase2_preparation.adoption_table.table import Preface, Table, require_pdf, write
from consult.phase2_preparation.enums import Source
from consult.phase2_preparation.forms import FilterForm
from consult.phase2_preparation.models import Comment, Round
from consult.phase2_preparation.queries import rounds_of
from consult.phase2_preparation.queries.dispositions import sees_undecided
from plans.register.models import Plan
from plans.register.queries import latest_revision
from stakeholders.files.enums import MEDIA_TYPES, Kind
from stakeholders.files.serving import answer_made
from stakeholders.jobs.actions import start_job
from stakeholders.jobs.models import Job
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Organization
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import NotVisible

JOB = "preparation.adoption_table"
KINDS: Mapping[str, Kind] = {
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "pdf": Kind.PDF,
    "csv": Kind.CSV,
    "gbk": Kind.CSV,
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A file of the table: `filters` are those of the page of comments, as it takes them."""

    actor: Actor
    plan: Plan
    kind: str
    filters: Mapping[str, str]
    is_anonymous: bool = False
    has_answers: bool = True

    @cached_property
    def size(self) -> int:
        """How many comments it holds."""
        return self._found().count()

    @property
    def is_large(self) -> bool:
        return self.size > settings.ADOPTION_TABLE_DIRECT

    def require_kind(self) -> None:
        """Refuse (Invalid) a kind of file that cannot hold so many comments."""
        if self.kind == "pdf":
            require_pdf(self.size)

    @property
    def name(self) -> str:
        hidden = "-anonymous" if self.is_anonymous else ""
        kind = KINDS[self.kind]
        return f"adoption-table-{self.plan.key}{hidden}{kind.suffixes[0]}"

    def piece(self, *, after: int) -> list[Line]:
        """The lines after comment number `after`."""
        return read_lines(self._found(), plan=self.plan, after=after)

    def _found(self) -> QuerySet[Comment]:
        return found_comments(actor=self.actor, plan=self.plan, filters=self.filters)

    def table(self, lines: Callable[[], Iterator[Line]]) -> Table:
        """The table of lines that were read before."""
        counts = Counts(lines())
        return Table(
            lines,
            counts=counts,
            preface=_preface(self.plan, counts.rounds, is_part=bool(self.filters)),
            is_anonymous=self.is_anonymous,
            has_answers=self.has_answers,
            other_names=_names(counts.by_party) if self.is_anonymous else {},
        )

    def content(self) -> bytes:
        """The whole file, made at once. Invalid when it cannot be."""
        self.require_kind()
        lines: list[Line] = []
        while len(lines) < self.size and (piece := self.piece(after=_last(lines))):
            lines += piece
        target = BytesIO()
        write(self.table(lambda: iter(lines)), kind=self.kind, target=target)
        return target.getvalue()

    def arguments(self) -> dict[str, object]:
        """What a job has to know to make the same file, in the reader's language."""
        return {
            "plan": self.plan.key,
            "kind": self.kind,
            "filters": dict(self.filters),
            "anonymous": self.is_anonymous,
            "answers": self.has_answers,
            "internal": sees_undecided(self.actor),
            "language": get_language() or settings.LANGUAGE_CODE,
        }


def table_of(plan: Plan, lines: Callable[[], Iterator[Line]]) -> Table:
    """The table of lines that somebody else chose, as a paper that stands by itself."""
    counts = Counts(lines())
    return Table(lines, counts=counts, preface=_preface(plan, counts.rounds))


def asked(*, actor: Actor, plan: Plan, kind: str, said: Mapping[str, str]) -> Asked:
    """What is asked for by an address: the filters of the page, `anonymous`, `answers`.

    NotVisible for an unknown kind of file, Invalid for a filter with a value that is none.
    """
    if kind not in KINDS:
        raise NotVisible
    return Asked(
        actor=actor,
        plan=plan,
        kind=kind,
        filters=FilterForm(said, units=party_units(plan=plan)).chosen(),
        is_anonymous=bool(said.get("anonymous")),
        has_answers=bool(said.get("answers")),
    )


def answer(wanted: Asked) -> HttpResponse:
    """The file as a download."""
    media_type = MEDIA_TYPES[KINDS[wanted.kind]]
    return answer_made(wanted.content(), name=wanted.name, media_type=media_type)


def start_file(*, wanted: Asked) -> Job:
    """Have a job make the file; only its asker gets it, as long as it sees the same. Refused;
    Invalid for a kind that cannot hold so many."""
    wanted.require_kind()
    return start_job(
        actor=wanted.actor,
        kind=JOB,
        arguments=wanted.arguments(),
        title=format_lazy(gettext_lazy("Adoption table as a file: {name}"), name=wanted.name),
        url=reverse("preparation:adoption", args=[wanted.plan.key]),
    )


def _last(lines: Sequence[Line]) -> int:
    """The number of the last comment that was read; 0 before the first one."""
    return lines[-1].number if lines else 0


def _preface(plan: Plan, numbers: Collection[int], *, is_part: bool = False) -> Preface:
    rounds = [one for one in rounds_of(plan).order_by("number") if one.number in numbers]
    told = [_round_line(one) for one in rounds]
    revision = latest_revision(plan)
    if revision is not None:
        told.append(_("Changes up to %(revision)s") % {"revision": revision.label})
    if is_part:
        told.append(_("A selection of the comments"))
    return Preface(
        plan=plan.key,
        title=in_language(plan, "title"),
        lines=tuple(told),
        is_demonstration=plan.is_demonstration,
        since=plan.created_at,
    )


def _round_line(one: Round) -> str:
    opened = one.opens_at.astimezone(ZoneInfo(one.zone))
    return _("Round %(number)s (%(kind)s) on %(revision)s, %(first)s to %(last)s") % {
        "number": one.number,
        "kind": one.get_kind_display(),
        "revision": one.revision.label,
        "first": f"{opened:%Y-%m-%d}",
        "last": one.closes_on.isoformat(),
    }


def _names(found: Iterable[Who]) -> dict[Who, tuple[str, ...]]:
    """Every name that a commenter has here, in both languages."""
    found = list(found)
    units = Jurisdiction.objects.defer("boundary").in_bulk(
        [key for source, key in found if source == Source.PARTY]
    )
    bodies = Organization.objects.in_bulk(
        [int(key.partition(":")[2]) for _source, key in found if key.startswith("organization:")]
    )
    names: dict[Who, tuple[str, ...]] = {}
    for source, key in found:
        unit = units.get(key) if source == Source.PARTY else None
        if unit is not None:
            told = (unit.name_zh, unit.short_zh, unit.name_en, unit.name_en_unique, unit.short_en)
            names[source, key] = told
        elif key.startswith("organization:"):
            body = bodies[int(key.partition(":")[2])]
            names[source, key] = (body.name_zh, body.name_en)
    return names
