from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What an invited jurisdiction may say."""

    ACCEPT = "accept", _("Accept")
    ACCEPT_CONDITIONS = "accept_conditions", _("Accept with conditions")
    OTHER_ROLE = "other_role", _("Ask for another role")
    DECLINE = "decline", _("Decline")


ACCEPTING = frozenset({Answer.ACCEPT.value, Answer.ACCEPT_CONDITIONS.value})


class InvitationState(models.TextChoices):
    """Where an invitation stands. Computed from answer, deadline and later invitations."""

    OPEN = "open", _("Awaiting an answer")
    ACCEPTED = "accepted", _("Accepted")
    CONDITIONS = "conditions", _("Accepted with conditions")
    OTHER_ROLE = "other_role", _("Asks for another role")
    DECLINED = "declined", _("Declined")
    UNCONFIRMED = "unconfirmed", _("Answered; the mandate awaits confirmation")
    LAPSED = "lapsed", _("Lapsed without an answer")
    REPLACED = "replaced", _("Replaced by a later invitation")


STATE_OF_ANSWER = {
    Answer.ACCEPT.value: InvitationState.ACCEPTED,
    Answer.ACCEPT_CONDITIONS.value: InvitationState.CONDITIONS,
    Answer.OTHER_ROLE.value: InvitationState.OTHER_ROLE,
    Answer.DECLINE.value: InvitationState.DECLINED,
}


class ItemClass(models.TextChoices):
    """The classes of items for which a charter has a rule each."""

    BINDING = "binding", _("Binding provisions")
    GUIDING = "guiding", _("Guiding provisions")
    INDICATOR = "indicator", _("Indicators")
    MAP = "map", _("Map features")


# Classes a charter from before them does without: their items follow the rule of their strength.
LATER_CLASSES = frozenset({ItemClass.MAP.value})


class Competence(models.TextChoices):
    """What the position of a party below an item's competence (事权) does."""

    SUPPORT = "support", _("Shown as support, not counted")
    COUNTS = "counts", _("Counts: the joint text is signed by every party it concerns")


class LeaverInBallots(models.TextChoices):
    """What becomes of a leaving party in ballots that are open."""

    COUNTS = "counts", _("Counts in them until they end")
    LEAVES = "leaves", _("Leaves them with the end of its notice")


class SilenceInRound(models.TextChoices):
    NO_OPINION = "no_opinion", _("Counts as no comment")
    OWED = "owed", _("An answer stays owed")


class SilenceInSignOff(models.TextChoices):
    """For guiding provisions and indicators; silence never binds on binding text."""

    NONE = "none", _("Never counts as consent")
    AGREE = "agree", _("Counts as consent, except for binding provisions")


class LadderLevel(models.TextChoices):
    WORKING = "working", _("Working level")
    DEPARTMENT = "department", _("Department level")
    GOVERNMENT = "government", _("Government level")


class Override(models.TextChoices):
    NONE = "none", _("None")
    GUIDING = "guiding", _("For guiding provisions only, by two persons with a reason")


class TwoPersonAct(models.TextChoices):
    PUBLISH = "revision.publish", _("Publishing a revision")
    CLOSE = "sign_off.close", _("Closing the sign-off")
    OVERRIDE = "sign_off.override", _("Override")
    POSITION = "position.take", _("Taking a position in the sign-off")


class BaseState(models.TextChoices):
    """Where the agreement on base map and base figures (底图底数) stands."""

    EMPTY = "empty", _("No base map or base figures are attached")
    NOT_PUT = "not_put", _("The base map and base figures are not agreed yet")
    OPEN = "open", _("The ballot on the base map and base figures is open")
    REFUSED = "refused", _("The parties did not agree on the base map and base figures")
    AGREED = "agreed", _("The base map and base figures are agreed")
    CHANGED = "changed", _("The base map or base figures were changed since they were agreed")
