"""Corrections: what people say a report prints wrong or was read wrong, kept by them in a file under version control."""
