"""The copy of what is stored about a case, which its complainant asks for: a ZIP file with a page, JSON and files."""
