"""Pages of the administration where lists go out and come in as files; django-import-export names them."""


def is_exchange(view: str) -> bool:
    return view.startswith("admin:") and view.endswith(("_import", "_export"))
