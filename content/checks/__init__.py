"""What content must satisfy beyond its shape, one module per kind of content."""
