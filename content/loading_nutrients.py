"""Reads the nutrient tables and one language's words about them."""

from dataclasses import replace
from pathlib import Path

from content.files import ContentError, read_csv, read_yaml
from content.schema.nutrients import (
    Country,
    Food,
    FoodWord,
    Intake,
    LabRange,
    Nutrient,
    Nutrients,
    Rule,
    Sign,
    Source,
    Vocabulary,
)
from content.schema.tablets import FoodName, LimitScope, Salt
from content.weights_questions import WEIGHTS, read_router


def load_nutrients(folder: Path, *, routed: bool = True) -> Nutrients:
    """The nutrients in ``folder`` (``data/<lang>/nutrients``) with the tables of ``data/tables``.

    With ``routed`` False the learned weights are left aside: they are about to be learned anew.

    Raises:
        ContentError: a file is missing, does not have its shape, or names itself wrongly.
    """
    tables = folder.parent.parent / "tables"
    weights = folder / "words" / WEIGHTS
    foods = read_csv(Food, tables / "foods.csv")
    food_names = read_csv(FoodName, tables / "food_names.csv")
    return Nutrients(
        vocabulary=_with_foods(_vocabulary(folder / "words"), food_names, foods),
        details={n.id: n for n in map(_nutrient, sorted(folder.glob("*.yaml")))},
        intakes=read_csv(Intake, tables / "intakes.csv"),
        foods=foods,
        labs=read_csv(LabRange, tables / "lab_ranges.csv"),
        sources={source.id: source for source in read_csv(Source, tables / "sources.csv")},
        authorities={
            row.country: row.authority for row in read_csv(Country, tables / "authorities.csv")
        },
        scopes=read_csv(LimitScope, tables / "limit_scopes.csv"),
        salts=read_csv(Salt, tables / "salts.csv"),
        food_names={each.name: each.food for each in food_names},
        router=read_router(weights) if routed and weights.exists() else None,
    )


def _vocabulary(folder: Path) -> Vocabulary:
    words = read_yaml(Vocabulary, folder / "vocabulary.yaml")
    return replace(
        words,
        rules=read_yaml(tuple[Rule, ...], folder / "rules.yaml"),
        signs=read_yaml(tuple[Sign, ...], folder / "signs.yaml"),
    )


def _with_foods(
    words: Vocabulary, food_names: tuple[FoodName, ...], foods: tuple[Food, ...]
) -> Vocabulary:
    """The words with the foods' names from other kitchens, where they do not know them yet."""
    known = {name for food in words.foods for name in food.names}
    added = tuple(
        FoodWord(
            (each.name,),
            tuple(dict.fromkeys(r.nutrient for r in foods if each.food in r.food.lower())),
        )
        for each in food_names
        if each.name not in known
    )
    return replace(words, foods=(*words.foods, *added))


def _nutrient(path: Path) -> Nutrient:
    nutrient = read_yaml(Nutrient, path)
    if nutrient.id != path.stem:
        raise ContentError(f"nutrients/{path.name}: its id is {nutrient.id}, not the file's name")
    return nutrient
