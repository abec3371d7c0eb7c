"""The environment, as the settings read it."""

import environ
from environ.fileaware_mapping import FileAwareMapping


class WithoutLastLineBreak(FileAwareMapping):
    """``NAME_FILE`` names a file with the value of ``NAME``, which most commands end with a line break."""

    def __getitem__(self, key: str) -> str:
        value: str = super().__getitem__(key)
        return value.rstrip("\r\n") if self.env.get(f"{key}_FILE") else value


class FileAwareEnv(environ.Env):
    ENVIRON = WithoutLastLineBreak()


env = FileAwareEnv()
