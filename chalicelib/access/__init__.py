"""AWS access for one tenant at a time: bindings, scoped credentials, clients, accounts, and ID token verification."""
