"""Sign-in by an OpenID Connect provider: allauth's, checked more strictly, for people who are invited."""
