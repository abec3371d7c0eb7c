"""More names of the Länder and of parts of the country: short ones, and ``Bayerns`` or ``bayerische``."""

from __future__ import annotations

from measures.importing.vocabulary import COUNTRY

REGION_SYNONYMS: dict[str, tuple[str, ...]] = {
    "01": ("SH", "S-H", "Schl.-Holst.", "Schleswig-H.", "Schleswig-Holst."),
    "02": ("HH", "Hansestadt Hamburg", "Freie und Hansestadt Hamburg"),
    "03": ("NI", "NDS", "Nds.", "Nieders."),
    "04": ("HB", "Hansestadt Bremen", "Freie Hansestadt Bremen", "Land Bremen"),
    "05": ("NW", "NRW", "Nordrh.-Westf.", "Nordrhein-Westf.", "N.-Westf."),
    "06": ("HE", "Hess."),
    "07": ("RP", "RLP", "Rheinl.-Pfalz", "Rhld.-Pfalz"),
    "08": ("BW", "Ba-Wü", "BaWü", "Bad.-Württ.", "Baden-Württ.", "Baden-Wuertt."),
    "09": ("BY", "Bay."),
    "10": ("SL", "Saarl."),
    "11": ("BE", "Berlin (Ost und West)", "Berlin, Stadt"),
    "12": ("BB", "BRB", "Brandenb.", "Brandbg."),
    "13": ("MV", "M-V", "Meck.-Pomm.", "Meckl.-Vorp.", "Mecklenb.-Vorp.", "Meck-Pomm", "Mecklenburg-Vorp."),
    "14": ("SN", "Sachs."),
    "15": ("ST", "LSA", "Sachsen-Anh.", "S.-Anhalt"),
    "16": ("TH", "Thür."),
    COUNTRY: (
        "Deutschland",
        "Bundesgebiet",
        "Bundesgebiet insgesamt",
        "Deutschland insgesamt",
        "Deutschland gesamt",
        "Deutschland insg.",
        "Bundesgebiet insg.",
        "Bundesweit",
        "Bundesrepublik Deutschland",
        "BRD",
        "Bund",
        "Germany",
        "D",
        "alle Länder",
        "Länder insgesamt",
    ),
}

PARTS_OF_COUNTRY: dict[str, frozenset[str]] = {
    "west": frozenset(f"{number:02}" for number in range(1, 11)),
    "ost": frozenset(f"{number:02}" for number in range(11, 17)),
    "west+berlin": frozenset(f"{number:02}" for number in range(1, 12)),
    "ost-berlin": frozenset(f"{number:02}" for number in range(12, 17)),
}
_WEST = ("Westdeutschland", "West", "alte Länder", "alte Bundesländer", "früheres Bundesgebiet")
_EAST = ("Ostdeutschland", "Ost", "neue Länder", "neue Bundesländer")
_WITH = ("und Berlin", "mit Berlin", "einschl. Berlin", "einschließlich Berlin", "inkl. Berlin")
PART_SYNONYMS: dict[str, tuple[str, ...]] = {
    "west": (*_WEST, *(f"{part} ohne Berlin" for part in _WEST)),
    "ost": (*_EAST, *(f"{part} {berlin}" for part in _EAST for berlin in _WITH)),
    "west+berlin": tuple(f"{part} {berlin}" for part in _WEST for berlin in _WITH),
    "ost-berlin": tuple(f"{part} ohne Berlin" for part in _EAST),
}

_ENDINGS = ("e", "en", "er", "es", "em")
_FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "01": (("Schleswig-Holsteins",), ("schleswig-holsteinisch",)),
    "02": (("Hamburgs", "Hamburger"), ("hamburgisch",)),
    "03": (("Niedersachsens",), ("niedersächsisch",)),
    "04": (("Bremens", "Bremer"), ("bremisch",)),
    "05": (("Nordrhein-Westfalens",), ("nordrhein-westfälisch",)),
    "06": (("Hessens", "Hessian"), ("hessisch",)),
    "07": (("Rheinland-Pfalz'",), ("rheinland-pfälzisch",)),
    "08": (("Baden-Württembergs",), ("baden-württembergisch",)),
    "09": (("Bayerns", "Bavarian"), ("bayerisch", "bayrisch")),
    "10": (("Saarlandes", "Saarlands"), ("saarländisch",)),
    "11": (("Berlins", "Berliner"), ()),
    "12": (("Brandenburgs", "Brandenburger"), ("brandenburgisch",)),
    "13": (("Mecklenburg-Vorpommerns",), ("mecklenburg-vorpommersch",)),
    "14": (("Sachsens", "Saxon"), ("sächsisch",)),
    "15": (("Sachsen-Anhalts",), ("sachsen-anhaltisch", "sachsen-anhaltinisch")),
    "16": (("Thüringens", "Thüringer", "Thuringian"), ("thüringisch",)),
}
REGION_FORMS: dict[str, tuple[str, ...]] = {
    code: (*names, *(f"{stem}{ending}" for stem in stems for ending in _ENDINGS))
    for code, (names, stems) in _FORMS.items()
}
"""By a Land's code, in whatever case a sentence puts it."""

CITY_STATES = frozenset(("02", "04", "11"))


def laender_of_part(code: str) -> frozenset[str]:
    """The Länder of a part of the country; of anything else none."""
    return PARTS_OF_COUNTRY.get(code, frozenset())
