"""The documentation of the API as pages, drawn from its OpenAPI document."""
