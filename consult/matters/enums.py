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
    ASKED = "asked", pgettext_lazy("matter", "A party asks for the next level")
    RESCHEDULED = "rescheduled", pgettext_lazy("matter", "Due date moved")
    JOINED = "joined", pgettext_lazy("matter", "A party joined")
    LEFT = "left", pgettext_lazy("matter", "A party left")
    LINKED = "linked", pgettext_lazy("matter", "Provisions named")


class StanceValue(models.TextChoices):
    """What a party says of one option."""

    ACCEPTABLE = "acceptable", pgettext_lazy("option", "Acceptable")
    CONDITIONAL = "conditional", pgettext_lazy("option", "Acceptable with conditions")
    NOT_ACCEPTABLE = "not_acceptable", pgettext_lazy("option", "Not acceptable")


class CommitmentEventKind(models.TextChoices):
    """What was said on a commitment; its state is computed from these."""

    GIVEN = "given", pgettext_lazy("commitment", "Given")
    TAKEN_BACK = "taken_back", pgettext_lazy("commitment", "Taken back")
    REPORTED = "reported", pgettext_lazy("commitment", "Reported as kept")
    CONFIRMED = "confirmed", pgettext_lazy("commitment", "Confirmed as kept")


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


class CommitmentState(models.TextChoices):
    """How a commitment stands, computed and never stored."""

    PROPOSED = "proposed", pgettext_lazy("commitment", "Proposed")
    CONDITIONAL = "conditional", pgettext_lazy("commitment", "Given, waits for another")
    GIVEN = "given", pgettext_lazy("commitment", "Given, binds when the matter is agreed")
    IN_FORCE = "in_force", pgettext_lazy("commitment", "In force")
    FULFILLED = "fulfilled", pgettext_lazy("commitment", "Kept")
    LAPSED = "lapsed", pgettext_lazy("commitment", "Lapsed: past its date, not kept")
    TAKEN_BACK = "taken_back", pgettext_lazy("commitment", "Taken back")
