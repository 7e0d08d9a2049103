"""The monitor: it reads all of a log and holds it to what it signed, and our logs to what they promised besides."""

from qyzmet.watch.monitor.due_days import DueDays
from qyzmet.watch.monitor.monitor import Monitor, Report
from qyzmet.watch.monitor.source import Source, Unreachable, source_of
from qyzmet.watch.monitor.state import Finding, State

__all__ = ["DueDays", "Finding", "Monitor", "Report", "Source", "State", "Unreachable", "source_of"]
