"""The names of the Länder in other forms: ``Bayerns``, ``bayerische``, ``nordrhein-westfälischen``."""

from __future__ import annotations

_ENDINGS = ("e", "en", "er", "es", "em")
_FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "01": (("Schleswig-Holsteins",), ("schleswig-holsteinisch",)),
    "02": (("Hamburgs", "Hamburger"), ("hamburgisch",)),
    "03": (("Niedersachsens",), ("niedersächsisch",)),
    "04": (("Bremens", "Bremer"), ("bremisch",)),
    "05": (("Nordrhein-Westfalens",), ("nordrhein-westfälisch",)),
    "06": (("Hessens",), ("hessisch",)),
    "07": (("Rheinland-Pfalz'",), ("rheinland-pfälzisch",)),
    "08": (("Baden-Württembergs",), ("baden-württembergisch",)),
    "09": (("Bayerns",), ("bayerisch", "bayrisch")),
    "10": (("Saarlandes", "Saarlands"), ("saarländisch",)),
    "11": (("Berlins", "Berliner"), ()),
    "12": (("Brandenburgs", "Brandenburger"), ("brandenburgisch",)),
    "13": (("Mecklenburg-Vorpommerns",), ("mecklenburg-vorpommersch",)),
    "14": (("Sachsens",), ("sächsisch",)),
    "15": (("Sachsen-Anhalts",), ("sachsen-anhaltisch", "sachsen-anhaltinisch")),
    "16": (("Thüringens", "Thüringer"), ("thüringisch",)),
}
REGION_FORMS: dict[str, tuple[str, ...]] = {
    code: (*names, *(f"{stem}{ending}" for stem in stems for ending in _ENDINGS))
    for code, (names, stems) in _FORMS.items()
}
"""By a Land's code, in whatever case a sentence puts it."""
