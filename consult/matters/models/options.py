"""Options to settle a matter: versions, what each costs or brings, and what parties say of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consult.matters.enums import StanceValue
from consult.matters.models.matters import Matter
from stakeholders.finding.expressions import grams_index
from stakeholders.jurisdictions.models import Jurisdiction
from stakeholders.people.models import Mandate
from stakeholders.record.models import AppendOnly


class MatterOption(AppendOnly):
    """One way to settle a matter. `jurisdiction` proposed it; none: the joint office."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="options")
    label = models.SlugField(_("letter"), max_length=4)
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("option of a matter")
        verbose_name_plural = _("options of matters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "label"], name="matter_option_label"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.label}"


class OptionVersion(AppendOnly):
    """The text of an option. The newest counts; what was said of a former one asks again."""

    option = models.ForeignKey(MatterOption, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    text_zh = models.TextField(_("text (Chinese)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("version of an option")
        verbose_name_plural = _("versions of options")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["option", "number"], name="option_version_number"),
        ]
        indexes = [grams_index("text_zh", "text_en", name="option_version_grams")]

    def __str__(self) -> str:
        return f"{self.option_id} {self.number}"


class OptionEffect(AppendOnly):
    """What a version costs or brings one party, in short."""

    version = models.ForeignKey(OptionVersion, models.PROTECT, related_name="effects")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    text_zh = models.CharField(_("text (Chinese)"), max_length=300, blank=True)
    text_en = models.CharField(_("text (English)"), max_length=300, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("effect of an option")
        verbose_name_plural = _("effects of options")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "jurisdiction"], name="option_effect_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.jurisdiction_id}"


class OptionStance(AppendOnly):
    """What one party says of one version. Its newest on the newest version counts."""

    version = models.ForeignKey(OptionVersion, models.PROTECT, related_name="stances")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    value = models.CharField(_("answer"), max_length=20, choices=StanceValue.choices)
    text_zh = models.TextField(_("why (Chinese)"), blank=True)
    text_en = models.TextField(_("why (English)"), blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("answer to an option")
        verbose_name_plural = _("answers to options")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value=StanceValue.ACCEPTABLE)
                | ~models.Q(text_zh="", text_en=""),
                name="option_stance_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.jurisdiction_id} {self.value}"


class OptionWithdrawal(AppendOnly):
    """That the proposer gave an option up. It stays to be read and is answered no more."""

    option = models.OneToOneField(MatterOption, models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("withdrawal of an option")
        verbose_name_plural = _("withdrawals of options")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.option_id)
