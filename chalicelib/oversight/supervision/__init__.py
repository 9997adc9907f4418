"""Reports about the office itself (P1.8): filed by anybody, handled by people who had no part in the matter."""
