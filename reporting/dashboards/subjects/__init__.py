"""What each view shows, one module a view; ``registry`` puts them in reading order."""
