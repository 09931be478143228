"""The tables about tablets as they are shipped, and that each of their checks can fail."""

from dataclasses import replace

import pytest

from content.checks.tablets import problems, share, unverified
from content.loader import load

NUTRIENTS = load("en").nutrients


def with_first(field, **changes):
    first, *rest = getattr(NUTRIENTS, field)
    return replace(NUTRIENTS, **{field: (replace(first, **changes), *rest)})


def test_the_tables_have_no_problem():
    assert list(problems(NUTRIENTS)) == []


@pytest.mark.parametrize(
    ("salt", "tablet", "mineral"),
    [
        ("ferrous sulfate", 325, 65.3),
        ("dried ferrous sulfate", 200, 65.7),
        ("ferrous fumarate", 322, 105.8),
        ("ferrous gluconate", 300, 34.8),
        ("calcium carbonate", 1250, 500.5),
        ("magnesium oxide", 400, 241.2),
        ("potassium chloride", 600, 314.7),
    ],
)
def test_a_share_is_worked_out_from_the_formula(salt, tablet, mineral):
    row = next(row for row in NUTRIENTS.salts if row.salt == salt)
    assert tablet * share(row) == pytest.approx(mineral, abs=0.1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (with_first("salts", mineral_mg=325), "but by its formula 65.3 mg"),
        (with_first("salts", source="hearsay"), "no source hearsay"),
        (with_first("scopes", source="hearsay"), "no source hearsay"),
        (with_first("scopes", nutrient="potassium"), "stands twice or has no limit"),
        (replace(NUTRIENTS, scopes=NUTRIENTS.scopes[1:]), "not said what it counts"),
        (replace(NUTRIENTS, food_names={"lembas": "waybread"}), "no row has waybread"),
        (replace(NUTRIENTS, food_names={"iron": "spinach"}), "the name of a nutrient too"),
    ],
    ids=str,
)
def test_a_wrong_row_is_a_problem(changed, said):
    assert any(said in each for each in problems(changed))


def test_rows_not_read_at_their_source_are_listed():
    assert any("zinc" in each for each in unverified(NUTRIENTS))
