"""Computed cells are recognised by numbers alone, and chance is no evidence."""

from decimal import Decimal
from random import Random
from time import process_time

import pytest

from bench.aggregations.derived_cells import find_derived
from measures.importing.arithmetic.columns import computation_of


def numbers(*rows):
    return [[None if cell is None else Decimal(str(cell)) for cell in row] for row in rows]


def found(matrix, **options):
    return {each.cell: each.operator for each in find_derived(matrix, **options)}


def columns(*rows):
    return list(zip(*numbers(*rows), strict=True))


def test_total_below_its_parts_is_derived():
    derived = found(numbers((123, 1207), (458, 3344), (77, 918), (658, 5469)))

    assert derived == {(3, 0): "sum", (3, 1): "sum"}


def test_total_above_its_parts_is_derived_over_a_gap():
    derived = found(numbers((658, 5469), (None, None), (123, 1207), (458, 3344), (77, 918)))

    assert derived == {(0, 0): "sum", (0, 1): "sum"}


def test_grand_total_of_subtotals_is_derived_like_them():
    derived = found(
        numbers(
            (123, 1207, 31),
            (458, 3344, 87),
            (581, 4551, 118),
            (77, 918, 65),
            (219, 4012, 93),
            (296, 4930, 158),
            (877, 9481, 276),
        )
    )

    assert {row for row, _ in derived} == {2, 5, 6}


def test_a_derived_cell_names_its_parts():
    cells = find_derived(numbers((123, 1207), (458, 3344), (77, 918), (658, 5469)))

    assert [cell.parts for cell in cells] == [((0, 0), (1, 0), (2, 0)), ((0, 1), (1, 1), (2, 1))]


def test_total_far_from_its_parts_is_derived():
    rows = ((123, 1207), (458, 3344), (77, 918), (9, 13), (7, 5), (11, 2), (3, 8), (658, 5469))

    assert found(numbers(*rows)) == {(7, 0): "sum", (7, 1): "sum"}


def test_product_is_derived_and_its_factors_are_not():
    rows = [(13, 0.85, 11.05), (27, 1.2, 32.4), (8, 7.6, 60.8), (45, 0.35, 15.75), (19, 2.31, 43.89)]

    assert found(numbers(*rows)) == {(row, 2): "product" for row in range(5)}


def test_quotient_is_the_number_with_more_decimals():
    rows = [(150, 4675, 3.20856), (120, 4840, 2.47934), (188, 4680, 4.01709), (45, 1265, 3.55731)]

    assert found(numbers(*rows)) == {(row, 2): "share" for row in range(4)}


def test_share_rounded_to_fewer_decimals_is_derived():
    rows = [(754, 1275, 0.59137), (98256, 160214, 0.613), (138952, 215628, 0.644), (157681, 240788, 0.655)]

    assert found(numbers(*rows)) == {(row, 2): "share" for row in range(4)}


def test_sum_that_holds_in_one_of_two_stacked_tables_is_derived_there():
    first = [(217, 124, 93), (845, 458, 387), (912, 77, 835), (551, 219, 332), (634, 301, 333)]
    second = [(17, 5, 98), (4, 81, 35), (66, 2, 9), (3, 40, 71)]

    assert found(numbers(*first, *second)) == {(row, 0): "sum" for row in range(5)}


def test_small_sum_is_derived_where_it_repeats_the_shape_of_others():
    small = [(9, 11), (7, 13), (16, 24)]
    large = [(417, 123), (822, 458), (1239, 581), (912, 77), (551, 219), (1463, 296)]

    assert {(row, 0) for row in (2, 5, 8)} <= found(numbers(*large, *small)).keys()
    assert found(numbers(*small)) == {}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(2, 1, 1), (3, 2, 1)], id="two rows"),
        pytest.param([(1, 1, 0), (0, 0, 0), (1, 0, 1), (0, 0, 0), (1, 1, 0)], id="zeros and ones"),
        pytest.param([(20, 10, 10)] * 8, id="equal numbers"),
        pytest.param([(100, 40, 60), (200, 100, 100), (300, 100, 200)], id="round numbers"),
    ],
)
def test_chance_is_no_evidence_for_a_column(rows):
    assert computation_of(columns(*rows), 0) is None


def test_column_in_proportion_to_others_is_proven_by_no_row_but_one():
    sizes = (1835, 1744, 1901, 1877, 1815, 1768, 1642, 1990, 1723, 1804)
    rows = [(3 * size, 7 * size, 10 * size) for size in sizes]

    assert computation_of(columns(*rows), 2) is None
    assert computation_of(columns(*rows, (417, 123, 540), (822, 96, 918)), 2) is not None


@pytest.mark.parametrize("factor", ["2", "0.5"])
def test_multiple_of_a_total_is_no_sum_or_mean_of_it_and_its_parts(factor):
    parts = [(417, 822, 913), (551, 77, 219), (912, 458, 301), (634, 123, 92), (87, 515, 662)]
    rows = [(*row, sum(row), sum(row) * Decimal(factor)) for row in parts]

    assert found(numbers(*rows)) == {(row, 3): "sum" for row in range(len(parts))}


def test_total_that_is_repeated_further_on_is_derived_once():
    rows = []
    for one, other, total, next_one in [
        ((417, 123), (822, 458), (1239, 581), (31, 9)),
        ((912, 77), (551, 219), (1463, 296), (44, 18)),
        ((333, 108), (741, 213), (1074, 321), (6, 52)),
    ]:
        rows += [one, other, total, next_one, total]

    assert {row for row, _ in found(numbers(*rows))} == {2, 7, 12}


def test_whole_numbers_of_two_digits_are_no_quotients_of_what_grows_with_them():
    rows = [
        (23974, 6430, 4),
        (25427, 6215, 4),
        (43979, 6514, 7),
        (61034, 6189, 10),
        (74515, 6146, 12),
        (83001, 6431, 13),
        (112973, 6503, 18),
        (124941, 6512, 20),
        (138062, 6437, 22),
        (137879, 6356, 22),
        (142018, 6104, 23),
        (144230, 6187, 23),
        (154303, 6105, 25),
    ]

    assert found(numbers(*rows)) == {}


@pytest.mark.parametrize(
    ("operator", "last"),
    [
        ("difference", (-335, 458, -841, 151)),
        ("share", (73.2, 44.3, 92.2, 60.4)),
        ("change", (36.6, -55.7, 1184.5, 151.6)),
        ("running", (417, 1239, 2151, 2702)),
    ],
)
def test_column_is_proven_computed(operator, last):
    first, second = (
        (417, 822, 912, 551),
        {
            "difference": (752, 364, 1753, 400),
            "share": (569.7, 1855.5, 989.2, 912.3),
            "change": (305.3, 1855.5, 71, 219),
            "running": (12, 99, 4, 57),
        }[operator],
    )

    computation = computation_of(columns(*zip(first, second, last, strict=True)), 2)

    assert computation is not None
    assert computation.operator == operator
    assert computation.misses == ()


def test_cells_that_disagree_are_reported():
    rows = [
        (417, 123, 294),
        (822, 458, 364),
        (912, 77, 835),
        (551, 219, 332),
        (640, 118, 521),
        (733, 97, 636),
    ]

    computation = computation_of(columns(*rows), 2)

    assert computation is not None
    assert (computation.operator, computation.misses) == ("difference", (4,))


def test_sums_are_exact_unless_rounding_is_declared():
    rounded = numbers((123, 1206), (459, 3345), (78, 918), (657, 5472))

    assert found(rounded) == {}
    assert found(rounded, base=3) == {(3, 0): "sum", (3, 1): "sum"}


def test_random_tables_hold_no_derived_cells():
    random = Random(2026)  # noqa: S311  # a repeatable table
    for _ in range(40):
        rows = [[random.randint(1, 5000) for _ in range(6)] for _ in range(12)]

        assert found(numbers(*rows)) == {}


def test_a_thousand_rows_take_little_time():
    random = Random(7)  # noqa: S311  # a repeatable table
    rows = numbers(*([random.randint(1, 90_000) for _ in range(30)] for _ in range(1000)))

    start = process_time()
    find_derived(rows)

    assert process_time() - start < 2
