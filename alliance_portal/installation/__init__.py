"""What an installation is set up with: certificates for its parts, rights at the database."""
