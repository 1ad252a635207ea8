from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plans.register.enums import ItemKind


class Kind(models.TextChoices):
    """What can be found. The first ones are kinds of items."""

    PROVISION = ItemKind.PROVISION.value, _("Provision")
    INDICATOR = ItemKind.INDICATOR.value, _("Indicator")
    STANDARD = ItemKind.STANDARD.value, _("Agreed standard")
    MAP_FEATURE = ItemKind.MAP_FEATURE.value, _("Map feature")
    COMMENT = "comment", _("Comment")
    MATTER = "matter", pgettext_lazy("search", "Matter")
    MINUTES = "minutes", _("Minutes")
    PROJECT = "project", _("Joint project")


ITEMS = frozenset(ItemKind.values)


class State(models.TextChoices):
    """How far it has come. Without one of them: all but former wordings."""

    OPEN = "open", pgettext_lazy("search", "In work: not in force, not answered, not closed")
    SETTLED = "settled", pgettext_lazy("search", "Adopted, answered or closed")
    FORMER = "former", pgettext_lazy("search", "Former wordings")
