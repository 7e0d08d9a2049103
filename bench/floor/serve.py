"""python -m bench.floor.serve PORT: makes the one table and answers, served as `qyzmet serve` serves."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def table() -> None:
    """The table, unless it is there."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.settings"
    import django

    django.setup()
    from django.db import connection

    from bench.floor.models import Slip

    if Slip._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(Slip)
    connection.close()


if __name__ == "__main__":
    table()
    Granian(
        "bench.floor.wsgi:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        log_level=LogLevels.warning,
    ).serve()
