"""What a page writes for each of hundreds of cells: in Python, where a template takes ten times as long."""

import html
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from measures.selectors.recording.cells import EntryCell
from partners.templatetags.portal import absence_label, number, plain_number, signed, signed_percent

register = template.Library()

_NO_NUMBER = '<span class="portal-muted">–</span>'
_SWAP = ' hx-swap-oob="true"'
"""The elements of an answer take the place of those of the same name on the page."""


def escape(text: Any) -> str:
    """As Django does, whose function looks first whether the text is a promise; half of a cell's time."""
    return html.escape(str(text))


@register.simple_tag(takes_context=True)
def entry_cell(context: Context, cell: EntryCell) -> SafeString:
    """A cell of the page with all that is said about it. ``may``: what the person may do; ``submission``."""
    name = escape(cell.name)
    entry = cell.entry
    shown = (
        _field(cell, name)
        if context["may"].get("record")
        else _part(context, "recording/_value.html", value=entry.value, absence=entry.absence)
    )
    comments = _part(context, "recording/_comments.html", cell=cell) if cell.comments else ""
    return SafeString(
        f'<div class="portal-cell" id="cell-{name}">{shown}{_state(context, cell, name)}'
        f"{_note(context, cell, name)}{comments}{_live(context, cell, name)}</div>"
    )


@register.simple_tag(takes_context=True)
def cell_state(context: Context, cell: EntryCell) -> SafeString:
    """What the page showed, and what became of what was typed: for an answer."""
    return _state(context, cell, escape(cell.name), _SWAP)


@register.simple_tag(takes_context=True)
def cell_note(context: Context, cell: EntryCell) -> SafeString:
    """What the checks and the review say: for an answer."""
    return _note(context, cell, escape(cell.name), _SWAP)


@register.simple_tag(takes_context=True)
def cell_live(context: Context, cell: EntryCell) -> SafeString:
    """Last year, the change and what is not broken down: for an answer."""
    return _live(context, cell, escape(cell.name), _SWAP)


def _field(cell: EntryCell, name: str) -> str:
    """The field of a cell, with what describes it to people who do not see the page."""
    mode = "text" if cell.item.indicator.may_be_negative else "numeric"
    invalid = "" if cell.typed is None else ' aria-invalid="true"'
    return (
        f'<input class="portal-num" id="value-{name}" name="value-{name}" value="{escape(cell.text)}"'
        f' inputmode="{mode}" autocomplete="off" maxlength="60" aria-label="{escape(cell.label)}"'
        f' aria-describedby="state-{name} note-{name} before-{name}"{invalid} data-cell="{name}">'
    )


def _state(context: Context, cell: EntryCell, name: str, swap: str = "") -> SafeString:
    outcome, sign, words, unsaved = "", "", "", ""
    if cell.typed is not None:
        outcome = f' data-outcome="open" data-typed="{escape(cell.typed)}"'
        sign, words = "unsaved", escape(gettext("not saved"))
        unsaved = _part(context, "recording/_unsaved_cell.html", cell=cell, name=name)
    elif swap:
        outcome = ' data-outcome="stored"'
        sign, words = "saved", escape(gettext("saved"))
    seen = ""
    if context["may"].get("record"):
        seen = (
            f'<input type="hidden" id="seen-{name}" name="seen-{name}" value="{escape(cell.entry.token)}">'
            f'<span class="portal-cell__sign" data-sign="{sign}">{words}</span>'
        )
    return SafeString(
        f'<div id="state-{name}" class="portal-cell__state"{swap} data-for="{name}"'
        f' data-text="{escape(cell.stored_text)}"{outcome}>{seen}{unsaved}</div>'
    )


def _note(context: Context, cell: EntryCell, name: str, swap: str = "") -> SafeString:
    notes = _part(context, "recording/_notes.html", cell=cell) if cell.has_notes else ""
    return SafeString(f'<div id="note-{name}" class="portal-cell__note"{swap}>{notes}</div>')


def _live(context: Context, cell: EntryCell, name: str, swap: str = "") -> SafeString:
    """Scripts keep the change, and what is not broken down, right while somebody types."""
    parts = _part(context, "recording/_broken_down.html", cell=cell) if cell.occupations else ""
    return SafeString(
        f'<div id="live-{name}" class="portal-live" data-live="{name}"{_live_attributes(cell)}{swap}>'
        f"{_last_year(cell, name)}{parts}</div>"
    )


def _part(context: Context, template_name: str, **shown: Any) -> str:
    """What few cells have, from a template."""
    engine = context.template.engine  # type: ignore[union-attr]  # a tag is rendered in a template
    found = engine.get_template(f"measures/{template_name}")
    with context.push(**shown):
        return found.render(context)


def _live_attributes(cell: EntryCell) -> str:
    """The numbers that scripts reckon with: last year's, the one stored, and the sum of the occupations.

    The sum is there, and empty, where there are occupations and none of them has a value.
    """
    found = {"before": cell.last_year.value, "stored": cell.entry.value}
    shown = {name: plain_number(value) for name, value in found.items() if value is not None}
    if parts := cell.occupations:
        shown["parts"] = plain_number(parts.parts_sum)
    return "".join(f' data-{name}="{number}"' for name, number in shown.items())


def _last_year(cell: EntryCell, name: str) -> str:
    """What was stated last year and, where that is a number, the change since."""
    before = cell.last_year
    if before.value is not None:
        shown = escape(number(before.value))
    else:
        shown = _NO_NUMBER if before.is_empty else escape(absence_label(before.absence))
    line = f'<small id="before-{name}">{shown} ({cell.year_before})</small>'
    return line if before.value is None else f"{line}<small data-change>{escape(_change(cell))}</small>"


def _change(cell: EntryCell) -> str:
    if cell.change.is_empty:
        return ""
    ratio = cell.change_ratio
    change = signed(cell.change.value)
    return change if ratio is None else f"{change} ({signed_percent(ratio)})"
