from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.register.enums import Classification as Classification
from plans.register.enums import Strength


class Theme(models.TextChoices):
    PLAN_MAKING = "plan-making", _("Plan-making")
    GOVERNANCE = "governance", _("Governance")
    LAND = "land", _("Land use")
    AGRICULTURE = "agriculture", _("Agriculture")
    ECOLOGY = "ecology", _("Ecology")
    WATER = "water", _("Water")
    TRANSPORT = "transport", _("Transport")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    INDUSTRY = "industry", _("Industry")
    INNOVATION = "innovation", _("Innovation")
    SERVICES = "services", _("Public services")
    CULTURE = "culture", _("Culture")
    STANDARDS = "standards", _("Standards")
    FINANCE = "finance", _("Finance")


class Pillar(models.TextChoices):
    CO_DRAWN = "co_drawn", _("Drawn together")
    CO_PROTECTED = "co_protected", _("Protected together")
    CO_SHARED = "co_shared", _("Shared facilities")
    CO_BUILT = "co_built", _("Mechanisms built together")


class Function(models.TextChoices):
    """What a provision is for; its content may be a figure, a line on the map or an act."""

    GOAL = "goal", _("Goal")
    RULE = "rule", pgettext_lazy("function of a provision", "Rule")
    MECHANISM = "mechanism", _("Mechanism")
    STANDARD = "standard", pgettext_lazy("function of a provision", "Standard")
    QUOTA = "quota", _("Quota")
    MAP = "map", pgettext_lazy("function of a provision", "Map")
    PROJECT = "project", pgettext_lazy("function of a provision", "Project")
    PROGRAMME = "programme", _("Programme")


class Demand(models.TextChoices):
    NATIONAL = "national", _("National interest")
    NEIGHBOUR = "neighbour", _("Neighbour relation")
    LOCAL = "local", _("Local need")


class ClaimVerdict(models.TextChoices):
    """What another party says to an editorial claim."""

    CONFIRMED = "confirmed", pgettext_lazy("editorial claim", "confirmed")
    REFUSED = "refused", pgettext_lazy("editorial claim", "refused")


class ClaimStanding(models.TextChoices):
    OPEN = "open", pgettext_lazy("editorial claim", "not confirmed yet")
    CONFIRMED = "confirmed", pgettext_lazy("editorial claim", "confirmed")
    REFUSED = "refused", pgettext_lazy("editorial claim", "refused")


class SourceKind(models.TextChoices):
    """The 3, the 1 and the X of a common standard, in the order they are shown."""

    PARTY = "party", _("Own standard of a party")
    NATIONAL = "national", _("National standard")
    REFERENCE = "reference", _("Further standard for reference")


class Strictness(models.TextChoices):
    """Which way a value becomes stricter."""

    NONE = "", _("Neither")
    HIGHER = "higher", _("A higher value is stricter")
    LOWER = "lower", _("A lower value is stricter")


class Choice(models.TextChoices):
    """How the agreed value was chosen among those of the parties and the nation."""

    HIGHEST = "highest", _("The highest value")
    LOWEST = "lowest", _("The lowest value")
    OTHER = "other", pgettext_lazy("rule of choice", "Other, with its reason")


class Distance(models.TextChoices):
    """Where a source's value stands beside the agreed one."""

    EQUAL = "equal", pgettext_lazy("value of a standard", "As agreed")
    STRICTER = "stricter", pgettext_lazy("value of a standard", "Stricter than agreed")
    LOOSER = "looser", pgettext_lazy("value of a standard", "Looser than agreed")
    OTHER = "other", pgettext_lazy("value of a standard", "Differs")
    UNSET = "unset", pgettext_lazy("value of a standard", "No value")
    OPEN = "open", pgettext_lazy("value of a standard", "Nothing agreed yet")


PROVISION_STRENGTHS = (Strength.BINDING, Strength.GUIDING)
EDITORIAL = "editorial"
JOINT_TEAM = "joint"  # in place of a jurisdiction's code


class AmendmentOutcomeKind(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("amendment", "Adopted")
    DECLINED = "declined", pgettext_lazy("amendment", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "Withdrawn")


class AmendmentState(models.TextChoices):
    """How an amendment stands: open, or what became of it."""

    OPEN = "open", pgettext_lazy("amendment", "Open")
    APPLIED = "applied", pgettext_lazy("amendment", "Adopted")
    DECLINED = "declined", pgettext_lazy("amendment", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "Withdrawn")
