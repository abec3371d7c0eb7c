"""The names that stand for codes of the catalogue, and every key by which each of them is found."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from measures.importing.text import synonyms
from measures.importing.text.folding import tidy
from measures.importing.text.terms.concepts import concepts_of
from measures.importing.text.terms.indicator_names import INDICATOR_SYNONYMS
from measures.importing.text.terms.keys import keys_of
from measures.importing.text.terms.places import PART_SYNONYMS, REGION_FORMS, REGION_SYNONYMS
from measures.importing.text.terms.statements import DAY_IN_NAME
from measures.importing.vocabulary import COUNTRY, TOTAL, UNASSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from measures.importing.text.terms.concepts import Concepts
    from measures.importing.vocabulary import (
        IndicatorTerm,
        OccupationTerm,
        OrganisationTerm,
        Term,
        Vocabulary,
    )


class KnownNames:
    """By kind: the codes of each key, the code of each name. Readings share them, and none changes them."""

    def __init__(
        self,
        organisations: tuple[OrganisationTerm, ...],
        regions: tuple[Term, ...],
        indicators: tuple[IndicatorTerm, ...],
        target_groups: tuple[Term, ...],
        occupations: tuple[OccupationTerm, ...],
    ) -> None:
        self.keys: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        self.concepts: dict[Concepts, set[str]] = defaultdict(set)
        self.folded: dict[str, dict[str, str]] = {}
        self.stems: dict[str, dict[str, set[str]]] = {}
        self.ordered: dict[str, list[tuple[str, str]]] = {}
        """What the first reading that needs it works out of the names, for each kind."""
        for kind, terms in (
            ("organisation", organisations),
            ("region", regions),
            ("indicator", indicators),
            ("target_group", target_groups),
        ):
            for term in terms:
                self._add(kind, term.code, term.names)
        for occupation in occupations:
            self._add("occupation", occupation.code, (occupation.label,))
        self._add_synonyms(
            {term.code for term in regions},
            {term.code for term in indicators},
            {term.code for term in target_groups} | {TOTAL},
        )

    def _add_synonyms(self, regions: set[str], indicators: set[str], groups: set[str]) -> None:
        for kind, codes, given in (
            ("region", regions | {COUNTRY}, REGION_SYNONYMS),
            ("region", regions, REGION_FORMS),
            ("region", set(PART_SYNONYMS), PART_SYNONYMS),
            ("target_group", groups, synonyms.TARGET_GROUP_SYNONYMS),
            ("indicator", indicators, INDICATOR_SYNONYMS),
        ):
            for code in codes & set(given):
                self._add(kind, code, given[code], suggest=False, weak=True)
        for name, codes in self.keys["indicator"].items():
            self.concepts[concepts_of(DAY_IN_NAME.sub(" ", name))] |= codes
        for kind in ("organisation", "region", "target_group", "occupation"):
            self._add(kind, TOTAL, synonyms.TOTAL_WORDS, suggest=False, weak=True)
        for kind in ("region", "occupation"):
            words = [
                word for word in synonyms.UNASSIGNED_WORDS if kind == "occupation" or "Beruf" not in word
            ]
            self._add(kind, UNASSIGNED, words, suggest=False, weak=True)

    def _add(
        self, kind: str, code: str, names: Iterable[str], *, suggest: bool = True, weak: bool = False
    ) -> None:
        """A weak name is a synonym of ours: it never makes a name of the catalogue ambiguous."""
        keys = self.keys[kind]
        for name in names if code.startswith("_") else (code, *names):
            for key in keys_of(name, is_organisation=kind == "organisation"):
                if not (weak and keys.get(key)):
                    keys[key].add(code)
            if suggest and name != code:
                self.labels[kind].setdefault(tidy(name), code)


_known_names = lru_cache(maxsize=8)(KnownNames)


def known_names(vocabulary: Vocabulary) -> KnownNames:
    """The same for every file that is read with these names, in whatever year and by whomever."""
    return _known_names(
        vocabulary.organisations,
        vocabulary.regions,
        vocabulary.indicators,
        vocabulary.target_groups,
        vocabulary.occupations,
    )
