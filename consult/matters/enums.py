from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """The escalation ladder, from below."""

    WORKING = "working", _("Working level")
    DEPARTMENT = "department", _("Department level")
    GOVERNMENT = "government", _("Government level")
    SUPERIOR = "superior", _("Common superior authority")


LADDER = tuple(Level.values)


class Outcome(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("matter", "Agreed")
    RESERVED = "reserved", pgettext_lazy("matter", "Difference reserved")
    WITHDRAWN = "withdrawn", pgettext_lazy("matter", "Withdrawn")


class StandValue(models.TextChoices):
    AGREE = "agree", pgettext_lazy("stand", "Agrees")
    PARTLY = "partly", pgettext_lazy("stand", "Agrees in part")
    AGAINST = "against", pgettext_lazy("stand", "Against")


class MoveKind(models.TextChoices):
    """What moved a matter."""

    OPENED = "opened", pgettext_lazy("matter", "Opened")
    RAISED = "raised", pgettext_lazy("matter", "Raised to the next level")
    CLOSED = "closed", pgettext_lazy("matter", "Closed")
    REOPENED = "reopened", pgettext_lazy("matter", "Reopened")


class Theme(models.TextChoices):
    """The themes of the library, as a delivered file names them."""

    TRANSPORT = "transport", _("Transport")
    WATER = "water", _("Water")
    ECOLOGY = "ecology", _("Ecology")
    CLIMATE = "climate", _("Climate")
    LAND = "land", _("Land")
    AGRICULTURE = "agriculture", _("Agriculture")
    INDUSTRY = "industry", _("Industry")
    INNOVATION = "innovation", _("Innovation")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    CULTURE = "culture", _("Culture")
    SERVICES = "services", _("Public services")
    FINANCE = "finance", _("Finance and taxes")
    BALANCE = "regional balance", _("Regional balance")
    STANDARDS = "standards", _("Common standards")
    PLAN_MAKING = "plan-making", _("Plan-making")
    GOVERNANCE = "governance", _("Governance")


class MatterType(models.TextChoices):
    ISSUE = "issue", pgettext_lazy("type of matter", "Issue")
    PROJECT = "project", pgettext_lazy("type of matter", "Project")
    PLAN = "plan", pgettext_lazy("type of matter", "Plan")
    PROGRAMME = "programme", pgettext_lazy("type of matter", "Programme")
    MECHANISM = "mechanism", pgettext_lazy("type of matter", "Mechanism")
    STANDARD = "standard", pgettext_lazy("type of matter", "Standard")


class Basis(models.TextChoices):
    """How we know which units a matter of the library concerns."""

    STATED = "stated", _("Stated by the source")
    INFERRED = "inferred", _("Inferred from the place")
