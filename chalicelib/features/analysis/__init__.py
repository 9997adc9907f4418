"""Analysis of a period: frequent matters, whether they become more, and groups of similar complaints."""
