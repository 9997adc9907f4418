"""What runs in the environment of django-helpdesk: none of it is imported by Redress."""
