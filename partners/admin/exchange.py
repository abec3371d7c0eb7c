"""What all lists that go out to a spreadsheet and come back in have in common."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm
from import_export.instance_loaders import CachedInstanceLoader

from partners.admin.list_files import ListImportForm
from partners.enums import TransferProblem
from partners.exceptions import TooManyTransfersError
from partners.models import ListTransfer, User
from partners.services.list_transfers.differences import ListDiff
from partners.services.list_transfers.requests import (
    Asked,
    belongs_in_the_queue,
    request_export,
    request_import,
)
from partners.services.list_transfers.work import FORMATS
from partners.sign_in.events import sender_of
from partners.tasks import transfer_list_after_commit
from partners.violations import broken_rule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SEPARATOR = " | "


class RowDiff(ListDiff):
    """What a row changes, marked up without the inline styles our content security policy refuses."""

    def as_html(self) -> list[SafeString]:
        return [format_html_join("", "<{0}>{1}</{0}>", cell) for cell in self.pieces()]


class DayWidget(widgets.DateWidget):
    """Days as 2014-12-01, and as 01.12.2014, the way German spreadsheets write them."""

    def __init__(self) -> None:
        super().__init__()
        self.formats = ("%Y-%m-%d", "%d.%m.%Y")

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return super().clean(value.date() if isinstance(value, dt.datetime) else value, row, **kwargs)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        """An open end is an empty cell; Excel's format would write the word None."""
        return super().render(value, obj, **kwargs) if value else ""


class RegionWidget(widgets.CachedForeignKeyWidget):
    """A region by its key; a spreadsheet that made 5 of 05 is understood."""

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        text = str(value or "").strip()
        return super().clean(text.zfill(2) if text.isdigit() else text, row, **kwargs)


class NamesField(fields.Field):
    """The other names of a record, in one cell."""

    def get_value(self, instance: Any) -> list[str]:
        return sorted(alias.name for alias in instance.aliases.all()) if instance.pk else []


class NamesWidget(widgets.Widget):
    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> list[str]:
        return sorted({name.strip() for name in str(value or "").split("|") if name.strip()})

    def render(self, value: Iterable[str] | None, obj: Any = None, **kwargs: Any) -> str:
        return SEPARATOR.join(value or ())


class ListResource(resources.ModelResource):
    """Records of a list. A column that is missing in the file leaves its field as it is."""

    refusals: ClassVar[Mapping[str, "StrOrPromise"]] = {}

    @classmethod
    def get_diff_class(cls) -> type[RowDiff]:
        return RowDiff

    def get_queryset(self) -> models.QuerySet[Any]:
        return self.with_related(super().get_queryset())

    def filter_export(self, queryset: Iterable[Any], **kwargs: Any) -> Iterable[Any]:
        """A worker hands over records, which have what they need; a page hands over its query."""
        return self.with_related(queryset) if isinstance(queryset, models.QuerySet) else queryset

    def with_related(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """What the columns show of other tables, in as many queries for a long list as for a short one."""
        return queryset

    def save_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        try:
            with transaction.atomic():
                super().save_instance(instance, *args, **kwargs)
        except IntegrityError as error:
            words = self.refusals.get(broken_rule(error))
            if words is None:
                raise
            raise ValidationError(words) from error

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """An empty cell is None in Excel's format and an empty text in CSV: one of them will do."""
        for name, value in row.items():
            if value is None:
                row[name] = ""

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """No sequence is set anew: keys never come from a file, and the portal's account may not do so."""

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True


class CodedResource(ListResource):
    """Records known by their code, with their other names."""

    aliases = NamesField(column_name="aliases", widget=NamesWidget())
    alias_model: type[models.Model]
    owner: str

    def with_related(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return super().with_related(queryset).prefetch_related("aliases")

    def skip_row(
        self, instance: Any, original: Any, row: dict[str, Any], import_validation_errors: Any = None
    ) -> bool:
        if not super().skip_row(instance, original, row, import_validation_errors):
            return False
        return "aliases" not in row or self._names(row) == self.fields["aliases"].get_value(original)

    def after_save_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        if "aliases" not in row:
            return
        wanted = self._names(row)
        manager = self.alias_model._default_manager  # noqa: SLF001  # the documented way to a model's manager
        known = manager.filter(**{self.owner: instance})
        known.exclude(name__in=wanted).delete()
        missing = set(wanted) - set(known.values_list("name", flat=True))
        manager.bulk_create(self.alias_model(**{self.owner: instance}, name=name) for name in sorted(missing))
        instance.refresh_from_db(fields=["aliases"])

    def _names(self, row: dict[str, Any]) -> list[str]:
        names: list[str] = self.fields["aliases"].widget.clean(row["aliases"])
        return names

    class Meta(ListResource.Meta):
        import_id_fields = ["code"]
        instance_loader_class = CachedInstanceLoader


class ExchangeMixin(ImportExportMixin):
    """Excel and CSV, in with a preview and out; a long list goes through the queue."""

    formats = list(FORMATS.values())
    import_form_class = ListImportForm
    export_form_class = ExportForm
    import_error_display = ("message", "row")

    def create_import_form(self, request: HttpRequest) -> Any:
        """One for each request: its file is scanned once, and it is known who sent it."""
        kept = vars(request)
        if "import_form" not in kept:
            kept["import_form"] = form = super().create_import_form(request)
            form.sender, form.person_id = sender_of(request), request.user.pk
        return kept["import_form"]

    def get_export_queryset(self, request: HttpRequest) -> Any:
        """An address that asks for a field there is none of is a bad request, as in the list itself."""
        try:
            return super().get_export_queryset(request)
        except IncorrectLookupParameters as error:
            raise BadRequest(str(error)) from error

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Between preview and confirmation the file lies in the cache, which may lose it."""
        form = self.create_confirm_form(request)
        if form.is_valid():
            file = self.get_tmp_storage_class()(name=form.cleaned_data["import_file_name"])
            if file.read() is None:
                messages.error(request, _("The file is no longer there. Please upload it again."))
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")
        response: HttpResponse = super().process_import(request, **kwargs)
        return response

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and self.has_import_permission(request):
            form = self.create_import_form(request)
            if form.is_valid() and belongs_in_the_queue(form.row_count):
                file_format = list(FORMATS)[int(form.cleaned_data["format"])]
                upload = form.cleaned_data["import_file"]
                return self._through_the_queue(
                    request,
                    lambda person: request_import(
                        person=person,
                        asked=Asked(self.opts.label_lower, file_format, upload.name or ""),
                        upload=upload,
                    ),
                )
        response: HttpResponse = super().import_action(request, **kwargs)
        return response

    def _do_file_export(
        self, file_format: Any, request: HttpRequest, queryset: Any, export_form: Any = None
    ) -> HttpResponse:
        row_count = queryset.count()
        if row_count > settings.LIST_MOST_ROWS:
            raise ValueError(str(TransferProblem.TOO_MANY.label))  # shown by the page of the export
        if belongs_in_the_queue(row_count):
            return self._through_the_queue(
                request,
                lambda person: request_export(
                    person=person,
                    asked=Asked(
                        self.opts.label_lower,
                        file_format.get_extension(),
                        self.get_export_filename(request, queryset, file_format),
                    ),
                    keys=list(queryset.values_list("pk", flat=True)),
                    sender=sender_of(request),
                ),
            )
        response: HttpResponse = super()._do_file_export(file_format, request, queryset, export_form)
        return response

    def _through_the_queue(
        self, request: HttpRequest, ask: Callable[[User], ListTransfer]
    ) -> HttpResponseRedirect:
        """Leave it to a worker, and go to the page that shows how far it is."""
        assert isinstance(request.user, User)  # noqa: S101  # for the types: nobody else comes in here
        try:
            with transaction.atomic():
                transfer = ask(request.user)
                transfer_list_after_commit()
        except TooManyTransfersError as error:
            messages.error(request, str(error))
            return redirect("partners:list_transfers")
        return redirect("partners:list_transfer", transfer.pk)
