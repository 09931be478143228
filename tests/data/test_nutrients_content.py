"""The nutrient content as it is shipped: its checks pass, and each check can fail."""

from dataclasses import replace

import pytest

from content.checks.nutrients import plain_words, problems, unverified
from content.checks.reading import grade, syllables
from content.files import DATA, read_yaml
from content.loading_nutrients import load_nutrients
from content.schema.nutrients import FACETS, Nutrients

THE_19 = {
    "vitamin_d",
    "vitamin_b12",
    "calcium",
    "potassium",
    "magnesium",
    "iron",
    "sodium",
    "protein",
    "vitamin_e",
    "vitamin_b1",
    "vitamin_b6",
    "folate",
    "zinc",
    "copper",
    "phosphorus",
    "vitamin_c",
    "vitamin_k",
    "omega3_ala",
    "total_water",
}


@pytest.fixture(scope="module")
def catalogue() -> Nutrients:
    return load_nutrients(DATA / "en" / "nutrients")


def with_detail(catalogue, nutrient, **changes):
    changed = replace(catalogue.details[nutrient], **changes)
    return replace(catalogue, details={**catalogue.details, nutrient: changed})


def claim_of(catalogue):
    return catalogue.details["vitamin_d"].facets["role"][0]


def with_claim(catalogue, claim):
    facets = {**catalogue.details["vitamin_d"].facets, "role": (claim,)}
    return with_detail(catalogue, "vitamin_d", facets=facets)


def test_the_content_has_no_problem(catalogue):
    assert list(problems(catalogue)) == []


def test_all_nineteen_nutrients_have_a_name_and_22_us_rows(catalogue):
    assert set(catalogue.vocabulary.names) == THE_19
    for nutrient in THE_19:
        rows = [r for r in catalogue.intakes if (r.nutrient, r.authority) == (nutrient, "US")]
        assert len(rows) == 22, nutrient


def test_vitamin_d_has_every_facet_each_with_a_source_and_a_mark(catalogue):
    detail = catalogue.details["vitamin_d"]
    assert set(detail.facets) == set(FACETS)
    for claims in detail.facets.values():
        assert all(claim.source in catalogue.sources and claim.mark in "VK" for claim in claims)


def test_sentences_not_yet_verified_are_listed(catalogue):
    listed = list(unverified(catalogue))
    assert any(line.startswith("vitamin_d, ") for line in listed)


@pytest.mark.parametrize("facet", FACETS)
def test_a_missing_facet_is_a_problem(catalogue, facet):
    kept = {k: v for k, v in catalogue.details["vitamin_d"].facets.items() if k != facet}
    broken = with_detail(catalogue, "vitamin_d", facets=kept)
    assert f"vitamin_d: facet {facet} is missing" in list(problems(broken))


def test_a_number_without_a_row_is_a_problem(catalogue):
    claim = replace(claim_of(catalogue), says="Take 123 mcg a day.")
    found = list(problems(with_claim(catalogue, claim)))
    assert found == ["vitamin_d, role: 123 mcg has no row"]


def test_a_sentence_without_a_known_source_is_a_problem(catalogue):
    claim = replace(claim_of(catalogue), source="hearsay")
    assert "vitamin_d, role: no source hearsay" in list(problems(with_claim(catalogue, claim)))


def test_a_hard_sentence_is_a_problem(catalogue):
    says = "Cholecalciferol supplementation ameliorates secondary hyperparathyroidism effectively."
    found = list(problems(with_claim(catalogue, replace(claim_of(catalogue), says=says))))
    assert any("reads at grade" in problem for problem in found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": 101}, "is above the limit"),
        ({"unit": "mg"}, "in mg, but other rows are in mcg"),
        ({"source": "hearsay"}, "no source hearsay"),
        ({"age_below": 19.0}, "are not a span"),
        ({"value": 0}, "is not above nothing"),
    ],
)
def test_a_wrong_intake_row_is_a_problem(catalogue, change, said):
    place = next(
        i
        for i, row in enumerate(catalogue.intakes)
        if (row.authority, row.nutrient, row.age_from) == ("US", "vitamin_d", 19)
    )
    rows = list(catalogue.intakes)
    rows[place] = replace(rows[place], **change)
    found = list(problems(replace(catalogue, intakes=tuple(rows))))
    assert any(said in problem for problem in found), found


def test_a_food_whose_figures_disagree_is_a_problem(catalogue):
    foods = (replace(catalogue.foods[0], per_serving=99.0), *catalogue.foods[1:])
    found = list(problems(replace(catalogue, foods=foods)))
    assert any("do not agree" in problem for problem in found)


def test_one_alias_for_two_nutrients_is_a_problem(catalogue):
    vocabulary = catalogue.vocabulary
    names = dict(vocabulary.names)
    names["zinc"] = replace(names["zinc"], aliases=(*names["zinc"].aliases, "iron"))
    broken = replace(catalogue, vocabulary=replace(vocabulary, names=names))
    assert "words: iron is a name of both iron and zinc" in list(problems(broken))


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("bone", 1),
        ("table", 2),
        ("muscles", 2),
        ("walked", 1),
        ("potassium", 4),
        ("a", 1),
        ("rest", 1),
    ],
)
def test_syllables(word, count):
    assert syllables(word) == count


def test_the_grade_is_flesch_kincaid():
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert grade("") == 0
    assert grade("<b>The cat</b> sat on {place} mat.") == pytest.approx(-1.45)
    assert grade("Potassium is low.", plain={"potassium"}) < grade("Potassium is low.")


def test_the_sentences_of_answers_are_plain(catalogue):
    sentences = read_yaml(dict[str, str], DATA / "en" / "messages" / "nutrients.yaml")
    plain = plain_words(catalogue)
    hard = [
        key for key, text in sentences.items() if len(text.split()) > 4 and grade(text, plain) > 6
    ]
    assert hard == []


def test_every_country_with_own_figures_is_two_capitals(catalogue):
    assert catalogue.authorities["GB"] == "UK"
    assert catalogue.authorities["DE"] == "EFSA"
    assert all(len(c) == 2 and c.isupper() for c in catalogue.authorities)


def test_the_magnesium_limit_counts_tablets_only(catalogue):
    covers = {s.authority: s.covers for s in catalogue.scopes if s.nutrient == "magnesium"}
    assert covers == {"US": "supplements", "EFSA": "supplements"}


def test_potassium_has_no_upper_limit_and_says_that_is_not_safe(catalogue):
    rows = [row for row in catalogue.intakes if row.nutrient == "potassium"]
    assert {row.limit for row in rows} == {None}
    assert "not safe" in catalogue.details["potassium"].facets["upper_limit"][0].says
