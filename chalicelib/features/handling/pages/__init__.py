"""The pages of one complaint, for a reader with its receipt."""
