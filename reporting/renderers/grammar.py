"""Numbers with their nouns, lists and verbs in sentences, as the grammar of the language wants them."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext, ngettext, npgettext, pgettext

from reporting.renderers import wording


def plural(value: Decimal | int) -> int:
    """What decides between singular and plural: exactly one is one; parts, nothing and less are many."""
    return 1 if abs(value) == 1 else 2


def counted(value: Decimal | int, unit: str) -> str:
    """As a subject: 1 place, 7,300 places."""
    many = plural(value)
    words = {
        "places": ngettext("%(number)s place", "%(number)s places", many),
        "persons": ngettext("%(number)s person", "%(number)s persons", many),
        "mentors": ngettext("%(number)s mentor", "%(number)s mentors", many),
        "companies": ngettext("%(number)s company", "%(number)s companies", many),
        "consultations": ngettext("%(number)s consultation", "%(number)s consultations", many),
        "contracts": ngettext("%(number)s contract", "%(number)s contracts", many),
        "offers": ngettext("%(number)s offer", "%(number)s offers", many),
        "events": ngettext("%(number)s event", "%(number)s events", many),
        "networks": ngettext("%(number)s network", "%(number)s networks", many),
        "laender": ngettext("%(number)s Land", "%(number)s Länder", many),
        "EUR": ngettext("%(number)s euro", "%(number)s euros", many),
    }
    return words.get(unit, "%(number)s") % {"number": wording.quantity(value, unit)}


def of_counted(value: Decimal | int, unit: str) -> str:
    """After a preposition that takes the dative in German: a target of 20,000 places."""
    many = plural(value)
    words = {
        "places": npgettext("after “of”", "%(number)s place", "%(number)s places", many),
        "persons": npgettext("after “of”", "%(number)s person", "%(number)s persons", many),
        "mentors": npgettext("after “of”", "%(number)s mentor", "%(number)s mentors", many),
        "companies": npgettext("after “of”", "%(number)s company", "%(number)s companies", many),
        "consultations": npgettext("after “of”", "%(number)s consultation", "%(number)s consultations", many),
        "contracts": npgettext("after “of”", "%(number)s contract", "%(number)s contracts", many),
        "offers": npgettext("after “of”", "%(number)s offer", "%(number)s offers", many),
        "events": npgettext("after “of”", "%(number)s event", "%(number)s events", many),
        "networks": npgettext("after “of”", "%(number)s network", "%(number)s networks", many),
        "laender": npgettext("after “of”", "%(number)s Land", "%(number)s Länder", many),
        "EUR": npgettext("after “of”", "%(number)s euro", "%(number)s euros", many),
    }
    return words.get(unit, "%(number)s") % {"number": wording.quantity(value, unit)}


def listed(names: Sequence[str]) -> str:
    """Write one, two or more names as a sentence does: A, B and C; no comma before “and” in German."""
    if len(names) < 2:  # noqa: PLR2004  # one needs no conjunction
        return "".join(names)
    *first, last = names
    if len(first) == 1:
        return gettext("%(first)s and %(last)s") % {"first": first[0], "last": last}
    return pgettext("three or more", "%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def quoted(name: str) -> str:
    return gettext("“%(name)s”") % {"name": name}


def small_number(value: int) -> str:
    """Numbers up to twelve are written as words in running text."""
    words = {
        2: gettext("two"),
        3: gettext("three"),
        4: gettext("four"),
        5: gettext("five"),
        6: gettext("six"),
        7: gettext("seven"),
        8: gettext("eight"),
        9: gettext("nine"),
        10: gettext("ten"),
        11: gettext("eleven"),
        12: gettext("twelve"),
    }
    return words.get(value) or wording.number(value)


def all_of(count: int) -> str:
    """Before a noun: all twelve organisations, both organisations."""
    if count == 2:  # noqa: PLR2004  # "all two" nobody says
        return gettext("both")
    return gettext("all %(count)s") % {"count": small_number(count)}


def capitalised(text: str) -> str:
    """Begin a sentence with it."""
    return text[:1].upper() + text[1:]
