"""Makes moto's DynamoDB atomic and faster, for tests and for the local stack. Not part of the deployment."""
