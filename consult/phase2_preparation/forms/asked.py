"""Input shapes of the one page of an invited person: several forms, told apart by `do`."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consult.matters.forms import RefusableForm
from consult.phase2_preparation.enums import CommentType, OpinionResult
from consult.phase2_preparation.forms.given import day_field
from consult.phase2_preparation.models import ExpertInvitation
from consult.phase2_preparation.queries.experts import Said, titles_asked

LONG = 20_000


class AskedForm(RefusableForm):
    """One of the forms of the invited person's page: `do` says which; ids are its own."""

    do = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, do: str, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"{do}-%s"
        super().__init__(*args, **kwargs)
        self.fields["do"].initial = do


class RemarkForm(AskedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.ChoiceField(label=_("Provision"), required=False)
    type = forms.ChoiceField(
        label=_("Type"), choices=CommentType.choices, initial=CommentType.TECHNICAL
    )
    text = forms.CharField(label=_("Remark"), widget=forms.Textarea, max_length=LONG)
    wording = forms.CharField(
        label=_("Proposed wording"), widget=forms.Textarea, max_length=LONG, required=False
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["item"].choices = [("", _("On the whole")), *items]


class ResultForm(AskedForm):
    """Result and summary: kept as a draft, or handed in, as the button says."""

    result = forms.ChoiceField(
        label=pgettext_lazy("expert opinion", "Result"),
        choices=[("", _("Not chosen yet")), *OpinionResult.choices],
        help_text=_("A draft may be kept without it; the opinion is handed in with it."),
    )
    summary = forms.CharField(
        label=_("Summary"), widget=forms.Textarea, max_length=LONG, required=False
    )
    hand_in = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and not self.data.get("hand_in"):
            self.fields["result"].required = False  # a draft is kept as far as it is


class FileForm(AskedForm):
    file = forms.FileField(label=_("Add a file"))


class DeclineForm(AskedForm):
    reason = forms.CharField(
        label=_("Why no opinion is given"), widget=forms.Textarea, max_length=2_000
    )


class SuggestForm(AskedForm):
    name = forms.CharField(label=_("Name of the person"), max_length=120)
    field = forms.CharField(label=_("Field of expertise"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail address"))


class AskLongerForm(AskedForm):
    until = day_field(_("Time asked for until"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ExpertAnswerForm(AskedForm):
    disposition = forms.IntegerField(widget=forms.HiddenInput)
    accepts = forms.ChoiceField(
        label=_("Do you accept it?"), choices=[("yes", _("Yes")), ("no", _("No"))]
    )
    text = forms.CharField(label=_("Why"), widget=forms.Textarea, max_length=5_000, required=False)


class KeyForm(AskedForm):
    key = forms.UUIDField(widget=forms.HiddenInput)


class SignForm(AskedForm):
    content = forms.CharField(widget=forms.HiddenInput, max_length=80)


FORMS: Mapping[str, type[AskedForm]] = {
    "remark": RemarkForm,
    "drop_remark": KeyForm,
    "result": ResultForm,
    "file": FileForm,
    "drop_file": KeyForm,
    "decline": DeclineForm,
    "suggest": SuggestForm,
    "longer": AskLongerForm,
    "answer": ExpertAnswerForm,
    "sign": SignForm,
}


def made(do: str, row: ExpertInvitation, *posted: Any, **options: Any) -> AskedForm:
    """The form `do` of the page, bound to what was posted if anything was."""
    if do == "remark":
        options["items"] = items_of(row)
    return FORMS[do](*posted, do=do, **options)


def items_of(row: ExpertInvitation) -> list[tuple[str, str]]:
    """The provisions asked about, for a choice."""
    return list(titles_asked(row).items())


def for_page(
    row: ExpertInvitation, bound: Mapping[str, AskedForm], *, editing: str
) -> dict[str, AskedForm]:
    """The forms the page shows, those posted with what is wrong in them."""
    if row.collective is not None:
        initial = {"content": row.collective.content}
        return {"sign_form": bound.get("sign") or made("sign", row, initial=initial)}
    shown = {
        f"{do}_form": bound.get(do) or made(do, row)
        for do in ("file", "decline", "suggest", "longer")
    }
    draft = getattr(row, "draft", None)
    initial = {"result": draft.result, "summary": draft.summary} if draft else {}
    shown["result_form"] = bound.get("result") or made("result", row, initial=initial)
    shown["remark_form"] = bound.get("remark") or made("remark", row, initial=_begun(row, editing))
    return shown


def _begun(row: ExpertInvitation, editing: str) -> dict[str, object]:
    """The remark to be changed, by its key; nothing for a new one."""
    known = {str(one.key): one for one in row.remarks.select_related("item")}
    one = known.get(editing)
    if one is None:
        return {}
    return {
        "key": one.key,
        "item": one.item.key if one.item else "",
        "type": one.type,
        "text": one.text,
        "wording": one.wording,
    }


def answer_forms(
    said: Iterable[Said], bound: Mapping[str, AskedForm]
) -> list[tuple[Said, AskedForm | None]]:
    """Each remark handed in, with the form to answer its disposition where one is due."""
    found: list[tuple[Said, AskedForm | None]] = []
    posted = bound.get("answer")
    for one in said:
        if one.disposition is None or one.answer is not None:
            found.append((one, None))
            continue
        pk = one.disposition.pk
        mine = posted is not None and str(posted["disposition"].value()) == str(pk)
        fresh = ExpertAnswerForm(do="answer", initial={"disposition": pk}, prefix=None)
        fresh.auto_id = f"answer-{pk}-%s"
        found.append((one, posted if mine else fresh))
    return found
