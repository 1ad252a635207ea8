"""Entering and changing organizations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.enums import DEPARTMENT_KINDS, OrganizationKind
from stakeholders.people.models import Organization
from stakeholders.people.rules import require_keep
from stakeholders.record import steps as record
from stakeholders.terms import canonical
from stakeholders.terms.actor import Actor, ActorKind
from stakeholders.terms.errors import Invalid, Text


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What is said of an organization; `codes` are the jurisdictions it belongs to, none or many."""

    name_zh: str
    kind: str
    name_en: str = ""
    codes: Sequence[str] = ()


@transaction.atomic
def enter_organization(*, actor: Actor, key: str, particulars: Particulars) -> Organization:
    """Enter an organization: administrators any, a contact point or coordinator a department of
    its own jurisdiction. Raises Refused, Invalid by field.
    """
    _require(actor, "organization.enter", particulars.codes)
    _check(actor, particulars)
    if not key.strip():
        raise Invalid({"key": _("Give the organization a key.")})
    record.take_turns(f"organization:{key.strip().lower()}")
    if Organization.objects.filter(key__iexact=key.strip()).exists():
        raise Invalid({"key": _("An organization with this key exists already.")})
    organization = Organization.objects.create(
        key=key.strip(),
        name_zh=particulars.name_zh.strip(),
        name_en=particulars.name_en.strip(),
        kind=particulars.kind,
    )
    organization.jurisdictions.set(Jurisdiction.objects.filter(pk__in=particulars.codes))
    _append(actor, "organization.enter", organization, particulars)
    return organization


@transaction.atomic
def change_organization(
    *, actor: Actor, organization: Organization, particulars: Particulars
) -> Organization:
    """Change names, kind and jurisdictions; the key stays. Raises Refused, Invalid by field.

    Who is no administrator changes only what belongs to its own jurisdiction alone, before and
    after: nobody takes a body of others over by adding itself.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    before = set(organization.jurisdictions.values_list("pk", flat=True))
    _require(actor, "organization.change", before)
    _require(actor, "organization.change", particulars.codes)
    if actor.kind is not ActorKind.ADMINISTRATOR:
        _check_kind(organization.kind)
    _check(actor, particulars)
    organization.name_zh = particulars.name_zh.strip()
    organization.name_en = particulars.name_en.strip()
    organization.kind = particulars.kind
    organization.save(update_fields=["name_zh", "name_en", "kind"])
    organization.jurisdictions.set(Jurisdiction.objects.filter(pk__in=particulars.codes))
    _append(actor, "organization.change", organization, particulars)
    return organization


def _require(actor: Actor, act: str, codes: Collection[str]) -> None:
    own = actor.jurisdiction_code is not None and set(codes) == {actor.jurisdiction_code}
    require_keep(actor=actor, act=act, is_own=own)


def _check(actor: Actor, particulars: Particulars) -> None:
    errors: dict[str, Text] = {}
    if not particulars.name_zh.strip():
        errors["name_zh"] = _("Give the Chinese name.")
    if particulars.kind not in OrganizationKind.values:
        errors["kind"] = _("Choose one of the values.")
    known = set(Jurisdiction.objects.filter(pk__in=particulars.codes).values_list("pk", flat=True))
    if known != set(particulars.codes):
        errors["jurisdictions"] = _("There is no jurisdiction with this code.")
    if errors:
        raise Invalid(errors)
    if actor.kind is not ActorKind.ADMINISTRATOR:
        _check_kind(particulars.kind)


def _check_kind(kind: str) -> None:
    if kind not in DEPARTMENT_KINDS:
        raise Invalid(
            {
                "kind": _(
                    "Joint bodies, basin authorities and ministries are entered by administrators."
                )
            }
        )


def _append(actor: Actor, act: str, row: Organization, particulars: Particulars) -> None:
    record.append(
        chain=record.SITE,
        actor=actor,
        act=act,
        subject=f"organization:{row.pk}",
        effects={
            "key": row.key,
            "kind": row.kind,
            "names": canonical.digest_of([row.name_zh, row.name_en]),
            "jurisdictions": sorted(particulars.codes),
        },
    )
