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


class Anchoring(models.TextChoices):
    """How a comment on one wording stands to a later state of the text. Computed, never stored."""

    SAME = "same", pgettext_lazy("comment", "Still applies")
    MOVED = "moved", pgettext_lazy("comment", "Same text under another number")
    CHANGED = "changed", pgettext_lazy("comment", "Text changed since")
    CONTINUED = "continued", pgettext_lazy("comment", "Provision split, merged or replaced")
    GONE = "gone", pgettext_lazy("comment", "Provision gone")


class QuoteState(models.TextChoices):
    """What became of the passage a comment is about. Computed, never stored."""

    NONE = "none", _("No passage named")
    FOUND = "found", _("The passage still stands")
    CHANGED = "changed", _("The passage was changed")
    GONE = "gone", _("The passage is gone")


class Source(models.TextChoices):
    """Whose reply it is: a jurisdiction's own, or an opinion the joint office enters."""

    PARTY = "party", _("Invited jurisdiction")
    EXPERT = "expert", _("Expert")
    ENTERPRISE = "enterprise", _("Enterprise")
    DEPARTMENT = "department", _("Department")
    PUBLIC = "public", _("Public")
    BODY = "body", _("Invited body")
    SYMPOSIUM = "symposium", _("Symposium")


ENTERED = frozenset({Source.EXPERT, Source.ENTERPRISE, Source.DEPARTMENT, Source.PUBLIC})
# Whose reply, when it names an invited body, is the answer of that body.
OF_BODIES = frozenset({Source.BODY, Source.EXPERT, Source.ENTERPRISE})


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


class BatchKind(models.TextChoices):
    """Why many comments were decided at once."""

    BULK = "bulk", _("Bulk disposition")
    GROUP = "group", _("Group of the same comments")


class Warned(models.TextChoices):
    """What the preview of a bulk disposition says of one comment. Computed, never stored."""

    DECIDED = "decided", _("already decided")
    PUBLISHED = "published", _("already published")
    ANSWERED = "answered", _("the commenter has answered")
    NO_REASON = "no_reason", _("the reason is missing")
    CHANGED = "changed", _("decided by somebody else since")


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


class NeighbourResult(models.TextChoices):
    """What a neighbour's written opinion comes to."""

    NO_OBJECTION = "no_objection", _("No objection")
    OPINIONS = "opinions", _("With opinions")
    LAPSED = "lapsed", _("No answer in time")


class QueueState(models.TextChoices):
    """Where a comment stands in the work on it. Computed, never stored."""

    RUNNING = "running", _("Round still runs")
    TO_DECIDE = "to_decide", _("To decide")
    TO_PUBLISH = "to_publish", _("To publish")
    NOT_ACCEPTED = "not_accepted", _("Not accepted by the commenter")
    TO_BE_ANSWERED = "to_be_answered", _("Waiting for the commenter's answer")
    SETTLED = "settled", pgettext_lazy("comment", "Done")
    WAITING_ADVICE = "waiting_advice", _("Waiting for advice")
    TO_ADVISE = "to_advise", _("Our advice is asked")
    UNDISPOSED = "undisposed", _("Without a published disposition")
    TO_WRITE = "to_write", _("Adopted, text still to be changed")
    OURS_TO_ANSWER = "ours_to_answer", _("Ours to answer")
    OURS_UNDECIDED = "ours_undecided", _("Ours, waiting for a decision")
    OURS_NOT_ACCEPTED = "ours_not_accepted", _("Ours, not accepted by us")
    OURS_SETTLED = "ours_settled", _("Ours, done")


class QueueTab(models.TextChoices):
    """The work on comments as one role sees it."""

    OPEN = "open", pgettext_lazy("comments", "Ours to do")
    WAITING = "waiting", pgettext_lazy("comments", "Waiting for others")
    DONE = "done", pgettext_lazy("comments", "Done")
    TEXT = "text", pgettext_lazy("comments", "Text to change")
    ADVICE = "advice", pgettext_lazy("comments", "Advice asked of us")


class Answered(models.TextChoices):
    """What the commenter said to the disposition in force."""

    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    WAITING = "waiting", _("Not answered yet")
