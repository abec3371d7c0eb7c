"""Corrections of how a sheet was understood, made by pointing at it."""

from typing import Any

from measures.importing.corrections.pointing import WORDS, pointed
from measures.importing.vocabulary import Answers, SheetAnswers

TAKE_BACK, SKIP, READ = "take_back", "skip", "read"


def add_correction(given: Answers, in_effect: Answers, views: list[dict[str, Any]], correction: str) -> None:
    """Add to the answers what a person chose for a row or for a whole sheet; ignore what makes no sense.

    ``correction``: the sheet's place in ``views``, the row's number and the word, with colons between.
    """
    place, number, word = correction.split(":")
    sheet, row = int(place), int(number or 0)
    if sheet >= len(views) or not views[sheet]["fingerprint"]:
        return
    view = views[sheet]
    fingerprint = view["fingerprint"]
    before = in_effect.sheets.get(fingerprint, SheetAnswers())
    if word == TAKE_BACK:
        given.sheets[fingerprint] = SheetAnswers()
    elif word in (SKIP, READ):
        given.sheets[fingerprint] = SheetAnswers(
            before.tables, before.rows, before.marks, ignored=word == SKIP
        )
    elif word in WORDS and 1 <= row <= view["row_count"]:
        given.sheets[fingerprint] = pointed(view, before, row, word)
