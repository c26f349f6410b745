"""Where reports come from: the raw folder, what was seen of it before, what is new, changed or gone."""
