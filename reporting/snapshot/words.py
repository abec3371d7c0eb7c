"""Texts of models and enums in both languages, as a snapshot keeps them."""

from typing import Any

from django.utils.translation import gettext

from measures.enums import ContributionRole
from measures.models import Measure, MeasureContribution, SeriesBreak
from measures.models.catalogue import Bilingual
from partners.enums import KINDS_IN_PLURAL, OrganisationKind
from partners.models import Organisation
from reporting.frozen.contents import SeriesBreakData
from reporting.frozen.schema import Text
from reporting.renderers.bilingual import in_both_languages


def message(msgid: str, **values: object) -> Text:
    return in_both_languages(lambda: gettext(msgid) % values if values else gettext(msgid))


def name_of(thing: Bilingual | Organisation | Any) -> Text:
    return Text(de=thing.name_de, en=thing.name_en)


def break_in_series(each: SeriesBreak) -> SeriesBreakData:
    reason = Text(de=each.reason_de, en=each.reason_en)
    return SeriesBreakData(indicator=each.indicator.code, year=each.year, reason=reason)


def contributors(measure: Measure, *roles: ContributionRole) -> tuple[Text, ...]:
    return tuple(
        _contributor(contribution)
        for contribution in measure.contributions.all()
        if contribution.role in roles
    )


def _contributor(contribution: MeasureContribution) -> Text:
    """A measure may name a kind of organisations instead of one of them: then all of that kind contribute."""
    if contribution.organisation:
        return name_of(contribution.organisation)
    kind = OrganisationKind(contribution.organisation_kind)
    return in_both_languages(lambda: str(KINDS_IN_PLURAL[kind]))
