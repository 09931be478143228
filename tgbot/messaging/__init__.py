"""The durable road: intake, inbox, worker, outbox, sender; nothing that came in is lost on it."""
