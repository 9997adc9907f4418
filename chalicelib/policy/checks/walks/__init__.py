"""Follows all cases of a policy from stage to stage."""
