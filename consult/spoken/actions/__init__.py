"""The acts of speaking for a party: entering, confirming, refusing."""

from consult.spoken.actions.confirming import confirm, refuse
from consult.spoken.actions.entering import enter_ad_referendum, enter_for

__all__ = ["confirm", "enter_ad_referendum", "enter_for", "refuse"]
