"""Reads from a message whom it is about: age, sex, pregnant, breastfeeding."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from tgbot.domain.questions.carrying import carrying_in
from tgbot.domain.questions.lexicon import Lexicon
from tgbot.domain.questions.question import PersonHint
from tgbot.domain.questions.words import before

OLDEST: Final = 115
WEANED: Final = 2
"""Years up to which the one who is breastfed is the child, and the one who asks its mother."""
GROWN: Final = 18
_NOT_UNIT: Final = (
    r"(?![\d.,]*\d)(?!\s*(?:mg|mcg|ug|µg|μg|iu|g|gr?ams?|kg|kilos?|ml|l|nmol|ng|pg|mmol|%|percent|x"
    r"|times?|tablets?|pills?|min|mins|minutes|stone|st|lbs?|pounds|quid|degrees|puffs|babies|kids|children|scoops|cans|drops|sachets|spoons|days?|weeks?|months?|hours?|hrs?|pm|am|cups?"
    r"|glasses|steps|stairs|miles|km|metres|units?)\b)"
)
YOUNGEST_GROWN: Final = 13
_ADULTS: Final = frozenset(
    [
        "man",
        "men",
        "woman",
        "women",
        "lady",
        "ladies",
        "wife",
        "husband",
        "mum",
        "mom",
        "dad",
        "mother",
        "father",
        "gran",
        "grandma",
    ]
)
"""After these a small number is not an age: iron man 3."""
_PRONOUN: Final = frozenset(
    {"he", "she", "him", "her", "his", "hers", "hes", "shes", "female", "male", "f", "m"}
)
_OLD: Final = re.compile(
    r"\b(\d{1,3})[\s-]*(?:(?:years?|yrs?|y)[\s/-]*(?:olds?|o)\b|yo\b|y\.o|saal\b|ans\b|jahre\b|anos\b)"
)
_I_AM: Final = re.compile(
    rf"\b(?<!like )(?:im|i am|am|aged?|umar|shes|hes|she is|he is|(?:wee|little|young|youngest|oldest|eldest) one is|at(?= [4-9]\d\b)|turning|just turned|over|my age)\s+(?:is\s+|only\s+|just\s+|now\s+|nearly\s+|almost\s+|already\s+|turned\s+){{0,2}}(\d{{1,3}})\b{_NOT_UNIT}"
)
_MONTHS: Final = re.compile(
    r"\b(\d{1,2})\s*(?:months?|mths?|mo)\s*(?:olds?\b|baby\b)|\b(?:baby|toddler|infant|girl|boy|son|daughter|child)\W+(?:of\s+|is\s+)?(\d{1,2})\s*(?:months?|mo)\b(?!\s*ago)"
    r"|\b(?:hes|shes|he is|she is)\s+(?:only\s+|just\s+|now\s+)?(\d{1,2})\s*months?\b"
    r"(?!\s*(?:ago|pregnant|preg|gone|along|in\b|into|on\b|off|post|after|clean|sober|late|away))"
)
_YEARS: Final = re.compile(
    r"(?<!for )(?<!since )(?<!last )(?<!past )\b(\d{1,3})\s*(?:years?|yrs?|yr|años|anos)\b(?!\s*(?:ago|now|straight))"
)
_SEXED: Final = re.compile(
    r"\b(\d{1,3})\s*(?:years?|yrs?|y)?\s*(?:f|m|female|male|woman|man|lady|boy|girl|guy|lad|bloke|gentleman|pregnant|breast ?feeding)\b"
)
_LASTS: Final = re.compile(
    r"\b(?:age|aged|im|am|is|are|of|de|man|woman|lady|person|child|kid|hijo|hija|girl|boy|adult|teenagers?|kids|children)\W*$"
)
_SURELY_AGE: Final = 40
"""Years from which a bare number of them is hardly how long something has been going on."""
_LASTED_BEFORE: Final = re.compile(r"\b(?:in|after|about|over|since|every|of|took|taking)\s*$")
_LETTER_AFTER: Final = re.compile(r"\b\d\d\s*(?P<sex>[fm])\b(?!\s*\d)")
_CHILD: Final = re.compile(
    rf"\b(?:child|children|kid|kids|teen|teenager|teens|toddler|person|patient|someone|adult|parents"
    rf"|neighbou?r|friend|colleague|partners?|both|me)\s*(?:of|is|are|aged?)?\s*(\d{{1,3}})\b{_NOT_UNIT}"
)
_DECADE: Final = re.compile(
    rf"\b(?:over|past|above|after|turned|at|being|in (?:my|his|her|their|your)|the)\s+([4-9]\d)(?:s|\+|plus)?(?!\w){_NOT_UNIT}"
    r"|\b(?:people|adults?|seniors?|someone|aged?|in (?:my|his|her|their|your) (?:late|early|mid))\s+"
    r"([4-9]\d)(?:s\b|\+)|\b(?P<end>[4-9]\d)\+\W*$"
)
_AT_END: Final = re.compile(
    r"\b(?:exercis\w*|workouts?|legs?|weak\w*)\s+([4-9]\d)$|\bfor ([2-9]\d)\W*$"
)
_ALONE: Final = re.compile(
    rf"(?:^|(?<!\d)[,.;?!(]\s*)(\d{{2,3}})(?=\s*(?:[,.;?!)]|$|(?:on|alone|here|retired|living|and)\b)){_NOT_UNIT}"
)
_NEWBORN: Final = re.compile(
    r"\b(?:new ?borns?|my baby (?:is|was|has|needs|gets)|breastfed baby|premature bab(?:y|ies)"
    r"|(?<!trying )(?<!try )(?<!ttc )(?:for|give|to|in|on|drops) (?:a |an |my |the |our )?(?!babies is)"
    r"(?:bab(?:y|ys|ies)|infants?))\b"
)
_UNBORN: Final = re.compile(r"\b(?:spina|neural|conceiv\w*|before|planning)\b")
_YOUNG: Final = re.compile(
    r"\b(?:for|give|giving|to) (?:(?:a|an|my|our|the|his|her|small|little|young) )*"
    r"(?:child|children|kids?|toddlers?|bab(?:y|ies)|sons?|daughters?|teen(?:ager)?s?)\b"
    r"|\b(?:do|does|can|should|my|our) (?:child|children|kids?|toddlers?)\b"
)
"""A child that an amount is asked for; a grown son is told apart only by his age."""
_CHANGED: Final = re.compile(r"\btrans\b|\btransgender\b|\bnonbinary\b|\bnon binary\b")
_MEDICINE_YEARS: Final = re.compile(
    r"\b(?:vegan|vegetarian|veggie|veg|smoker|on|with)\s*$|\b(?:on|with)\s+\w+\s*$|\w+(?:ole|in|one|ine|ide)\s*$"
)


@dataclass(frozen=True, slots=True)
class Read:
    """The person of a message, and the figures in it that were the age."""

    person: PersonHint | None
    ages: frozenset[str]
    by_name: bool
    """Someone is named (a wife, a boy), so an earlier person is not meant."""
    denies: bool = False
    """Nobody is pregnant, or breastfeeding, whatever was told before."""


def person_in(normal: str, lexicon: Lexicon) -> Read:
    """What the message says of the person it is about; ``person`` None when it says nothing."""
    age, figures = _age(normal, lexicon)
    female, male = _sexes(normal, lexicon, figures)
    told = carrying_in(normal, lexicon)
    pregnant, lactating = told.pregnant, told.lactating
    if age is not None and age < WEANED and lactating:
        age = None
    elif age is not None and age < 1:
        pregnant = lactating = False
    carrying = pregnant or lactating
    sex = _sex(female=female or carrying, male=male and not carrying)
    if _CHANGED.search(normal):
        sex = None
    child = age is None and bool(_YOUNG.search(normal)) and not (pregnant or lactating)
    hint = PersonHint(age, sex, pregnant, lactating, child)
    read = hint if hint != PersonHint() else None
    return Read(read, frozenset(figures), _names_someone(normal, lexicon), told.denies)


def _names_someone(normal: str, lexicon: Lexicon) -> bool:
    """Whether a person is named; "she" alone is whoever was talked about."""
    hits = (hit for pattern in (lexicon.female, lexicon.male) for hit in pattern.finditer(normal))
    return any(
        hit[0].strip() not in _PRONOUN and not lexicon.pregnant.fullmatch(hit[0]) for hit in hits
    )


def _sexes(normal: str, lexicon: Lexicon, figures: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether a woman and whether a man is meant; of two, the one beside the age."""
    if letter := _LETTER_AFTER.search(normal):
        return letter["sex"] == "f", letter["sex"] == "m"
    other = bool(figures) and bool(re.search(rf"\b(?:im|i am) {figures[0]}\b", normal))
    women = [m.start() for m in lexicon.female.finditer(normal) if not (other and _is_other(m))]
    men = [m.start() for m in lexicon.male.finditer(normal) if not (other and _is_other(m))]
    if women and men and figures:
        place = normal.find(figures[0])
        nearest = min((*women, *men), key=lambda start: (start > place, abs(place - start)))
        return nearest in women, nearest in men
    return bool(women), bool(men)


def _is_other(hit: re.Match[str]) -> bool:
    """Whether it is somebody else's word for a person who tells their own age: my daughter says."""
    return before(hit.string, hit.start()).endswith(("my ", "the ", "her ", "his "))


def _sex(*, female: bool, male: bool) -> Literal["male", "female"] | None:
    if female == male:
        return None
    return "female" if female else "male"


def _age(normal: str, lexicon: Lexicon) -> tuple[float | None, tuple[str, ...]]:
    if months := _MONTHS.search(normal):
        figure = months[1] or months[2] or months[3]
        return int(figure) / 12, (figure,)
    if _NEWBORN.search(normal) and not _UNBORN.search(normal):
        return 0, ()
    for figure in _candidates(normal, lexicon):
        if 0 < float(figure) <= OLDEST:
            return float(figure), (figure,)
    return None, ()


def _candidates(normal: str, lexicon: Lexicon) -> list[str]:
    patterns = (_OLD, _I_AM, _CHILD, _AT_END)
    found = [
        next(filter(None, match.groups()))
        for pattern in patterns
        for match in pattern.finditer(normal)
    ]
    for pattern in (lexicon.female, lexicon.male, lexicon.lactating):
        found += [
            m[1]
            for hit in pattern.finditer(normal)
            # A bare number after "pregnant" may be weeks as well as years, so it is neither.
            if not lexicon.pregnant.fullmatch(hit[0])
            and (m := _AFTER.match(normal, hit.end()))
            and (float(m[1]) >= YOUNGEST_GROWN or hit[0] not in _ADULTS)
        ]
    found += [match[1] for match in _YEARS.finditer(normal) if _is_age(match, normal)]
    found += [
        m[1]
        for m in _SEXED.finditer(normal)
        if m[0][-1] not in "fm" or int(m[1]) >= GROWN or m[0][-2:] == "an"
    ]
    found += [match[1] for match in _ALONE.finditer(normal) if int(match[1]) >= GROWN]
    return found + [next(filter(None, match.groups())) for match in _DECADE.finditer(normal)]


def _is_age(years: re.Match[str], normal: str) -> bool:
    """Whether a number of years is how old somebody is, and not how long something lasts."""
    near = before(normal, years.start())
    if _LASTS.search(near) or not near.strip():
        return True
    if _MEDICINE_YEARS.search(near) or _LASTED_BEFORE.search(near):
        return False
    return int(years[1]) >= _SURELY_AGE


_AFTER: Final = re.compile(
    rf"\s*(?:he |she )?(?:of|,|is|has|ko|wami|turns|na|aged?|:|-|/|\()?\s*"
    rf"(?:about\s+|over\s+|nearly\s+|almost\s+|just\s+|turning\s+)?(\d{{1,3}}(?:\.5)?)\b{_NOT_UNIT}"
)
