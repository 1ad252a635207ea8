from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundKind(models.TextChoices):
    CONSULTATION = "consultation", pgettext_lazy("kind of round", "Consultation")
    RECONSULTATION = "reconsultation", _("Re-consultation")
    DISPLAY = "display", _("Public display and re-consultation")
    URGENT = "urgent", _("Urgent consultation")


class Audience(models.TextChoices):
    """As what somebody is asked in a round. The public is asked by a display, without a row's
    unit or body."""

    PARTY = "party", pgettext_lazy("audience", "Party of the plan")
    DEPARTMENT = "department", _("Department of a party")
    UPPER = "upper", _("Upper-level government")
    LOWER = "lower", _("Lower-level government")
    NEIGHBOUR = "neighbour", _("Neighbour, not a party")
    EXPERT_COMMITTEE = "expert_committee", _("Expert committee")
    ENTERPRISE = "enterprise", _("Enterprise")
    BODY = "body", _("Other body")
    PUBLIC = "public", _("The public")


UNITS = (Audience.PARTY, Audience.UPPER, Audience.LOWER, Audience.NEIGHBOUR)
BODIES = (Audience.DEPARTMENT, Audience.EXPERT_COMMITTEE, Audience.ENTERPRISE, Audience.BODY)


class CommentType(models.TextChoices):
    GENERAL = "general", pgettext_lazy("type of comment", "General")
    TECHNICAL = "technical", pgettext_lazy("type of comment", "Technical")
    EDITORIAL = "editorial", pgettext_lazy("type of comment", "Editorial")


class DraftState(models.TextChoices):
    """How far a comment is inside its jurisdiction."""

    DRAFT = "draft", pgettext_lazy("comment", "Being written")
    SHARED = "shared", pgettext_lazy("comment", "Waiting for clearance")
    CLEARED = "cleared", pgettext_lazy("comment", "Cleared")
    SENT_BACK = "sent_back", pgettext_lazy("comment", "Sent back")
    SUBMITTED = "submitted", pgettext_lazy("comment", "Submitted")


EDITABLE = frozenset(
    {DraftState.DRAFT, DraftState.SHARED, DraftState.CLEARED, DraftState.SENT_BACK}
)
CLEARABLE = frozenset({DraftState.DRAFT, DraftState.SHARED})


class Source(models.TextChoices):
    """Whose reply it is: a jurisdiction's own, or an opinion the joint office enters."""

    PARTY = "party", _("Invited jurisdiction")
    EXPERT = "expert", _("Expert")
    ENTERPRISE = "enterprise", _("Enterprise")
    PUBLIC = "public", _("Public")
    BODY = "body", _("Invited body")
    SYMPOSIUM = "symposium", _("Symposium")


ENTERED = frozenset({Source.EXPERT, Source.ENTERPRISE, Source.PUBLIC})
# Whose reply, when it names an invited body, is the answer of that body.
OF_BODIES = frozenset({Source.BODY, Source.EXPERT, Source.ENTERPRISE})


class DispositionOutcome(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly adopted")
    NOT_ADOPTED = "not_adopted", _("Not adopted")
    NOTED = "noted", _("Noted")
    TO_MATTER = "to_matter", _("Taken up as a matter")
    SUPERSEDED = "superseded", _("Superseded")


NEEDS_REASON = frozenset({DispositionOutcome.PARTLY, DispositionOutcome.NOT_ADOPTED})
# Outcomes after which the text has to differ from the wording that was commented on.
CHANGES_TEXT = frozenset({DispositionOutcome.ADOPTED, DispositionOutcome.PARTLY})
# Outcomes that explain why an item changed.
EXPLAINS = frozenset({*CHANGES_TEXT, DispositionOutcome.TO_MATTER, DispositionOutcome.SUPERSEDED})


class Standing(models.TextChoices):
    """How an invited jurisdiction stands to a round. Computed, never stored."""

    NOT_YET = "not_yet", pgettext_lazy("round", "Not open yet")
    WAITING = "waiting", pgettext_lazy("round", "No answer yet")
    ANSWERED = "answered", pgettext_lazy("round", "Answered")
    COMMENTS = "comments", pgettext_lazy("round", "Comments submitted")
    NIL = "nil", pgettext_lazy("round", "No comments")
    LAPSED = "lapsed", pgettext_lazy("round", "No answer in time: counts as no comment")
    SILENT = "silent", pgettext_lazy("round", "No answer in time")
    RECALLED = "recalled", pgettext_lazy("round", "Recalled")
