"""Make the sample spreadsheets: ``python -m samples.make``. Invented figures with the published totals.

The same run gives the same bytes: values are split by a hash of the name they belong to, and the archives
carry a fixed date.
"""

from pathlib import Path

import xlwt

from samples.market import MARKET_SAMPLES, MONEY_SAMPLE, make_money
from samples.parts import HERE, TOTAL, chambers, laender, new_xlsx, ods_cell, split, write_ods

ADDITIONAL = "Zusätzliche Ausbildungsplätze"
COLOGNE = "IHK-142"
COLOGNE_2016 = 533


def make_dihk(path: Path) -> None:
    """One long table of all chambers; totals of groups are written under the total they belong to."""
    members = chambers("IHK-")
    keys = [chamber.code for chamber in members]
    others = [code for code in keys if code != COLOGNE]
    additional_2016 = dict(
        zip(others, split(11_040 - COLOGNE_2016, others, seed="additional 2016", least=20), strict=True)
    )
    additional_2016[COLOGNE] = COLOGNE_2016
    additional_2015 = split(4_380, keys, seed="additional 2015", least=4)
    placements = split(12_220, keys, seed="placements", least=10)
    mentors = split(64, keys, seed="mentors")
    book = new_xlsx(path)
    sheet = book.add_worksheet("Sammelmeldung")
    heading = book.add_format({"bold": True, "bg_color": "#DDDDDD"})
    sheet.write(0, 0, "DIHK – Sammelmeldung der Industrie- und Handelskammern")
    sheet.write(1, 0, "Berichtsjahre 2015 und 2016, Stand: 31.01.2017")
    sheet.write_row(3, 0, ["Kammer", "Land", "Kennzahl", "Zielgruppe", "Jahr", "Wert", "Bemerkung"], heading)
    row = 4
    for index, chamber in enumerate(members):
        migrants = additional_2016[chamber.code] * (5 + index % 12) // 100
        for indicator, group, year, value in (
            (ADDITIONAL, TOTAL, 2015, additional_2015[index]),
            (ADDITIONAL, TOTAL, 2016, additional_2016[chamber.code]),
            ("Plätze Einstiegsqualifizierung (EQ)", TOTAL, 2015, placements[index]),
            ("Willkommenslotsen", TOTAL, 2016, mentors[index]),
            (ADDITIONAL, "darunter: Junge Menschen mit Migrationshintergrund", 2016, migrants),
        ):
            sheet.write_row(row, 0, [chamber.name, chamber.land, indicator, group, year, value])
            row += 1
    sheet.write_row(row, 0, ["Summe", "", ADDITIONAL, TOTAL, 2016, 11_040])
    sheet.write(
        row + 2, 0, "Quelle: Meldungen der IHKs. Zielgruppen sind Teilmengen (darunter) und nicht summierbar."
    )
    book.close()


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def make_zdh(path: Path) -> None:
    """A wide table with merged headings and numbers as text; the first data row is the sum."""
    members = chambers("HWK-")
    keys = [chamber.code for chamber in members]
    columns: list[tuple[str, list[int]]] = [
        (_grouped(total), split(total, keys, seed=seed, least=least))
        for total, seed, least in (
            (2_190, "crafts 2015", 3),
            (5_436, "crafts 2016", 9),
            (6_800, "crafts EQ", 8),
        )
    ]
    mentors = split(76, keys, seed="crafts mentors")
    book = new_xlsx(path)
    notes = book.add_worksheet("Hinweise")
    notes.write(0, 0, "Methodische Hinweise")
    notes.write(1, 0, "1) Ohne Anlage-B-Handwerke.")
    sheet = book.add_worksheet("Tab 3")
    wrapped = book.add_format({"bold": True, "text_wrap": True})
    sheet.write(0, 0, "Handwerk: Ausbildungsplätze, EQ und Willkommenslotsen nach Handwerkskammern")
    sheet.write(1, 0, "Berichtszeitraum: 2015 und 2016 (Jahresdaten) – Region: Bundesgebiet")
    sheet.merge_range("A4:A5", "Handwerkskammer", wrapped)
    sheet.merge_range("B4:C4", "zusätzliche Ausbildungsplätze", wrapped)
    sheet.merge_range("D4:E4", "Plätze Einstiegs-\nqualifizierung", wrapped)
    sheet.write("F4", "Willkommens-\nlotsen", wrapped)
    sheet.write_row("B5", ["2015", "2016 1)", "2015", "2016", "2016"])
    sheet.write_row("B6", ["Anzahl"] * 5)
    sheet.write_row("A7", ["Summe", columns[0][0], columns[1][0], columns[2][0], ".", "76"])
    for index, chamber in enumerate(members):
        name = f"{chamber.name} 4)" if chamber.code == "HWK-00092" else chamber.name
        values = [_grouped(parts[index]) for _, parts in columns]
        sheet.write_row(7 + index, 0, [name, *values, ".", str(mentors[index] or "-")])
    below = 8 + len(members)
    for offset, line in enumerate(
        (
            "1) Vorläufige Ergebnisse.",
            "4) Ohne Bremerhaven.",
            "- = nichts vorhanden; . = Zahlenwert unbekannt",
            "© ZDH, Stand: 28.02.2017",
        )
    ):
        sheet.write(below + offset, 0, line)
    book.close()


def make_bfb(path: Path) -> None:
    """A text file as an old program writes it, with the Länder named as people name them."""
    spoken = {
        "02": "Hansestadt Hamburg", "05": "NRW", "07": "Rheinland Pfalz", "08": "Baden-Wuerttemberg",
        "13": "Meck.-Pomm.", "15": "Sachsen Anhalt",
    }  # fmt: skip
    codes = [code for code, _ in laender()]
    first = split(730, codes, seed="professions 2015", least=5)
    second = split(1_642, codes, seed="professions 2016", least=12)
    lines = ["Bundesverband der Freien Berufe;;", f"{ADDITIONAL} nach Ländern;;", "Land;2015;2016"]
    for (code, name), one, other in zip(laender(), first, second, strict=True):
        lines.append(f"{spoken.get(code, name)};{one};{other},0")
    lines.append("Bundesgebiet;730;1.642,0")
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("cp1252"))


def make_ba(path: Path) -> None:
    """A special delivery of the employment agency: title block, stacked headings, withheld cells."""
    codes = [code for code, _ in laender()]
    starts = split(5_000, codes, seed="assisted", least=40)
    groups = split(410, codes, seed="assisted, disabilities", least=6)
    withheld = {"04", "10"}
    rows: list[list[str | int]] = [
        ["Förderstatistik"], [], ["Eintritte in Assistierte Ausbildung nach Ländern"], ["Deutschland"],
        ["Berichtsjahr 2015"], ["Datenstand: März 2016"], [], [], [],
        ["Region", "Eintritte", "darunter"], ["", TOTAL, "Junge Menschen mit Behinderungen"],
        ["00 Deutschland", 5_000, 410],
    ]  # fmt: skip
    for (code, name), start, group in zip(laender(), starts, groups, strict=True):
        rows.append([f"{code} {name}", start, "* " if code in withheld else group])
    rows += [["Keine Zuordnung möglich", "-", "-"], ["© Statistik der Bundesagentur für Arbeit"]]
    lines = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row or ['']))}</table:table-row>" for row in rows
    )
    write_ods(path, f'<table:table table:name="aAsA - Tabelle I">{lines}</table:table>')


def make_cologne(path: Path) -> None:
    """One chamber's occupations in the old Excel format; ``Insgesamt`` is its own statement."""
    occupations = [
        (26112, "Mechatroniker/in"),
        (71402, "Kaufmann/-frau für Büromanagement"),
        (29302, "Koch/Köchin"),
        (43102, "Fachinformatiker/in"),
        (62102, "Kaufmann/-frau im Einzelhandel"),
        (52122, "Berufskraftfahrer/in"),
        (63222, "Hotelfachmann/-frau"),
        (26252, "Elektroniker/in für Betriebstechnik"),
    ]
    keys = [str(code) for code, _ in occupations]
    other = 7
    values = split(COLOGNE_2016 - other, keys, seed="occupations", least=12)
    refugees = split(54, keys, seed="occupations, refugees", least=1)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Berufe")
    rows: list[list[str | int]] = [
        ["IHK zu Köln"],
        [f"{ADDITIONAL} 2016 nach Berufen"],
        [],
        ["KldB", "Ausbildungsberuf", "Plätze", "darunter Geflüchtete"],
        *(
            [code, name, value, group]
            for (code, name), value, group in zip(occupations, values, refugees, strict=True)
        ),
        ["", "Sonstige / Keine Angabe", other],
        ["", TOTAL, COLOGNE_2016, 54],
    ]
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if value != "":
                sheet.write(row, column, value)
    book.save(str(path))


def make_faulty(path: Path) -> None:
    """Every way in which a cell can be wrong, one row each."""
    book = new_xlsx(path)
    sheet = book.add_worksheet("Meldung")
    first = "Erstmals ausbildende Betriebe"
    contracts = "Neu abgeschlossene Ausbildungsverträge"
    rows: list[list[str | float]] = [
        ["Kammer", "Kennzahl", "Jahr", "Zielgruppe", "Wert"],
        ["IHK Köln", ADDITIONAL, 2016, TOTAL, "k. A."],
        ["IHK Koeln", "EQ-Plätze", 2016, TOTAL, 41],
        ["IHK Atlantis", "EQ-Plätze", 2016, TOTAL, 12],
        ["IHK Köln", "Praktikumsplätze", "20161)", TOTAL, "1.204"],
        ["IHK Köln", "Praktikumsplätze", 2016, TOTAL, 1204],
        ["IHK Köln", "Beratene Betriebe", 2016, TOTAL, -5],
        ["IHK Köln", "Beratene Betriebe", 3016, TOTAL, 5],
        ["IHK Köln", "Willkommenslotsen", 2016, TOTAL, 2.5],
        ["IHK Köln", first, 2016, "Marsmenschen", 8],
        ["IHK Köln", first, 2016, TOTAL],
        ["IHK Köln", contracts, 2016, TOTAL, "#BEZUG!"],
        ["IHK Köln", contracts, 2016, TOTAL],
        ["IHK Köln", "Beratungen", 2016, TOTAL],
    ]
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    sheet.write_formula("E11", "=SUM(Z1:Z3)", value="")
    sheet.write_formula("E14", "=#REF!", value="#REF!")
    book.close()


SAMPLES = {
    "DIHK_Sammelmeldung_2015-2016.xlsx": make_dihk,
    "ZDH_Handwerkskammern_2015-2016.xlsx": make_zdh,
    "BFB_Laender_2015-2016.csv": make_bfb,
    "BA_AsA_2015.ods": make_ba,
    "IHK_Koeln_Berufe_2016.xls": make_cologne,
    "IHK_Koeln_fehlerhaft.xlsx": make_faulty,
    **MARKET_SAMPLES,
    MONEY_SAMPLE: make_money,
}


def make_samples(folder: Path) -> None:
    for name, make in SAMPLES.items():
        make(folder / name)


if __name__ == "__main__":
    make_samples(HERE)
