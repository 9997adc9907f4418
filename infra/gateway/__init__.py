"""What the template and the package say to API Gateway beyond the app's routes."""
