"""Making the rows of an answer from counts."""
