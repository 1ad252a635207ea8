from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.terms.actor import Role


class RoleName(models.TextChoices):
    """Labels of `terms.Role`, as the glossary has them."""

    COORDINATOR = Role.COORDINATOR.value, _("Joint office (coordinator)")
    CONTACT_POINT = Role.CONTACT_POINT.value, _("Contact point")
    DEPUTY = Role.DEPUTY.value, _("Deputy contact point")
    PLANNER = Role.PLANNER.value, _("Planner")
    DRAFTER = Role.DRAFTER.value, _("Drafting team")
    SIGNATORY = Role.SIGNATORY.value, _("Signatory")
    SUPERVISOR = Role.SUPERVISOR.value, _("Supervisor (higher authority)")
    EXPERT = Role.EXPERT.value, _("Expert")
    OBSERVER = Role.OBSERVER.value, _("Observer")


class OrganizationKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    PLANNING_AUTHORITY = "planning_authority", _("Planning authority")
    SECTOR_DEPARTMENT = "sector_department", _("Sector department")
    EXPERT_COMMITTEE = "expert_committee", _("Expert committee")
    DRAFTING_TEAM = "drafting_team", _("Drafting team")
    JOINT_BODY = "joint_body", _("Joint office")
    EXECUTIVE_COMMITTEE = "executive_committee", _("Executive committee")
    BASIN_AUTHORITY = "basin_authority", _("Basin authority")
    MINISTRY = "ministry", _("Ministry")
    ENTERPRISE = "enterprise", _("Enterprise")
    SOCIAL_BODY = "social_body", _("Social body")


class Standing(models.TextChoices):
    """Where a mandate stands at an instant. Computed from its dates and its second person."""

    PENDING = "pending", _("awaits a second person")
    COUNTS = "counts", pgettext_lazy("mandate", "counts")
    NOT_BEGUN = "not_begun", pgettext_lazy("mandate", "not begun")
    ENDED = "ended", pgettext_lazy("mandate", "ended")


class MandateAct(models.TextChoices):
    """What happened to a mandate, as its history tells it."""

    GRANT = "mandate.grant", _("granted")
    CLAIM = "mandate.claim", _("claimed")
    SUBSTITUTE = "mandate.substitute", _("named as substitute")
    CONFIRM = "mandate.confirm", _("confirmed by a second person")
    REFUSE = "mandate.refuse", _("refused")
    END = "mandate.end", _("ended by an act")


class ChainKind(models.TextChoices):
    """The outward acts a jurisdiction may put behind steps of its own."""

    REPLY = "reply", _("Reply to a comment round")
    POSITION = "position", _("Position in a sign-off")
    ANSWER = "answer", _("Answer to an invitation or a disposition")


# What a contact point may enter for its own jurisdiction; joint bodies are entered by administrators.
DEPARTMENT_KINDS = frozenset(
    {
        OrganizationKind.GOVERNMENT.value,
        OrganizationKind.PLANNING_AUTHORITY.value,
        OrganizationKind.SECTOR_DEPARTMENT.value,
        OrganizationKind.EXPERT_COMMITTEE.value,
        OrganizationKind.ENTERPRISE.value,
        OrganizationKind.SOCIAL_BODY.value,
    }
)


class InvitationState(models.TextChoices):
    """How far an account invitation has come."""

    OPEN = "open", pgettext_lazy("account invitation", "open")
    ACCEPTED = "accepted", pgettext_lazy("account invitation", "accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("account invitation", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("account invitation", "expired")


INVITATION_LIVES = timedelta(days=14)
RESET_LIVES = timedelta(days=3)  # a request nobody confirmed meanwhile has to be made again
SIGNING_PAUSE = timedelta(hours=24)  # the owner notices before anything is signed in its name


class Basis(models.TextChoices):
    """On what an act was entered that its jurisdiction has still to confirm."""

    ON_EVIDENCE = "on_evidence", _("Entered by the joint office on evidence")
    AD_REFERENDUM = "ad_referendum", _("Ad referendum, by a person who cannot bind")


class EvidenceKind(models.TextChoices):
    LETTER = "letter", _("Official letter")
    CALL = "call", _("Note of a telephone call")
    MINUTES = "minutes", _("Minutes of a meeting")
