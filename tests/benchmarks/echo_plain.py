"""The peer: a python-telegram-bot echo bot as its documentation writes it, all settings as shipped."""

import logging
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def hear(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.message.reply_text(update.message.text)


def main() -> None:
    base, token = sys.argv[1:]
    logging.basicConfig(level=logging.WARNING)
    application = Application.builder().token(token).base_url(f"{base}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, hear))
    application.run_polling()


if __name__ == "__main__":
    main()
