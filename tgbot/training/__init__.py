"""Learns the danger screen's weights from the phrases in the repository."""
