from django.db import models
from django.utils.translation import gettext_lazy as _


class PositionValue(models.TextChoices):
    """The values of a position, with the flags of the consensus rules in `FLAGS`."""

    AGREE = "agree", _("Agree")
    AGREE_IN_PRINCIPLE = "agree_in_principle", _("Agree in principle")
    AGREE_RESERVED = "agree_reserved", _("Agree with reservation")
    ABSTAIN = "abstain", _("No position for now")
    OBJECT = "object", _("Object")
    RECUSED = "recused", _("Recused")


# In the form of the consensus rules: which values block, need a text, leave the electorate.
FLAGS: dict[str, dict[str, bool]] = {
    PositionValue.AGREE.value: {},
    PositionValue.AGREE_IN_PRINCIPLE.value: {},
    PositionValue.AGREE_RESERVED.value: {},
    PositionValue.ABSTAIN.value: {},
    PositionValue.OBJECT.value: {"blocks": True, "needs_text": True},
    PositionValue.RECUSED.value: {"leaves_electorate": True},
}


class Outcome(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    WITHOUT_RESULT = "without_result", _("Closed without result")
    SUPERSEDED = "superseded", _("Superseded by a new wording")
    RECALLED = "recalled", _("Recalled before anybody spoke")
    OVERRIDDEN = "overridden", _("Overridden")


class SubjectKind(models.TextChoices):
    CHARTER = "charter", _("Charter")
    ITEM = "item", _("Item of the plan")
    BASE = "base", _("Base map and base data")
    HEALTH_CHECK = "health_check", _("Health check")
    MINUTES = "minutes", _("Minutes")
    MEETING_DECISION = "meeting_decision", _("Decision of a meeting")
    TEXT_CHANGE = "text_change", _("Local adjustment of the text in force")
    ACCESSION = "accession", _("Accession of a party")


# Value -> its words in both languages, for the explanations of the rules and the sentences.
VALUES: dict[str, tuple[str, str]] = {
    "agree": ("同意", "agree"),
    "agree_in_principle": ("原则同意", "agree in principle"),
    "agree_reserved": ("附保留意见同意", "agree with a reservation"),
    "abstain": ("暂不表态", "take no position for now"),
    "object": ("不同意", "object"),
    "recused": ("回避", "are recused"),
}
