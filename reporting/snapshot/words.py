"""Texts of models and enums in both languages, as a snapshot keeps them."""

from typing import Any

from django.utils.translation import gettext

from measures.enums import ContributionRole
from measures.models import Measure, MeasureContribution
from measures.models.catalogue import Bilingual
from partners.enums import OrganisationKind
from partners.models import Organisation
from reporting.frozen.schema import Text
from reporting.renderers.bilingual import in_both_languages


def message(msgid: str, **values: object) -> Text:
    return in_both_languages(lambda: gettext(msgid) % values if values else gettext(msgid))


def name_of(thing: Bilingual | Organisation | Any) -> Text:
    return Text(de=thing.name_de, en=thing.name_en)


def contributors(measure: Measure, *roles: ContributionRole) -> tuple[Text, ...]:
    return tuple(
        _contributor(contribution)
        for contribution in measure.contributions.all()
        if contribution.role in roles
    )


def _contributor(contribution: MeasureContribution) -> Text:
    if contribution.organisation:
        return name_of(contribution.organisation)
    return in_both_languages(lambda: OrganisationKind(contribution.organisation_kind).label)
