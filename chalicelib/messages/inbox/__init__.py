"""In-app messages: recipients, wording and delivery."""
