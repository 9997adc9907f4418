"""The page of an inspection, drawn from its document alone."""
