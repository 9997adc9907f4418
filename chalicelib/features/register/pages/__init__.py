"""The pages of the public register: a list with filters, and one notice."""
