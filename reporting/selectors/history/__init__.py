"""What reports add to the search over all that has happened."""
