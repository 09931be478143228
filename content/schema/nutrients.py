"""The shape of what the bot knows about nutrients: tables of numbers, and words about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import ConfigDict

from content.schema.tablets import Authority, LimitScope, Mark, Salt

Sex = Literal["both", "male", "female"]
FACETS = (
    "role",
    "deficiency_signs",
    "foods",
    "amount",
    "upper_limit",
    "interaction",
    "test",
    "who_at_risk",
    "supplement_safety",
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or a sentence comes from."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    title: str
    year: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said, with its source; ``about`` are medicine or diet ids it is for."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    says: str
    source: str
    mark: Mark
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a blood result between two cut-offs of the lab table means, in words."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    meaning: str
    says: str
    urgent: bool = False
    """Help is needed now, and that is said before anything else."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """One ``unit`` times ``factor`` is so many of ``into``: mcg x 40 is IU of vitamin D."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    unit: str
    into: str
    factor: float
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that sentences use and no table holds in the nutrient's unit."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    value: float
    what: str
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Nutrient:
    """All that is said about one nutrient, facet by facet."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    unit: str
    also_in: str | None
    safety: Claim
    facets: Mapping[str, tuple[Claim, ...]]
    readings: tuple[Reading, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    figures: tuple[Figure, ...] = ()
    safety_states_limit: bool = False
    """The safety line names the adult limit, so one whose age is known is told their own."""
    usual_lab_unit: bool = False
    """All labs report it in the unit of the lab table, so a result without a unit is in that."""
    safety_first: bool = False
    """For some people the amounts are not safe at all, so the safety line stands before them."""
    low_below: Figure | None = None
    """So little in a serving that the food counts as low in it; None where nobody asks for that."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The amount a day for one stage of life, ages half-open in years, and the upper limit."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    authority: Authority
    nutrient: str
    sex: Sex
    age_from: float
    age_below: float
    pregnant: bool
    lactating: bool
    value: float
    unit: str
    kind: str
    limit: float | None
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Food:
    """How much of one nutrient a serving of one food holds (USDA FoodData Central)."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    nutrient: str
    food: str
    diet: Literal["vegan", "vegetarian", "fish", "shellfish", "meat"]
    halal: str
    cuisine: str
    serving: str
    serving_g: float
    per_serving: float
    per_100g: float
    unit: str
    fdc_id: int
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class LabRange:
    """One band of a blood test, from ``low`` up to below ``high``, by one authority."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    nutrient: str
    test: str
    unit: str
    low: float
    high: float | None
    meaning: str
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Country:
    """Whose intake figures a country uses."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    country: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class Name:
    """How people write a nutrient. ``lone`` names count only when nothing else is meant."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    name: str
    aliases: tuple[str, ...]
    lone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Medicine:
    """A group of medicines, the names people use for them, and the nutrients they touch."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str
    names: tuple[str, ...]
    nutrients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoodWord:
    """A food as people write it, and the nutrients it is known for."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    names: tuple[str, ...]
    nutrients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """An intent and the patterns that show it; the first rule that fits decides.

    ``needs`` is what else must be named; ``sure`` False asks with buttons instead; what a ``firm``
    rule says, the learned router never changes.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    intent: str
    patterns: tuple[str, ...]
    needs: Literal[
        "anything", "nutrient", "no_nutrient", "medicine", "value", "level", "food", "water"
    ] = "anything"
    sure: bool = True
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """What is told of a body or a life, by pieces that all stand in it, and the lack it points to."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    all: tuple[str, ...]
    nutrients: tuple[str, ...]
    over: bool = False
    """Whether it says which nutrient is meant though another one is named."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language by which a question is understood."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    names: Mapping[str, Name]
    medicines: tuple[Medicine, ...]
    foods: tuple[FoodWord, ...]
    products: tuple[FoodWord, ...]
    """What is bought by one name and holds several nutrients: as good as naming them all."""
    hints: tuple[FoodWord, ...]
    situations: tuple[FoodWord, ...]
    """What puts one at risk, and of which lack: used where no nutrient is named."""
    female: tuple[str, ...]
    male: tuple[str, ...]
    pregnant: tuple[str, ...]
    lactating: tuple[str, ...]
    diets: Mapping[str, tuple[str, ...]]
    points_back: tuple[str, ...]
    """Words that begin a follow-up: and, also."""
    everyday: tuple[str, ...]
    often_misspelt: tuple[str, ...]
    """Words of questions, besides the names, that near misses are put right to."""
    shorthand: Mapping[str, str]
    """Short and local ways to write common words, and the words: ``mch`` is ``much``."""
    rules: tuple[Rule, ...] = ()
    signs: tuple[Sign, ...] = ()
    """These two stand in files of their own."""


@dataclass(frozen=True, slots=True)
class Router:
    """Learned weights that tell what a message asks; ``weights`` hold a row for each intent."""

    stamp: str
    """The hash of all content and questions that the weights were learned from."""
    intents: tuple[str, ...]
    bases: tuple[float, ...]
    scales: tuple[float, ...]
    unsure: float
    """The lead over the next intent below which the person is asked."""
    weights: Sequence[int]
    known: Sequence[int]
    """By place of a word: how many of the questions that were learned from hold it."""


@dataclass(frozen=True, slots=True, eq=False)
class Nutrients:
    """The whole of it for one language; compared by identity, so it can key a cache."""

    vocabulary: Vocabulary
    details: Mapping[str, Nutrient]
    intakes: tuple[Intake, ...]
    foods: tuple[Food, ...]
    labs: tuple[LabRange, ...]
    sources: Mapping[str, Source]
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    scopes: tuple[LimitScope, ...] = ()
    salts: tuple[Salt, ...] = ()
    food_names: Mapping[str, str] = field(default_factory=dict)
    """The food of the table that a name from one kitchen stands for."""
    router: Router | None = None
