"""In-app messages: readers, recipients, wording and delivery."""
