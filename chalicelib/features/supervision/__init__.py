"""Reports about the office itself (P1.8): filed by any person, handled by people who had no part in the matter."""
