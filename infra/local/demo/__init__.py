"""The demonstration tenants of the local stack, and where it shows them."""
