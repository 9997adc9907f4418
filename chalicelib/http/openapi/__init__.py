"""The OpenAPI document and the pages about problems, made from the route contracts."""
