"""A form's field for a file that is kept at once, so that no other error loses it.

Use: let the form derive from `StoresFiles`, declare `letter_file = StoredFileField(kinds=LETTERS,
required=False)`, and give the form `request.POST, request.FILES, actor=request.actor` (and
`plan_key=` where it counts in a plan's share, `initial={"letter_file": object.letter_file}` where
the object has one). The cleaned value is a StoredFile or None; the action that receives it sets a
foreign key. Nothing else is needed with or without JavaScript (docs/files.md).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.files import actions
from stakeholders.files.enums import DOCUMENTS, Kind
from stakeholders.files.inspecting import FIELD, expected
from stakeholders.files.models import StoredFile
from stakeholders.terms.actor import PUBLIC, Actor
from stakeholders.terms.errors import Conflict, Invalid, NotVisible, Unavailable


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a browser sent for one field: a new upload, the id of a kept one, or its removal."""

    upload: UploadedFile | None = None
    kept: str = ""
    is_removed: bool = False


class StoredFileInput(forms.FileInput):
    """A file input beside what is kept already: its name, size, state, and a way to remove it."""

    template_name = "stakeholders/files/input.html"
    kinds: Collection[Kind] = DOCUMENTS
    max_size = 0

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Given:
        upload = files.get(name)
        return Given(
            upload=upload if isinstance(upload, UploadedFile) else None,
            kept=str(data.get(f"{name}-kept") or ""),
            is_removed=bool(data.get(f"{name}-remove")),
        )

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in files and f"{name}-kept" not in data

    def format_value(self, value: Any) -> Any:
        return value if isinstance(value, StoredFile) else None

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # what is kept already needs no second choice

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "stored": self.format_value(value),
            "kinds": ",".join(kind.value for kind in Kind if kind in self.kinds),
            "accept": ",".join(
                suffix for kind in Kind if kind in self.kinds for suffix in kind.suffixes
            ),
            "max_size": self.max_size,
        }
        return context


class StoredFileField(forms.Field):
    """A file of one of `kinds`; `max_size` in bytes lowers the limit of the kinds.

    The form gives it the actor, the plan and what its object has (`StoresFiles`).
    """

    widget = StoredFileInput
    default_error_messages = {"required": _("Choose a file.")}

    def __init__(
        self,
        *,
        kinds: Collection[Kind] = DOCUMENTS,
        required: bool = True,
        max_size: int | None = None,
        **options: Any,
    ) -> None:
        self.kinds = frozenset(kinds)
        most = min(settings.FILE_MAX_SIZE, max(kind.max_size for kind in self.kinds))
        self.max_size = min(most, max_size or most)
        options.setdefault(
            "help_text",
            format_lazy(
                _("Taken: {kinds}. At most {size}."),
                kinds=expected(self.kinds),
                size=_Size(self.max_size),
            ),
        )
        super().__init__(required=required, **options)
        self.widget.kinds, self.widget.max_size = self.kinds, self.max_size
        self.actor: Actor = PUBLIC
        self.plan_key = ""
        self.present: StoredFile | None = None
        self.kept: StoredFile | None = None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows again: the file kept while it was checked."""
        return self.kept

    def has_changed(self, initial: Any, data: Any) -> bool:
        former = str(initial.pk) if isinstance(initial, StoredFile) else ""
        return bool(data.upload or data.is_removed or data.kept != former)

    def clean(self, value: Any) -> StoredFile | None:
        """Keep a new upload, or take up the one kept before. ValidationError says what is wrong."""
        given = value if isinstance(value, Given) else Given()
        try:
            self.kept = self._former(given)
            if given.upload is not None:
                self._replace(self._keep(given.upload))
            elif given.is_removed:
                self._replace(None)
        except Invalid as error:
            raise ValidationError([str(text) for text in error.errors.values()]) from error
        except Unavailable as error:
            raise ValidationError(str(error.text), code="unavailable") from error
        if self.kept is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return self.kept

    def _former(self, given: Given) -> StoredFile | None:
        if not given.kept:
            return None
        if self.present is not None and str(self.present.pk) == given.kept:
            return self.present
        try:
            pk = UUID(given.kept)
        except ValueError as error:
            text = _("This upload is no longer there. Choose the file again.")
            raise Invalid({FIELD: text}) from error
        return actions.take_upload(
            actor=self.actor,
            pk=pk,
            kinds=self.kinds,
            max_size=self.max_size,
            plan_key=self.plan_key,
        )

    def _keep(self, upload: UploadedFile) -> StoredFile:
        return actions.upload_file(
            actor=self.actor,
            upload=upload,
            kinds=self.kinds,
            max_size=self.max_size,
            plan_key=self.plan_key,
        )

    def _replace(self, stored: StoredFile | None) -> None:
        """Put `stored` in the place of what was kept, which nobody needs any more."""
        former, self.kept = self.kept, stored
        if former is None or former == self.present:
            return
        try:
            actions.remove_upload(actor=self.actor, pk=former.pk)
        except (NotVisible, Conflict):
            return  # dropped, or attached by another tab, meanwhile


class _Size:
    """A size in the reader's language when shown."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __str__(self) -> str:
        return str(filesizeformat(self.size))

    def __format__(self, spec: str) -> str:
        return str(self)


class StoresFiles(forms.Form):
    """A form with fields for files: it knows whose they are."""

    def __init__(self, *args: Any, actor: Actor, plan_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, StoredFileField):
                field.actor, field.plan_key = actor, plan_key
                present = self.get_initial_for_field(field, name)
                field.present = present if isinstance(present, StoredFile) else None
