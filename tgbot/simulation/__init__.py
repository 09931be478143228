"""A whole year of reminders in the real engine, on a clock that jumps from one to the next."""
