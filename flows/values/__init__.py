"""Pure functions on printed text: numbers, units, years, operators, names. Nothing here knows a report."""
