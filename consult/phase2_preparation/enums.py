from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundKind(models.TextChoices):
    CONSULTATION = "consultation", _("Consultation")
    RECONSULTATION = "reconsultation", _("Re-consultation")
    DISPLAY = "display", _("Public display and re-consultation")
    URGENT = "urgent", _("Urgent consultation")


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
    DEPARTMENT = "department", _("Department")
    PUBLIC = "public", _("Public")


ENTERED = frozenset({Source.EXPERT, Source.ENTERPRISE, Source.DEPARTMENT, Source.PUBLIC})


LINK_KEY = "asked"  # where a session holds the invitation whose link opened it


class InvitedAs(models.TextChoices):
    """As what somebody outside the parties is asked for an opinion."""

    EXPERT = "expert", _("Expert")
    ENTERPRISE = "enterprise", _("Enterprise")
    DEPARTMENT = "department", _("Department")


class Asks(models.TextChoices):
    """What an invitation asks for: an opinion of one's own, or a signature under a common one."""

    OPINION = "opinion", _("Opinion")
    SIGNATURE = "signature", _("Signature")


class ShownAs(models.TextChoices):
    """How the parties see who gave an opinion."""

    NAME = "name", _("With the name")
    NUMBER = "number", _("As a number only")


class InvitationState(models.TextChoices):
    """How an invitation to give an opinion stands. Computed, never stored."""

    WAITING = "waiting", pgettext_lazy("expert", "Not opened yet")
    OPENED = "opened", pgettext_lazy("expert", "Opened, no answer yet")
    ANSWERED = "answered", pgettext_lazy("expert", "Answered")
    DECLINED = "declined", pgettext_lazy("expert", "Declined")
    OVERDUE = "overdue", pgettext_lazy("expert", "Time is over")
    REVOKED = "revoked", pgettext_lazy("expert", "Revoked")


class OpinionResult(models.TextChoices):
    """What an opinion comes to."""

    READY = "ready", _("Ready")
    MINOR = "minor", _("Ready after minor changes")
    MAJOR = "major", _("Needs major changes")
    NOT_READY = "not_ready", _("Not ready")


class SuggestionOutcome(models.TextChoices):
    """What the joint office did with the name an expert suggested."""

    INVITED = "invited", pgettext_lazy("suggestion", "Invited")
    SET_ASIDE = "set_aside", pgettext_lazy("suggestion", "Not invited")


class SignedBy(models.TextChoices):
    """How a member of a group of experts signed the common opinion."""

    LINK = "link", _("By the link")
    ACCOUNT = "account", _("Signed in")
    PAPER = "paper", _("On paper")


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

    WAITING = "waiting", pgettext_lazy("round", "No answer yet")
    ANSWERED = "answered", pgettext_lazy("round", "Answered")
    COMMENTS = "comments", pgettext_lazy("round", "Comments submitted")
    NIL = "nil", pgettext_lazy("round", "No comments")
    LAPSED = "lapsed", pgettext_lazy("round", "No answer in time: counts as no comment")
