"""Mailings: an inspection or a report goes to named members by mail, as a link, on the day that the owners set."""
