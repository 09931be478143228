"""Use cases: each is one short transaction that reads, decides through the domain, and writes."""
