"""What every page shows in the same way: numbers, absences, states, form fields, the navigation."""

import html
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, widgets
from django.template import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.permissions import NAVIGATION
from partners.sign_in import kept_forms
from partners.templatetags.digits import digits

register = template.Library()

MINUS = "\u2212"
NARROW_SPACE = "\u202f"

ABSENCE_LABELS: Mapping[str, Any] = MappingProxyType(
    {
        "unknown": _("unknown"),
        "confidential": _("confidential"),
        "not_applicable": _("not applicable"),
        "pending": _("to be supplied"),
        "not_reported": _("not reported"),
        "incomplete": _("incomplete"),
        "not_summed": _("not added up"),
    }
)

TONES: Mapping[str, str] = MappingProxyType(
    {
        "ready": "warning",
        "scheduled": "info",
        "released": "success",
        "withdrawn": "danger",
        "done": "success",
        "failed": "danger",
        "error": "danger",
        "query": "warning",
        "note": "info",
        "info": "info",
        "success": "success",
        "warning": "warning",
    }
)


def _decimal(value: Any) -> Decimal | None:
    """Read a finite number, or nothing: an empty figure must stay empty on the page."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _written(number: Decimal, places: int | None) -> str:
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    written = digits(abs(number), places)
    return f"{MINUS}{written}" if number < 0 else written


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """Write 18118 as 18.118 in German, 18,118 in English; ``places`` rounds half up to so many decimals."""
    as_decimal = _decimal(value)
    return "" if as_decimal is None else _written(as_decimal, places)


@register.filter
def money(value: Any) -> str:
    """Euros as the language writes them; cents only where there are some."""
    amount = _decimal(value)
    if amount is None:
        return ""
    written = _written(amount, None if amount == amount.to_integral_value() else 2)
    return f"€{written}" if get_language() == "en" else f"{written}\u00a0€"


@register.filter
def signed(value: Any, places: int | None = None) -> str:
    """Like ``number``, with a plus before what is above zero: for changes."""
    as_decimal = _decimal(value)
    if as_decimal is None:
        return ""
    return f"+{_written(as_decimal, places)}" if as_decimal > 0 else _written(as_decimal, places)


@register.filter
def percent(ratio: Any, places: int = 0) -> str:
    """Write a ratio as a percentage: 0.9059 is 91 %; with ``places`` 90,6 %."""
    as_decimal = _decimal(ratio)
    if as_decimal is None:
        return ""
    space = "" if (get_language() or "").startswith("en") else NARROW_SPACE
    return f"{_written(as_decimal * 100, places)}{space}%"


@register.filter
def signed_percent(ratio: Any, places: int = 0) -> str:
    """Like ``percent``, with a plus before what is above zero: for changes."""
    written = percent(ratio, places)
    as_decimal = _decimal(ratio)
    return f"+{written}" if as_decimal is not None and as_decimal > 0 else written


@register.filter
def plain_number(value: Any) -> str:
    """Write a number as HTML attributes want it, whatever the language: 0.9059."""
    as_decimal = _decimal(value)
    return "" if as_decimal is None else f"{as_decimal.normalize():f}"


@register.filter
def absence_label(code: str | None) -> Any:
    """Name the reason why there is no number; without a code nothing was reported."""
    return ABSENCE_LABELS[code or "not_reported"]


@register.filter
def tone(code: str) -> str:
    """Give a state or severity its colour family: info, success, warning, danger or neutral."""
    return TONES.get(str(code), "neutral")


@register.filter
def message_tone(level_tag: str) -> str:
    """Django's message levels in KERN's words."""
    return "danger" if level_tag == "error" else TONES.get(level_tag, "info")


@register.filter
def field_kind(field: BoundField) -> str:
    """Which KERN markup a form field needs."""
    widget = field.field.widget
    kinds: tuple[tuple[type[widgets.Widget], str], ...] = (
        (widgets.CheckboxSelectMultiple, "checkboxes"),  # a kind of RadioSelect to Django
        (widgets.RadioSelect, "radio"),
        (widgets.CheckboxInput, "checkbox"),
        (widgets.SelectMultiple, "list"),
        (widgets.Select, "select"),
    )
    return next((kind for cls, kind in kinds if isinstance(widget, cls)), "input")


KERN_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "radio": "kern-form-check__radio",
        "checkboxes": "kern-form-check__checkbox",
        "checkbox": "kern-form-check__checkbox",
        "select": "kern-form-input__select",
        "list": "portal-list-input",
        "input": "kern-form-input__input",
    }
)


@register.filter
def kern_widget(field: BoundField) -> SafeString:
    """Render the field's own widget with KERN's classes; a placeholder never stands in for the label."""
    base = KERN_CLASSES[field_kind(field)]
    classes = [base, str(field.field.widget.attrs.get("class", ""))]
    if field.errors:
        classes.append(f"{base}--error")
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes)), "placeholder": False}
    if is_first_error(field):
        attrs["autofocus"] = True
    return field.as_widget(attrs=attrs)


@register.simple_tag
def options(groups: Iterable[tuple[str | None, Iterable[Mapping[str, Any]], int]]) -> SafeString:
    """The options of a select, as a widget groups them. Written here, since filters have 200 of them."""
    return SafeString("".join([_group_of_options(name, members) for name, members, _index in groups]))


def _group_of_options(name: str | None, members: Iterable[Mapping[str, Any]]) -> str:
    written = "".join([_option(each["value"], each["label"], each["attrs"]) for each in members])
    return f'<optgroup label="{html.escape(str(name))}">{written}</optgroup>' if name else written


def _option(value: Any, label: Any, attrs: Mapping[str, Any]) -> str:
    given = "".join(
        f" {name}" if each is True else f' {name}="{html.escape(str(each))}"'
        for name, each in attrs.items()
        if each is not False
    )
    return f'<option value="{html.escape(str(value))}"{given}>{html.escape(str(label))}</option>'


@register.filter
def is_first_error(field: BoundField) -> bool:
    """Whether this is the first field of a sent form with an error: a reader goes on there."""
    errors = field.form.errors
    return next((name for name in field.form.fields if name in errors), None) == field.name


@register.simple_tag(takes_context=True)
def current_page(context: Context, address: str) -> SafeString | str:
    """Mark the navigation entry whose pages the reader is on."""
    path = context["request"].path if "request" in context else ""
    is_here = path == address if address == "/" else path.startswith(address)
    return format_html(' aria-current="{}"', "page") if is_here else ""


@register.simple_tag(takes_context=True)
def nav_list(context: Context) -> SafeString:
    """The entries of the navigation. A page shows them twice, for wide screens and folded for narrow ones."""
    keys = tuple(item.key for item in context["access"].nav)
    addresses = tuple(_nav_address(key, get_script_prefix()) for key in keys)
    marks = tuple(current_page(context, address) for address in addresses)
    return _nav_list(keys, addresses, marks, get_language())


@cache
def _nav_address(key: str, _prefix: str) -> str:
    return reverse(NAVIGATION[key].url_name)


@lru_cache(maxsize=200)
def _nav_list(
    keys: tuple[str, ...], addresses: tuple[str, ...], marks: tuple[str, ...], _language: str | None
) -> SafeString:
    """``marks``: what marks each entry as the present one. Kept, as all pages share a few such lists."""
    entries = zip(addresses, marks, (NAVIGATION[key].label for key in keys), strict=True)
    return format_html(
        '<ul class="portal-nav__list">{}</ul>',
        format_html_join("", '<li><a href="{}"{}>{}</a></li>', entries),
    )


@register.simple_tag
def constant(template_name: str) -> SafeString:
    """A part of a page that is made of nothing but its language; each process makes it once in each."""
    made = _constant.__wrapped__ if settings.DEBUG else _constant
    return made(template_name, get_language(), get_script_prefix())


@cache
def _constant(template_name: str, _language: str | None, _prefix: str) -> SafeString:
    return render_to_string(template_name)


@register.filter
def page_numbers(page: Page[Any]) -> Iterable[int | None]:
    """Page numbers round the present one; ``None`` where some are left out."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [item if isinstance(item, int) else None for item in elided]


@register.simple_block_tag
def table_region(content: str, label: str) -> SafeString:
    """Let a wide table scroll on its own, which the keyboard can do, too.

    A group, not a region: on a page of many tables, its landmarks could no longer be found.
    """
    return format_html(
        '<div class="portal-table-region" role="group" aria-label="{}" tabindex="0">{}</div>',
        label,
        SafeString(content),
    )


@register.inclusion_tag("components/kept_form.html")
def kept_form(request: Any, form: BaseForm | None = None, path: str = "", page: str = "") -> dict[str, Any]:
    """What a form begins with whose contents outlive the session.

    ``path``: where it is sent to, and ``page``: where it stands, if that is not where the request leads.
    """
    mark = kept_forms.mark_for(request, path or request.path, page)
    return {
        "mark": mark,
        "is_kept": getattr(form, "is_kept", False),
        "is_carried": getattr(form, "is_carried", False),
        "page": page or page_of(request),
    }


@register.simple_tag
def page_of(request: Any) -> str:
    """The address that shows the page of this request again."""
    return kept_forms.page_of(request)
