class ServersUnavailableError(RuntimeError):
    """No database or queue can be had; the message says what to do about it."""
