"""The official letter of an act that binds a party, and the signature it stands behind."""

from typing import Any

from consult.ballots.forms import LetterForm, SeenField


class OwnLetterForm(LetterForm):
    """A letter that the party issues itself: its issuer is not asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["issuer"]


class SignForm(OwnLetterForm):
    """A signature: `seen` is the hash of the statement that the page shows."""

    seen = SeenField()
