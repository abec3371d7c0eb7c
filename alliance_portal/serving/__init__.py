"""Between the web server and Django: what a request may cost before it gets a thread."""
