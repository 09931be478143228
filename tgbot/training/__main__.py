"""``python -m tgbot.training``: learns the danger screen's weights anew and writes them."""

import sys

from content.files import DATA
from content.loading_red_flags import load_red_flags
from content.weights_red_flags import WEIGHTS, write_score
from tgbot.domain.red_flags import compile_rules
from tgbot.training.corpus import read_phrases, stamp
from tgbot.training.folds import examples
from tgbot.training.learning import learn_score


def main() -> None:
    """Learns from all phrases of the English screen; takes a minute or two on one core."""
    folder = DATA / "en" / "red_flags"
    red_flags = load_red_flags(folder, scored=False)
    known = examples(read_phrases(folder, red_flags), compile_rules(red_flags))
    score = learn_score(known, stamp(folder))
    write_score(score, folder / WEIGHTS)
    size = (folder / WEIGHTS).stat().st_size
    sys.stdout.write(
        f"{len(known)} phrases, {size} bytes, warn from {score.warn:.3f}, ask from {score.ask:.3f}, calm {score.calm:.3f}\n"
    )


if __name__ == "__main__":
    main()
