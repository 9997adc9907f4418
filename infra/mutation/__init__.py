"""Code mutation testing with mutmut (`make mutants`): do the tests notice when the code is changed?

The package runs in an environment of its own (`.venv/mutants`), because mutmut's packages are not needed otherwise.
"""
