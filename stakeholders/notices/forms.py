"""How a person wants its mail, and what of its inbox it looks at."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.notices.checks import Choice
from stakeholders.notices.enums import Rhythm
from stakeholders.notices.queries import Chosen, Counts, MailChoice
from stakeholders.notices.topics import TOPICS

ZONES = [  # offered; every other name of the IANA list is taken too
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "UTC",
]
BOTH = "both"
MOST = 1_000  # notices marked at once


class MailForm(forms.Form):
    """How mail reaches me: the words of a `Choice`."""

    rhythm = forms.ChoiceField(
        label=_("Mail copies of notices"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    hour = forms.TypedChoiceField(
        label=_("Hour of the digest"),
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        coerce=int,
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the weekly digest"), choices=list(WEEKDAYS.items()), coerce=int
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        help_text=_("Mail waits until the quiet hours are over; they may run over midnight."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language of mail"),
        choices=[*settings.LANGUAGES, (BOTH, pgettext_lazy("mail", "Both languages"))],
        widget=forms.RadioSelect,
    )
    muted = forms.MultipleChoiceField(
        label=_("Muted topics"),
        required=False,
        choices=[(topic.key, topic.label) for topic in TOPICS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].help_text = _(
            "Hours are those of this zone. Empty: that of the site, %(zone)s."
        ) % {"zone": settings.TIME_ZONE}

    def choice(self) -> Choice:
        """What was said, of a valid form."""
        said = dict(self.cleaned_data)
        said["language"] = "" if said["language"] == BOTH else said["language"]
        return Choice(**said)


def first_values(standing: MailChoice) -> dict[str, object]:
    """What the form shows of how things stand."""
    preference = standing.preference
    return {
        "rhythm": preference.rhythm,
        "hour": preference.hour,
        "weekday": preference.weekday,
        "quiet_from": preference.quiet_from,
        "quiet_until": preference.quiet_until,
        "zone": standing.zone,
        "language": standing.language or BOTH,
        "muted": sorted(preference.muted),
    }


class InboxFilter(forms.Form):
    """The filter above the inbox; it lives in the address of the page. Spoilt, it filters not."""

    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=[("", _("All topics")), *((topic.key, topic.label) for topic in TOPICS)],
        required=False,
    )
    plan = forms.CharField(label=_("Plan"), required=False, max_length=60)
    unread = forms.BooleanField(label=_("Unread only"), required=False)

    def chosen(self) -> Chosen:
        self.is_valid()
        said = self.cleaned_data
        return Chosen(
            topic=said.get("topic", ""), plan=said.get("plan", ""), unread=said.get("unread", False)
        )

    def offer(self, found: Counts, titles: Mapping[str, str]) -> None:
        """Offer only what is there, with how much of it; what is chosen stays.

        `titles`: key of a plan -> how it is called.
        """
        chosen = self.chosen()
        topics = [
            (topic.key, f"{topic.label} ({found.by_topic[topic.key]})")
            for topic in TOPICS
            if found.by_topic[topic.key] or topic.key == chosen.topic
        ]
        plans = [
            (key, f"{titles.get(key, key)} ({number})")
            for key, number in sorted(found.by_plan.items())
            if key
        ]
        if chosen.plan and chosen.plan not in found.by_plan:
            plans.append((chosen.plan, f"{chosen.plan} (0)"))
        topic, plan = self.fields["topic"], self.fields["plan"]
        topic.widget = forms.Select(choices=[("", _("All topics")), *topics])
        plan.widget = forms.Select(choices=[("", _("All plans")), *plans])


class SelectionForm(forms.Form):
    """Which notices are marked, and as what."""

    to = forms.ChoiceField(
        choices=[
            ("read", pgettext_lazy("notice", "read")),
            ("unread", pgettext_lazy("notice", "unread")),
        ]
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        words = self.data.getlist("notice")[:MOST]
        said["notices"] = {int(word) for word in words if word.isdecimal() and len(word) < 19}
        if not said["notices"]:
            raise forms.ValidationError(_("Choose at least one notice."))
        return said
