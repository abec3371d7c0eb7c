"""Corrections of how a sheet was understood, made by pointing at it."""

from typing import Any

from measures.importing.corrections.pointing import WORDS, pointed
from measures.importing.vocabulary import Answers, SheetAnswers

TAKE_BACK, SKIP, READ = "take_back", "skip", "read"


def say(given: Answers, in_effect: Answers, views: list[dict[str, Any]], said: str) -> None:
    """Add to the answers what a word says of a row, or of a whole sheet; anything else says nothing.

    ``said``: the sheet's place in ``views``, the row's number and the word, with colons between.
    """
    place, number, word = said.split(":")
    sheet, row = int(place), int(number or 0)
    if sheet >= len(views) or not views[sheet]["fingerprint"]:
        return
    view = views[sheet]
    print_ = view["fingerprint"]
    before = in_effect.sheets.get(print_, SheetAnswers())
    if word == TAKE_BACK:
        given.sheets[print_] = SheetAnswers()
    elif word in (SKIP, READ):
        given.sheets[print_] = SheetAnswers(before.tables, before.rows, before.marks, ignored=word == SKIP)
    elif word in WORDS and 1 <= row <= view["row_count"]:
        given.sheets[print_] = pointed(view, before, row, word)
