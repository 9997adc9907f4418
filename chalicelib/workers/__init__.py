"""Lambda entries besides the API, and the hourly work of a tenant."""
