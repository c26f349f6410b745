"""Whose report a document is, about which year, and of which kind: found in the report itself."""
