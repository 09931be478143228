"""What the bot says and knows, as data, with the loader and the checker of that data."""
