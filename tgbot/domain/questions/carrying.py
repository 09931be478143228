"""Tells whether somebody is pregnant or breastfeeding, and not where that is only denied or past."""

import re
from dataclasses import dataclass
from typing import Final

from tgbot.domain.questions.lexicon import Lexicon
from tgbot.domain.questions.words import before

_DENIED_BEFORE: Final = re.compile(
    r"(?:\b(?:not|no|no longer|isnt|arent|aint|wasnt|werent|dont|doesnt|didnt|wont|havent|hasnt|cant"
    r"|cannot|couldnt|never|neither|nor|non|stopped|finished|gave up|given up|quit|done|off|used to"
    r"|without|instead of)"
    r"[ -]+(?:(?:currently|yet|now|actually|even|being|be|been|getting|get|become|a|any|longer|still"
    r"|planning|plan|trying|going|want|wanting|to|i|am|im|with|my)[ -]+){0,3}"
    r"|\b(?:when|since|while|before|after|post|last|previous|earlier)[ -]+"
    r"(?:(?:(?:i|she|you|we|my wife) (?:was|were)|my|her|the|getting|being|having|become|becoming"
    r"|last|first|second|a)[ -]+){0,2}"
    r"|\b(?:try|trying|hope|hoping|plan|planning|want|wanting|wants|wish|going) to (?:get|be|become|fall) )$"
)
"""What stands before the word where nobody carries or feeds a child now."""
_LEFT_OVER: Final = re.compile(
    r"\b(?:left|left ?overs?|remaining|had|have|got)\b.{0,15} from (?:(?:my|her|the|last) )?$"
)
"""What is left from a pregnancy, which is over."""
_PRODUCT_AFTER: Final = re.compile(
    r"\s+(?:vit\w*|multi\w*|tablets?|tabs|pills?|supplements?|ones?)\b"
)
"""Pregnancy vitamins, which a man may take too."""
_STILL: Final = re.compile(r"\b(?:while|when|during)[ -]+(?:my |the |her |a )?$")
"""``while breastfeeding`` and ``when pregnant`` tell of now."""
_DENIED_AFTER: Final = re.compile(
    r"\s*[:=?,-]?\s*(?:no|nope|nah|none|not|n)\s*(?:[,;/)]|\.(?!\d)|$)|\s+(?:is |was |were )?(?:long )?"
    r"(?:ago|over|\d+ years? ago|last year|years ago)\b"
)
_WITH_IT: Final = re.compile(r"\s*(?:\bor\b|\bnor\b|/)\s*(?:am i |am |even |currently |is )?")
"""Between two words that one denial is of: not pregnant or breastfeeding."""
_HERSELF: Final = re.compile(
    r"preg(?!nancy)|expecting|with child|breast ?feeding|nursing|lactating"
)
_WEEKS: Final = re.compile(
    r"(?:^|[,.;(]|\b(?:im|me|i am|am|at|booking|she is|shes|wife)(?: now| about)?)\s*"
    r"(?:\d\d and )?(?:[4-9]|[1-3]\d|4[0-2])\s?(?:weeks?|wks?)\b"
    r"(?!\s*(?:ago|old|later|of|course|post|after|in\b|on\b|baby|off|without|into|pass))"
    r"|\bin (?:my |the |her )?(?:\w+th|\d(?:st|nd|rd|th)) month\b"
)
"""Weeks that somebody is in, as only the pregnant say."""
_OTHER_WEEKS: Final = re.compile(
    r"\b(?:he|hes|his|him|father|dad|daddy|husband|hubby|brother|son|uncle|grand(?:dad|pa|father)"
    r"|hip|knee|ankle|surgery|operation|op|hospital|ward|fracture|broken?|cast|stroke|icu)\b"
)
"""What bare weeks count from instead: an illness, or the time of a man."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """What a message says of carrying or feeding a child."""

    pregnant: bool
    lactating: bool
    denies: bool
    """One of the two is denied, so that it is not to be taken from the question before."""


def carrying_in(normal: str, lexicon: Lexicon) -> Carrying:
    """Who carries or feeds a child now; a word that is denied says nothing."""
    hits = [("pregnant", hit) for hit in lexicon.pregnant.finditer(normal)]
    hits += [("lactating", hit) for hit in lexicon.lactating.finditer(normal)]
    told: dict[str, list[str]] = {"pregnant": [], "lactating": []}
    denied: set[str] = set()
    end, last = -1, False
    for what, hit in sorted(hits, key=lambda each: each[1].start()):
        shared = last and bool(_WITH_IT.fullmatch(normal, end, hit.start()))
        last, end = shared or _is_denied(normal, hit, lexicon), hit.end()
        if last:
            denied.add(what)
        else:
            told[what].append(hit.group())
    kept = {what: _is_told(words, what in denied) for what, words in told.items()}
    weeks = bool(_WEEKS.search(normal)) and not _OTHER_WEEKS.search(normal)
    return Carrying(kept["pregnant"] or weeks, kept["lactating"], bool(denied))


def _is_told(words: list[str], denied: bool) -> bool:
    """Beside a denial only a word for the state itself counts, and no pregnancy vitamins."""
    return any(not denied or _HERSELF.match(word) for word in words)


def _is_denied(normal: str, hit: re.Match[str], lexicon: Lexicon) -> bool:
    near = before(normal, hit.start())
    if _DENIED_AFTER.match(normal, hit.end()) or _LEFT_OVER.search(near):
        return True
    if _PRODUCT_AFTER.match(normal, hit.end()) and lexicon.male.search(normal):
        return True
    return bool(_DENIED_BEFORE.search(near)) and not _STILL.search(near)
