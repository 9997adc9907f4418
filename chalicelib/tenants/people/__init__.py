"""The people of an organisation: membership, grants, invitations, deputies."""
