"""Why places stay empty while people search, and how many could be helped: plain numbers in and out."""
