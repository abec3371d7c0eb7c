"""What happens when the database or Valkey does not answer."""
