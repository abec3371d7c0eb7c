"""Writing notices and their mails, and what a person wants of them."""
