"""What notices can be about: each kind with its name, its sentence and its place among mails. No models."""
