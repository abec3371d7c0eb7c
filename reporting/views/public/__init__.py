"""The public site: the same for everybody, without signing in, cookies or scripts."""
