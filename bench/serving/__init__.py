"""The running portal under many connections, many writers, and kills."""
