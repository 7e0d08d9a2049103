"""Rows in and out of the database by statements written once a process, for the ways that everybody goes.

The ORM builds each statement anew; for the dozen rows of an appeal that takes several times as long as the database
does (docs/decisions/0012-rows-by-statements-written-once.md). Models, their fields, constraints and triggers stay what
they are: this room only writes down once what the ORM would say.
"""

from qyzmet.rows.many import update_all
from qyzmet.rows.read import columns, made, width
from qyzmet.rows.write import insert, insert_all, update

__all__ = ["columns", "insert", "insert_all", "made", "update", "update_all", "width"]
