"""Pages of the administration for uploading a table: file, check, confirm, result, template."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.administering import TableAdmin
from stakeholders.files.tables import TableKind, answer_table
from stakeholders.jurisdictions import deliveries, queries
from stakeholders.jurisdictions.deliveries import NO_ID, Table
from stakeholders.jurisdictions.enums import Outcome
from stakeholders.notices.admin import administrator
from stakeholders.terms.errors import Conflict, Invalid

PAGE_SIZE = 100
FOLDER = "admin/import"


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "csv (UTF-8 or GB 18030) or xlsx, first sheet, at most 5,000 rows and 5 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )


class ImportAdmin(TableAdmin):
    """A table of the administration into which a file can be read. Set `table`."""

    table: Table
    change_list_template = f"{FOLDER}/change_list.html"

    def may_import(self, request: HttpRequest) -> bool:
        """Whether the person may add rows at all, even where no row is added by hand."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_urls(self) -> list[URLPattern]:
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("import/", self.import_view, "import"),
            ("import/template.<str:kind>", self.template_view, "import_template"),
            ("import/<uuid:pk>/", self.delivery_view, "import_delivery"),
            ("import/<uuid:pk>/confirm/", self.confirm_view, "import_confirm"),
        ]
        wrap = self.admin_site.admin_view
        return [
            *(path(route, wrap(view), name=self.named(name)) for route, view, name in own),
            *super().get_urls(),
        ]

    def named(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _url(self, name: str, **parts: object) -> str:
        return reverse(f"admin:{self.named(name)}", kwargs=parts)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        url = self._url("import") if self.may_import(request) else ""
        return super().changelist_view(request, {**(extra_context or {}), "import_url": url})

    def _require(self, request: HttpRequest) -> None:
        if not self.may_import(request):
            raise PermissionDenied

    def _page(
        self, request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "list_url": self._url("changelist"),
            "import_url": self._url("import"),
            "table": self.table,
            **context,
        }
        return render(request, f"{FOLDER}/{name}.html", shown, status=status)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def import_view(self, request: HttpRequest) -> HttpResponse:
        return _import(self, request)

    @method_decorator(require_safe)
    def delivery_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        return _delivery(self, request, pk)

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        return _confirm(self, request, pk)

    @method_decorator(require_safe)
    def template_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        return _template(self, request, kind)


def _import(page: ImportAdmin, request: HttpRequest) -> HttpResponse:
    """Upload a table; the check begins and its page opens."""
    page._require(request)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        made = _received(page, request, form)
        if made:
            return redirect(page._url("import_delivery", pk=made))
    context = {
        "form": form,
        "title": _("Read in a table"),
        "columns": _columns(page.table),
        "deliveries": queries.deliveries_of(table=page.table.name)[:20],
        "templates": [(kind.label, page._url("import_template", kind=kind)) for kind in TableKind],
    }
    return page._page(request, "upload", context, status=422 if form.errors else 200)


def _received(page: ImportAdmin, request: HttpRequest, form: UploadForm) -> uuid.UUID | None:
    try:
        made = deliveries.receive(
            actor=administrator(request),
            table=page.table,
            upload=form.cleaned_data["file"],
            url=page._url("import_delivery", pk=NO_ID),
        )
    except Invalid as error:
        for text in error.errors.values():
            form.add_error("file", str(text))
        return None
    return made.pk


def _columns(table: Table) -> list[tuple[str, bool]]:
    return [*((one, True) for one in table.required), *((one, False) for one in table.optional)]


def _delivery(page: ImportAdmin, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What the rows would do or did; while a job is at work, its progress."""
    page._require(request)
    delivery = queries.get_delivery(table=page.table.name, pk=pk)
    outcome = request.GET.get("outcome", "")
    counts = queries.counts_of(delivery)
    rows = Paginator(queries.rows_of(delivery, outcome=outcome), PAGE_SIZE)
    context = {
        "title": delivery.file.name,
        "delivery": delivery,
        "job": delivery.job,
        "outcome": outcome,
        "counts": [(one, counts[one.value]) for one in Outcome],
        "writes": counts["new"] + counts["pending"] + counts["changed"],
        "page_obj": rows.get_page(request.GET.get("page")),
        "confirm_url": page._url("import_confirm", pk=pk),
    }
    return page._page(request, "delivery", context)


def _confirm(page: ImportAdmin, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    page._require(request)
    url = page._url("import_delivery", pk=pk)
    try:
        deliveries.confirm(actor=administrator(request), table=page.table, pk=pk, url=url)
    except Conflict as error:
        page.message_user(request, str(error.text), messages.WARNING)
    return redirect(url)


def _template(page: ImportAdmin, request: HttpRequest, kind: str) -> HttpResponseBase:
    """The headings and an example row, to fill in."""
    page._require(request)
    if kind not in TableKind.values:
        raise PermissionDenied
    table = page.table
    headings: Sequence[str] = [*table.required, *table.optional]
    return answer_table(
        name=table.name.value,
        kind=TableKind(kind),
        sheet=table.name.value,
        headings=headings,
        rows=table.examples,
    )
