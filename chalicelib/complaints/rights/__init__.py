"""Who may act on a complaint and read it: grants, exclusion, confidentiality. Nothing here needs the store."""
