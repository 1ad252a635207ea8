from django import forms

from stakeholders.people.models import User


class PersonForm(forms.ModelForm):
    """The administrators' form of a new person; saving it calls the action."""

    class Meta:
        model = User
        fields = ("email", "name_zh", "name_en")
