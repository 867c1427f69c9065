"""Files in a bucket of S3, which fail as files in a folder do: with `OSError`.

So whoever keeps or reads a file handles one kind of failure, wherever files lie.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3File, S3Storage
from storages.utils import clean_name

# Somebody waits for the answer: the defaults (60 seconds, five times) would keep them for minutes.
CONNECT_SECONDS = 3
READ_SECONDS = 20
ATTEMPTS = 3


@contextmanager
def failing_as_a_folder() -> Iterator[None]:
    """Raise `OSError` for whatever the bucket, or the way to it, refuses."""
    try:
        yield
    except (BotoCoreError, ClientError, RetriesExceededError) as error:
        raise OSError(str(error).removesuffix(".")) from error


class BucketFile(S3File):  # type: ignore[misc]
    """A file of a bucket, fetched when it is first read."""

    def _get_file(self) -> Any:
        is_new = self.__dict__.get("_file") is None
        try:
            with failing_as_a_folder():
                return super()._get_file()
        except OSError:
            if is_new:
                self._file = None  # The library would take what has come so far for the whole file.
            raise

    file = property(_get_file, S3File._set_file)


class BucketStorage(S3Storage):  # type: ignore[misc]
    """A bucket in which nothing is public and nothing is written over."""

    def get_default_settings(self) -> dict[str, Any]:
        """The library's own settings, with ours."""
        theirs: dict[str, Any] = super().get_default_settings()
        return theirs | {
            "default_acl": None,
            "file_overwrite": False,
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            ),
        }

    def _open(self, name: str, mode: str = "rb") -> BucketFile:
        key = self._normalize_name(clean_name(name))
        with failing_as_a_folder():
            try:
                return BucketFile(key, mode, self)
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND:
                    raise FileNotFoundError(f"There is no file {key}") from error
                raise

    def _save(self, name: str, content: "File[bytes]") -> str:
        with failing_as_a_folder():
            saved: str = super()._save(name, content)
            return saved

    def delete(self, name: str) -> None:
        with failing_as_a_folder():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with failing_as_a_folder():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with failing_as_a_folder():
            folders, files = super().listdir(name)
            return folders, files
