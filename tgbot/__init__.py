"""Surefoot: a Telegram bot for people whose legs feel weak."""
