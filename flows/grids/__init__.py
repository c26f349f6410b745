"""Rows of cells → columns with headers: merging multi-row headers and fitting ragged rows to them."""
