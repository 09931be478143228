"""``python -m tgbot`` is the ``tgbot`` command."""

from tgbot.cli import main

main()
