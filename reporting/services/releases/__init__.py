"""What surrounds a release: readers before it, subscribers, the checking of figures."""
