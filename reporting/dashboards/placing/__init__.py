"""How places and people come together after 30 September: what does not match, and three offers for each."""
