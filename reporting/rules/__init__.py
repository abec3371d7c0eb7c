"""What layers above and below ask alike."""
