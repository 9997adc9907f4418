"""E-mail: composition, Amazon SES, bounces and complaints."""
