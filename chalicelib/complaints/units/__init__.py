"""Units: points that complaints count against them, and the tasks that follow."""
