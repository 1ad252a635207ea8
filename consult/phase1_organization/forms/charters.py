"""Input of a charter's clauses; its rules and weights have forms of their own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.content import CharterContent, Clause, Rung
from consult.phase1_organization.enums import (
    Competence,
    LadderLevel,
    LeaverInBallots,
    Override,
    RenewingHeading,
    SilenceInRound,
    TwoPersonAct,
)
from consult.phase1_organization.soundness import MOST_CLAUSES

NEW_CLAUSES = 3
# Clauses whose field is named as they are.
PLAIN = (
    "silence_in_round",
    "round_days",
    "urgent_round_days",
    "two_person",
    "override",
    "partial_adoption",
    "competence",
    "ad_referendum_days",
    "reopening_days",
    "renewing_headings",
    "renew_reserved",
    "withdrawal_days",
    "leaver_in_open_ballots",
)
# What a charter from before a clause meant without saying it.
BEFORE = {
    "competence": Competence.COUNTS.value,
    "renewing_headings": (),
    "renew_reserved": False,
    "leaver_in_open_ballots": LeaverInBallots.COUNTS.value,
}


def _days(label: object, *, required: bool = True, help_text: object = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        min_value=1,
        required=required,
        help_text=help_text,  # type: ignore[arg-type]
    )


def _seat(label: object) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False)  # type: ignore[arg-type]


class CharterForm(forms.Form):
    """The clauses with values of a charter, and what changed since the last one."""

    note = forms.CharField(
        label=_("What changed since the last charter"), max_length=300, required=False
    )
    silence_in_round = forms.ChoiceField(
        label=_("No reply in a comment round"), choices=SilenceInRound.choices
    )
    round_days = _days(_("Length of a round, in working days"))
    urgent_round_days = _days(_("Length of an urgent round, in working days"))
    confirmation_days = _days(_("Time to confirm an act entered for a party, in working days"))
    competence = forms.ChoiceField(
        label=_("A party below the competence of an item"),
        choices=Competence.choices,
        widget=forms.RadioSelect,
    )
    ad_referendum_days = _days(
        _("Position ad referendum: working days to confirm it"),
        required=False,
        help_text=_("Empty: nobody may speak ad referendum."),
    )
    reopening_days = _days(
        _("A party may ask to reopen the sign-off within, in working days"),
        required=False,
        help_text=_("Counted from its opening. Empty: not allowed."),
    )
    renewing_headings = forms.MultipleChoiceField(
        label=_("A change of these makes every party confirm anew"),
        choices=RenewingHeading.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    renew_reserved = forms.BooleanField(
        label=_("Agreement with a reservation is confirmed anew like any other"), required=False
    )
    withdrawal_days = _days(
        _("Written notice of a party that leaves, in days"),
        required=False,
        help_text=_("Empty: a party leaves at once."),
    )
    leaver_in_open_ballots = forms.ChoiceField(
        label=_("A leaving party in open ballots"),
        choices=LeaverInBallots.choices,
        widget=forms.RadioSelect,
    )
    ladder_working = _days(_("Working level, in working days"), required=False)
    seat_zh_working = _seat(_("Working level: who sits there (Chinese)"))
    seat_en_working = _seat(_("Working level: who sits there (English)"))
    ladder_department = _days(_("Department level, in working days"), required=False)
    seat_zh_department = _seat(_("Department level: who sits there (Chinese)"))
    seat_en_department = _seat(_("Department level: who sits there (English)"))
    ladder_government = _days(_("Government level, in working days"), required=False)
    seat_zh_government = _seat(_("Government level: who sits there (Chinese)"))
    seat_en_government = _seat(_("Government level: who sits there (English)"))
    two_person = forms.MultipleChoiceField(
        label=_("Acts that need two persons"),
        choices=TwoPersonAct.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    override = forms.ChoiceField(
        label=_("Override"),
        help_text=_("Done by a coordinator of the joint office and one signatory together."),
        choices=Override.choices,
    )
    partial_adoption = forms.BooleanField(
        label=_("Agreed items may be adopted first"), required=False
    )

    GROUPS = (
        (_("What counts"), ["competence", "renewing_headings", "renew_reserved"]),
        (
            _("Silence and lengths of comment rounds"),
            ["silence_in_round", "round_days", "urgent_round_days"],
        ),
        (
            _("Speaking for a party"),
            ["confirmation_days", "ad_referendum_days", "reopening_days"],
        ),
        (
            _("Escalation ladder"),
            [f"{a}_{n}" for n in LadderLevel.values for a in ("ladder", "seat_zh", "seat_en")],
        ),
        (_("Safeguards"), ["two_person", "override", "partial_adoption"]),
        (_("Leaving the plan"), ["withdrawal_days", "leaver_in_open_ballots"]),
    )

    @classmethod
    def start(cls, content: CharterContent) -> dict[str, object]:
        """The initial values that show `content`."""
        values: dict[str, object] = {
            key: BEFORE.get(key) if getattr(content, key) is None else getattr(content, key)
            for key in PLAIN
        }
        values["confirmation_days"] = content.days_to_confirm
        values["ad_referendum_days"] = content.days_ad_referendum
        for level in LadderLevel.values:
            values[f"ladder_{level}"] = content.days_at(level)
        for rung in content.ladder:
            values[f"seat_zh_{rung.level}"] = rung.seat_zh
            values[f"seat_en_{rung.level}"] = rung.seat_en
        return values

    def groups(self) -> list[tuple[object, list[forms.BoundField]]]:
        """The fields in their groups, for fieldsets."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def values(self) -> dict[str, object]:
        """The clauses with values, by the names of `CharterContent`."""
        data = self.cleaned_data
        values = {name: data[name] for name in (*PLAIN, "confirmation_days")}
        for name in ("two_person", "renewing_headings"):
            values[name] = tuple(sorted(data[name]))
        values["ladder"] = tuple(
            Rung(
                level=level,
                working_days=data[f"ladder_{level}"],
                seat_zh=data[f"seat_zh_{level}"].strip(),
                seat_en=data[f"seat_en_{level}"].strip(),
            )
            for level in LadderLevel.values
            if data[f"ladder_{level}"]
        )
        return values


class ClauseForm(forms.Form):
    key = forms.CharField(label=_("Number"), max_length=12, required=False)
    zh = forms.CharField(
        label=_("Text in Chinese"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    en = forms.CharField(
        label=_("Text in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    value = forms.CharField(label=_("Value"), max_length=300, required=False)


class ClauseFormSet(forms.BaseFormSet):
    """Clauses in free words. An emptied row is left out; three empty rows wait at the end."""

    def clauses(self) -> list[Clause]:
        rows = [form.cleaned_data for form in self.forms]
        return [Clause(**row) for row in rows if any(row.values())]


ClauseForms = forms.formset_factory(
    ClauseForm, formset=ClauseFormSet, extra=NEW_CLAUSES, max_num=MOST_CLAUSES, absolute_max=100
)
