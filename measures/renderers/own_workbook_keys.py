"""What the portal's own workbook is recognised by: the names of its cells and columns, version by version.

A version is never changed once it has been sent out; what changes gets the next number, and the reader keeps
understanding all of them.
"""

from types import MappingProxyType

VERSION = 2

NAMED_VERSION = "portal_template_version"
NAMED_YEAR = "portal_template_year"
NAMED_ORGANISATION = "portal_template_organisation"
NAMED_LANGUAGE = "portal_template_language"
NAMED_ID = "portal_template_id"

# What a column is -> its name in the hidden technical row, for each version. A column ending in ``_name`` is
# what a person reads; where the hidden key beside it is empty, it decides.
COLUMNS = MappingProxyType(
    {
        1: {
            "value": "vorlage:wert",
            "last_year": "vorlage:vorjahr",
            "note": "vorlage:bemerkung",
            "occupation": "vorlage:kldb",
            "target_group": "vorlage:zielgruppe",
            "region": "vorlage:land",
            "indicator": "vorlage:kennzahl",
        },
        2: {
            "indicator_name": "portal:indicator_name",
            "unit": "portal:unit",
            "region_name": "portal:region_name",
            "target_group_name": "portal:target_group_name",
            "occupation_name": "portal:occupation_name",
            "last_year": "portal:last_year",
            "value": "portal:value",
            "quality": "portal:quality",
            "note": "portal:note",
            "year": "portal:year",
            "organisation": "portal:organisation",
            "indicator": "portal:indicator",
            "region": "portal:region",
            "target_group": "portal:target_group",
            "occupation": "portal:occupation",
        },
    }
)
REQUIRED = ("value", "indicator", "region", "target_group", "occupation")

QUALITY_WORDS = MappingProxyType(
    {
        "de": {
            "final": "endgültig",
            "preliminary": "vorläufig",
            "estimate": "geschätzt",
            "revised": "korrigiert",
            "example": "Beispielwert",
        },
        "en": {
            "final": "final",
            "preliminary": "preliminary",
            "estimate": "estimate",
            "revised": "revised",
            "example": "example value",
        },
    }
)
SHEETS = MappingProxyType(
    {
        "de": {"report": "Meldung", "codes": "Codes", "guide": "Hinweise"},
        "en": {"report": "Report", "codes": "Codes", "guide": "Instructions"},
    }
)
