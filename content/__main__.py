"""``python -m content`` checks all content and says in plain sentences what is wrong."""

import sys

from content.checks import checkup as checkup_checks
from content.checks import (
    exercises,
    faq,
    messages,
    nutrients,
    places,
    red_flags,
    tablets,
)
from content.checks import (
    languages as other_languages,
)
from content.files import ContentError
from content.loader import Catalogue, languages, load
from content.verification import write_page

SAFETY = "--safety"


def problems(catalogue: Catalogue) -> list[str]:
    """Everything that is wrong in one language, a sentence each."""
    return [
        *messages.problems(catalogue.messages),
        *red_flags.problems(catalogue.red_flags),
        *checkup_checks.problems(catalogue.checkup),
        *nutrients.problems(catalogue.nutrients),
        *tablets.problems(catalogue.nutrients),
        *exercises.problems(catalogue.exercises),
        *places.problems(catalogue.places),
        *faq.problems(catalogue.faq),
        *other_languages.problems(catalogue.languages),
    ]


def main() -> int:
    """Checks every language; 0 when nothing is wrong. With --safety it writes the safety page."""
    if SAFETY in sys.argv[1:]:
        write_page(load())
        return 0
    wrong = 0
    for language in languages():
        try:
            catalogue = load(language)
        except ContentError as broken:
            sys.stdout.write(f"{language}: {broken}\n")
            wrong += 1
            continue
        found = problems(catalogue)
        for sentence in found:
            sys.stdout.write(f"{language}: {sentence}\n")
        wrong += len(found)
        count = len(catalogue.messages.texts)
        sys.stdout.write(f"{language}: {count} sentences, {len(found)} problems\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
