"""The pages with which a person reports the complaints office to its supervisors."""
