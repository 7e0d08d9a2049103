"""How large files arrive: as Django takes them, save that their names do not reach the disk."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler


class ToDisk(TemporaryFileUploadHandler):
    """Django ends the temporary file's name as the sender's ends, and fails where that is longer than a disk takes."""

    def new_file(self, field_name: str, file_name: str, *rest: Any, **more: Any) -> None:
        super().new_file(field_name, "upload", *rest, **more)
        self.file_name = self.file.name = file_name
