"""Links of duplicates: to which complaints, what they would do, and the end of the duplicate."""
