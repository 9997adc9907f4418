"""Reports about an office of which no person in the organisation is independent."""
