"""Decisions of meetings as the ballot machine asks for them."""

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.subjects import Source, know
from consult.meetings.models import AgendaItem
from plans.register.models import Plan
from stakeholders.templatetags.in_language import in_language
from stakeholders.terms import canonical
from stakeholders.terms.duty import Text

in_both = lazy(in_language, str)


def hash_of(item: AgendaItem) -> str:
    """What is put to the parties: the item's title and the wording proposed for it."""
    return canonical.digest_of([item.title_zh, item.title_en, item.text_zh, item.text_en])


def _find(plan: Plan, pk: str) -> AgendaItem | None:
    rows = AgendaItem.objects.filter(meeting__plan=plan, pk=int(pk))
    return rows.select_related("meeting").first()


def _title(plan: Plan, pk: str) -> Text:
    item = _find(plan, pk)
    if item is None:
        return ""
    return format_lazy(
        _("Decision of meeting {number}: {title}"),
        number=item.meeting.number,
        title=in_both(item, "title"),
    )


def _url(plan: Plan, pk: str) -> str:
    item = _find(plan, pk)
    return "" if item is None else url_of(plan, item)


def url_of(plan: Plan, item: AgendaItem) -> str:
    page = reverse("meetings:detail", args=[plan.key, item.meeting.number])
    return f"{page}#item-{item.pk}"


def _hash_now(plan: Plan, pk: str) -> str | None:
    item = _find(plan, pk)
    return None if item is None else hash_of(item)


DECISION = Source(title=_title, url=_url, hash_now=_hash_now)


def register() -> None:
    """Make them known; called once when the site starts."""
    know(SubjectKind.MEETING_DECISION.value, DECISION)
