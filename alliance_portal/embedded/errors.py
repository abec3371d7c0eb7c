class ServersUnavailableError(RuntimeError):
    """No database or queue can be started; the message explains what to do about it."""
