"""Units: the points that complaints count against them, and the resulting tasks."""
