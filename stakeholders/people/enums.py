from django.db import models
from django.utils.translation import gettext_lazy as _

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


class Basis(models.TextChoices):
    """On what an act was entered that its jurisdiction has still to confirm."""

    ON_EVIDENCE = "on_evidence", _("Entered by the joint office on evidence")
    AD_REFERENDUM = "ad_referendum", _("Ad referendum, by a person who cannot bind")


class EvidenceKind(models.TextChoices):
    LETTER = "letter", _("Official letter")
    CALL = "call", _("Note of a telephone call")
    MINUTES = "minutes", _("Minutes of a meeting")
