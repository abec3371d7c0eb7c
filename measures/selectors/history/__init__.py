"""The search over all that has happened: figures, steps, rounds, checks, commitments and more as one list."""
