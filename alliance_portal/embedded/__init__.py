"""PostgreSQL and Valkey for a machine that has neither.

While ``DATABASE_URL`` or ``REDIS_URL`` is unset, ``provide()`` starts the missing server from its
wheel and sets the variable. The servers live as long as a process uses them: the last one to end
stops them, unless ``python -m alliance_portal.embedded start`` asked for more.
"""

from alliance_portal.embedded.errors import ServersUnavailableError
from alliance_portal.embedded.servers import leave, provide, restart_missing, start, status, stop

__all__ = ["ServersUnavailableError", "leave", "provide", "restart_missing", "start", "status", "stop"]
