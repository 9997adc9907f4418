"""What people ask for: whether an act is possible and permitted, who must approve it, and what it records."""
