"""A local Bot API server and a chat page for the browser; it knows JSON and no bot library."""
