"""The page of one demand for evidence."""
