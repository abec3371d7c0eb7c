"""Form fields that make lists readable in the administration."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse

from partners.violations import broken_rule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    def __init__(self, *args: Any, encoder: Any = None, decoder: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "widget": forms.Textarea(attrs={"rows": 6})})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list is the point
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class PlainListsMixin(admin.ModelAdmin):
    """Lists of other names as lines, lists of choices as boxes to tick."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if isinstance(db_field, models.JSONField):
            return db_field.formfield(form_class=LinesField, **kwargs)
        if isinstance(db_field, ArrayField):
            return forms.MultipleChoiceField(
                choices=list(db_field.base_field.choices or ()),
                label=str(db_field.verbose_name).capitalize(),
                required=not db_field.blank,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class StableCodeMixin(admin.ModelAdmin):
    """A code never changes once it is given: figures and files refer to it."""

    stable_fields: tuple[str, ...] = ("code",)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[Any, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, *self.stable_fields) if obj else fields


class RefusalMixin(admin.ModelAdmin):
    """Show on the form why the database refused it, with everything that was typed kept.

    ``refusals``: the messages of the rules that can be broken from here. Any other is a bug and is raised.
    """

    refusals: ClassVar[Mapping[str, "StrOrPromise"]] = {}

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as error:
            words = self.refusals.get(broken_rule(error))
            if words is None:
                raise
            request.refusal = words  # type: ignore[attr-defined]  # for the form shown again
            return super().changeform_view(request, *args, **kwargs)

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,  # noqa: FBT001, FBT002  # Django's signature
        **kwargs: Any,
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if not hasattr(request, "refusal"):
            return form
        refusal: StrOrPromise = request.refusal

        class RefusedForm(form):  # type: ignore[misc, valid-type]  # the class is made at run time
            def clean(self) -> None:
                super().clean()
                raise ValidationError(refusal)

        return RefusedForm


class ReadOnlyAdmin(admin.ModelAdmin):
    """Read only: what is recorded changes on the portal's own pages, with their checks and their log."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
