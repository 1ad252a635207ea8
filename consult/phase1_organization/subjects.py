"""The subjects of phase 1 that are put to the parties, as the ballot machine asks for them."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consult.ballots.enums import SubjectKind
from consult.ballots.subjects import Source, know
from consult.phase1_organization.base_set import base_set
from consult.phase1_organization.models import Accession, Charter
from plans.register.models import Plan
from stakeholders.terms.duty import Text


def _charter_title(_plan: Plan, number: str) -> Text:
    return format_lazy(_("Charter no. {number}"), number=number)


def _charter_hash(plan: Plan, number: str) -> str | None:
    rows = Charter.objects.filter(plan=plan, number=int(number))
    return rows.values_list("hash", flat=True).first()


CHARTER = Source(
    title=_charter_title,
    url=lambda plan, number: reverse("organization:charter", args=[plan.key, number]),
    hash_now=_charter_hash,
)
BASE = Source(
    title=lambda _plan, _number: _("Base map and base figures"),
    url=lambda plan, _number: reverse("organization:base", args=[plan.key]),
    hash_now=lambda plan, _number: base_set(plan).hash,
)


def _accession_hash(plan: Plan, number: str) -> str | None:
    rows = Accession.objects.filter(plan=plan, number=int(number))
    return rows.values_list("hash", flat=True).first()


ACCESSION = Source(
    title=lambda _plan, number: format_lazy(_("Accession no. {number}"), number=number),
    url=lambda plan, number: reverse("organization:accession", args=[plan.key, number]),
    hash_now=_accession_hash,
)


def register() -> None:
    """Make them known; called once when the site starts."""
    know(SubjectKind.CHARTER.value, CHARTER)
    know(SubjectKind.BASE.value, BASE)
    know(SubjectKind.ACCESSION.value, ACCESSION)
