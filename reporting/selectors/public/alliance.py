"""The Alliance as its agreement has it: objectives, measures and partners of the catalogue; no figure."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from measures.models import Measure, Objective, Phase
from partners.enums import OrganisationKind
from partners.models import Organisation
from reporting.frozen.schema import Text
from reporting.selectors.public.texts import in_language_of_page


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerGroup:
    """The names of the partners of one kind."""

    kind: OrganisationKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllianceProfile:
    phase: Phase | None
    objectives: tuple[Objective, ...]
    measures: tuple[Measure, ...]
    partners: tuple[PartnerGroup, ...]


def alliance_profile() -> AllianceProfile:
    """Five queries, whatever there is."""
    measures = Prefetch("measures", queryset=Measure.objects.order_by("code"))
    today = timezone.localdate()
    partners = list(
        Organisation.objects.filter(is_partner=True, valid_from__lte=today)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        .order_by("sort_key")
    )
    return AllianceProfile(
        phase=Phase.objects.select_related("implementing_body").order_by("-starts_on").first(),
        objectives=tuple(Objective.objects.prefetch_related(measures)),
        measures=tuple(Measure.objects.order_by("code")),
        partners=tuple(
            PartnerGroup(kind=kind, names=names)
            for kind in OrganisationKind
            if (
                names := tuple(
                    in_language_of_page(Text(de=each.name_de, en=each.name_en))
                    for each in partners
                    if each.kind == kind
                )
            )
        ),
    )
