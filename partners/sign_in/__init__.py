"""How django-allauth, which signs people in, is fitted to the portal."""
