"""Row writes of the demonstration: its people and bodies, and what the replay must not send."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from consult.demonstration.reading import table
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.people.enums import OrganizationKind
from stakeholders.people.models import Organization, User

RECENT = timedelta(days=10)
KINDS = {
    "joint body": OrganizationKind.JOINT_BODY,
    "drafting team": OrganizationKind.DRAFTING_TEAM,
    "expert committee": OrganizationKind.EXPERT_COMMITTEE,
    "basin authority": OrganizationKind.BASIN_AUTHORITY,
    "government": OrganizationKind.GOVERNMENT,
    "planning authority": OrganizationKind.PLANNING_AUTHORITY,
    "sector department": OrganizationKind.SECTOR_DEPARTMENT,
    "enterprise association": OrganizationKind.ENTERPRISE,
}
JOINT = ("310118", "320509", "330421")


def make_people(*, password: str) -> dict[str, User]:
    """The people of the story by their key, with one stated password; safe to repeat."""
    known = {user.email: user for user in User.objects.all()}
    encoded = make_password(password)
    missing = [
        User(
            email=row["login"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            password=encoded,
            is_staff=row["role"] == "administrator",
            is_superuser=row["role"] == "administrator",
        )
        for row in table("people")
        if row["login"] not in known
    ]
    known |= {user.email: user for user in User.objects.bulk_create(missing)}
    return {row["person_id"]: known[row["login"]] for row in table("people")}


def make_bodies() -> dict[str, Organization]:
    """The organizations of the story by their key; a joint body belongs to all three parties."""
    found = {}
    for row in table("organizations"):
        body, is_new = Organization.objects.get_or_create(
            key=row["org_id"],
            defaults={
                "name_zh": row["name_zh"],
                "name_en": row["name_en"],
                "kind": KINDS[row["kind"]],
            },
        )
        if is_new:
            place = row["jurisdiction"]
            codes = JOINT if "three parties" in place else (place,)
            body.jurisdictions.set(Jurisdiction.objects.filter(pk__in=codes))
        found[row["org_id"]] = body
    return found


def hold_mail(*, newer_than: int, at: datetime) -> int:
    """Keep the mails that the replay queued from being sent: nobody reads these addresses."""
    mails = OutboxMessage.objects.filter(pk__gt=newer_than, sent_at__isnull=True)
    return mails.update(held_at=at)


def read_old_notices(*, plan_key: str, at: datetime) -> int:
    """Notices of the replay older than a few days are read, so that an inbox shows what is new."""
    old = Notice.objects.filter(plan_key=plan_key, read_at__isnull=True, created_at__lt=at - RECENT)
    return old.update(read_at=at)
