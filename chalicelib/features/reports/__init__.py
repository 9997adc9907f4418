"""Reports: named sets of figures, for members, with the complaints behind each figure."""
