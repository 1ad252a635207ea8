from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

JOINT_OFFICE = "JO"  # in place of a unit's code: the joint office leads


class PlanKind(models.TextChoices):
    OVERALL = "overall", _("Overall plan")
    SPECIAL_TOPIC = "special_topic", _("Special-topic plan")
    DETAILED = "detailed", _("Detailed plan")


# The order of a family: a plan stands below one of a higher kind, so that no circle can arise.
KIND_ORDER = (PlanKind.OVERALL, PlanKind.SPECIAL_TOPIC, PlanKind.DETAILED)


class AuthenticLanguage(models.TextChoices):
    """The language in which the text counts; the other one is a translation."""

    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")


class Phase(models.IntegerChoices):
    ORGANIZATION = 1, _("Joint organization")
    PREPARATION = 2, _("Joint preparation")
    IDENTIFICATION = 3, _("Common identification")
    IMPLEMENTATION = 4, _("Common implementation")


class PartyRole(models.TextChoices):
    CONVENOR = "convenor", _("Convenor")
    CO_MAKER = "co_maker", _("Co-making party")
    UPPER = "upper", _("Upper-level government (consulted)")
    NEIGHBOUR = "neighbour", _("Consulted neighbour")
    OBSERVER = "observer", _("Observer")


CO_MAKING = (PartyRole.CONVENOR, PartyRole.CO_MAKER)


class ItemKind(models.TextChoices):
    PROVISION = "provision", _("Provision")
    INDICATOR = "indicator", _("Indicator")
    MAP_FEATURE = "map_feature", _("Map feature")
    STANDARD = "standard", _("Agreed standard")


class Strength(models.TextChoices):
    """Provisions are binding or guiding, indicators binding or anticipatory."""

    BINDING = "binding", _("Binding")
    GUIDING = "guiding", _("Guiding")
    ANTICIPATORY = "anticipatory", _("Anticipatory")


class Competence(models.TextChoices):
    """The level of government that may decide an item's content (事权)."""

    COUNTY = "county", _("County level")
    PREFECTURE = "prefecture", _("Prefecture level")
    PROVINCE = "province", _("Provincial level")
    NATIONAL = "national", _("National level")


class Classification(models.TextChoices):
    """How far a text may be made public. What is classified by law has no place here."""

    OPEN = "open", _("Open to the public")
    ON_REQUEST = "on_request", _("Open on request")
    INTERNAL = "internal", _("Internal")


class AttachmentPurpose(models.TextChoices):
    """What a file of a plan is for; base map and base figures are agreed by the parties."""

    ATTACHMENT = "attachment", _("Attachment")
    EVIDENCE = "evidence", pgettext_lazy("purpose of a file", "Evidence")
    BASE_MAP = "base_map", _("Base map")
    BASE_FIGURES = "base_figures", _("Base figures")


BASE_PURPOSES = (AttachmentPurpose.BASE_MAP, AttachmentPurpose.BASE_FIGURES)


class LineageKind(models.TextChoices):
    SPLIT = "split", pgettext_lazy("lineage", "split")
    MERGE = "merge", pgettext_lazy("lineage", "merged")
    REPLACE = "replace", pgettext_lazy("lineage", "replaced")


class ConcernStep(models.TextChoices):
    DECLARED = "declared", _("Declared itself concerned")
    RENOUNCED = "renounced", _("Renounced being concerned")


class Stage(models.TextChoices):
    CONSULTATION = "consultation", _("Draft for consultation")
    DISPLAY = "display", _("Draft for public display")
    RECOGNITION = "recognition", _("Draft for recognition")
    APPROVAL = "approval", _("Draft for approval")
    APPROVED = "approved", _("Approved text")
    ADOPTED_PART = "adopted_part", _("Part adopted first")


# What a publishing can be named. A part adopted first comes out of the sign-off alone.
PUBLISHED_STAGES = [one for one in Stage.choices if one[0] != Stage.ADOPTED_PART.value]


class ChangeKind(models.TextChoices):
    UNCHANGED = "unchanged", _("Unchanged")
    MOVED = "moved", _("Moved or renumbered")
    EDITORIAL = "editorial", _("Editorial")
    TRANSLATION = "translation", _("Translation")
    TEXT = "text", pgettext_lazy("change", "Text")
    STRENGTH = "strength_or_concern", _("Strength or concern")
    MAP = "map", _("Map")
    INDICATOR = "indicator", _("Indicator")
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")


class TransmissionValue(models.TextChoices):
    """How a lower plan answers a binding content of its upper plan."""

    ADOPTED = "adopted", pgettext_lazy("transmission", "Adopted")
    ADAPTED = "adapted", pgettext_lazy("transmission", "Adapted")
    CONFLICT = "conflict", pgettext_lazy("transmission", "In conflict")


class GrantName(models.TextChoices):
    """What a role group may do on a plan, in the order of its work."""

    VIEW = "view", pgettext_lazy("right", "sees the plan")
    DRAFT = "draft", pgettext_lazy("right", "drafts")
    COMMENT = "comment", pgettext_lazy("right", "comments")
    CLEAR = "clear", pgettext_lazy("right", "clears and submits comments")
    SIGN = "sign", pgettext_lazy("right", "takes positions and signs")
    COORDINATE = "coordinate", pgettext_lazy("right", "coordinates")
    REPORT = "report", pgettext_lazy("right", "reports")


# Who co-makes the plan reads its working draft; who is consulted reads what was published.
READS_DRAFT = frozenset({"draft", "sign", "coordinate"})
