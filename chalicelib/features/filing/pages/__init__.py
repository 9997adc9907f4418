"""The pages of a filing, and of a receipt."""
