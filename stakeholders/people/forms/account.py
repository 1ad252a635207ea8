from typing import Any

from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from stakeholders.people.models import User


class AcceptForm(forms.Form):
    """Taking over an account: a first password, or nothing for who is signed in."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, is_signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if is_signed_in:
            self.fields.clear()
        else:
            self.fields["password1"].help_text = lazystr(password_validators_help_text_html())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password1") and data.get("password2", data["password1"]) != data["password1"]:
            self.add_error("password2", _("The two passwords differ."))
        return data


class NewAddressForm(AddEmailForm):
    """Another address to sign in with, once the present one is confirmed.

    An address that never was is taken for the new one by the library, and would be removed.
    """

    def clean_email(self) -> str:
        user = self.user
        if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
            raise forms.ValidationError(_("Confirm your present address first."))
        return str(super().clean_email())


class ResetForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address of the person"))
    reason = forms.CharField(
        label=_("reason"),
        max_length=300,
        help_text=_("How you know that it is this person who asks, and what was lost."),
    )
