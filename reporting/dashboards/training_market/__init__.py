"""The training market as a view, and what each of its numbers is formed of."""
