"""The messages for people who break a rule of the database."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from measures.exceptions import (
    RoundClosedError,
    SecondPersonError,
    SeparateDutiesError,
    StepNotPossibleError,
)
from measures.figure_rules import FIGURE_RULES
from measures.rules.target_groups import KNOWN as TARGET_GROUPS_KNOWN
from partners.violations import broken_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

MESSAGES: "Mapping[str, StrOrPromise]" = MappingProxyType(
    {
        **{rule.name: rule.message for rule in FIGURE_RULES},
        "figure_unique_key": _("There is already a value for this cell."),
        "figure_key_never_changes": _(
            "A value stays in its cell; clear it there and enter it where it belongs."
        ),
        "figure_entry_names_its_person": _("What a person entered names the person."),
        "figure_value_or_absence": _("A figure has either a value or a reason for having none."),
        "figure_absence_known": _("This is not a known reason for a missing value."),
        "figure_quality_known": _("This is not a known quality of a value."),
        "figure_origin_known": _("This is not a known way for a value to come in."),
        "figure_below_half_unit_is_zero": _("“Less than half a unit” goes with the value 0."),
        "figure_import_names_its_cell": _("An imported value names its file and cell."),
        TARGET_GROUPS_KNOWN: _("These are not target groups of the list."),
        "indicator_by_target_group_names_them": _(
            "An indicator that is broken down by target group names the groups it is asked by."
        ),
        "item_levels_of_its_figures": _(
            "The level of regions and occupations cannot change while values of the old level are stored."
        ),
        "item_owners_are_an_antichain": _(
            "An organisation and one above or below it cannot both be asked for the same indicator."
        ),
        "item_with_figures_stays": _("Figures were recorded here, so it stays in the round."),
        "figure_recorded_in_window": RoundClosedError.message,
        "round_change_is_logged": _("A change of a round has to be in its log."),
        "approved_figure_is_the_figure": _("What was approved changes by an approval only."),
        "figure_use_names_a_version": _("A report rests on versions of figures that are there."),
        "status_takes_known_steps": _("No step of the review leads from the one status to the other."),
        "status_is_the_last_step": _("A change of status has to be in the log of the submission."),
        "event_is_a_step_from_where_it_was": _(
            "A step in the log has to be one of the review's and to start where the step before ended."
        ),
        "decided_by_somebody_else": SeparateDutiesError.message,
        "step_suits_what_happened": StepNotPossibleError.message,
        "batch_is_for_its_people": SecondPersonError.message,
        "batch_holds_what_was_proposed": _("What was proposed for several submissions stays as it was."),
        "mark_belongs_to_what_was_sent_back": _(
            "Only cells of the submission can be marked, when it is sent back."
        ),
        "never_truncated": _("This table keeps its history and is never emptied."),
    }
)


def message_for(error: IntegrityError) -> "StrOrPromise":
    return MESSAGES.get(broken_rule(error), _("The database refused this change; nothing was stored."))
