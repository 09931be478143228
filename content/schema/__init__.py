"""The shapes of the content files: frozen dataclasses, one module per kind of content."""
