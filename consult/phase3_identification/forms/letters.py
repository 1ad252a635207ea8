"""The official letter of an act that binds a party."""

from consult.ballots.forms import LetterForm


class OwnLetterForm(LetterForm):
    """A letter that the party issues itself: its issuer is not asked for."""

    issuer = None  # Django takes the field out
