"""The Alliance of one term as a good practice: who, for whom, with which money, after which source."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

from measures.enums import TOTAL
from measures.models import FundingSource, Phase, TargetGroup
from partners.enums import OrganisationKind
from partners.models import Organisation
from reporting.frozen.contents import Practice
from reporting.frozen.values import Text
from reporting.renderers.bilingual import in_both_languages
from reporting.snapshot import words

_FILE = Path(__file__).with_name("practice.yaml")
_PARTNERS = (
    OrganisationKind.FEDERAL_MINISTRY,
    OrganisationKind.COMMISSIONER,
    OrganisationKind.AGENCY,
    OrganisationKind.EMPLOYER_ORGANISATION,
    OrganisationKind.TRADE_UNION,
)


def practice_of(phase: Phase) -> Practice:
    described = _described().get(phase.code, {})
    alliance = Text(de=phase.alliance_de, en=phase.alliance_en)
    partners = (
        Organisation.objects.filter(kind__in=_PARTNERS, valid_from__lte=phase.ends_on)
        .exclude(valid_until__lt=phase.starts_on)
        .exclude(pk=phase.implementing_body_id)
        .order_by("sort_key")
    )
    order = {kind: position for position, kind in enumerate(_PARTNERS)}
    return Practice(
        title=Text(de=described["title_de"], en=described["title_en"]) if described else alliance,
        original_title=phase.alliance_de,
        starts_on=phase.starts_on,
        ends_on=phase.ends_on,
        partners=(
            *map(words.name_of, sorted(partners, key=lambda each: order[OrganisationKind(each.kind)])),
            in_both_languages(lambda: gettext("The Länder")),
        ),
        target_groups=tuple(
            words.name_of(group)
            for group in TargetGroup.objects.filter(measures__isnull=False).exclude(code=TOTAL).distinct()
        ),
        funding=tuple(map(words.name_of, FundingSource.objects.all())),
        sources=tuple(Text(de=each["de"], en=each["en"]) for each in described.get("sources", ())),
    )


@cache
def _described() -> dict[str, Any]:
    return dict(yaml.safe_load(_FILE.read_text("utf-8")))
