"""The pages of reports about the office."""
