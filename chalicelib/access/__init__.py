"""AWS access on behalf of one tenant: bindings, scoped credentials, clients, identity, and ID token verification."""
