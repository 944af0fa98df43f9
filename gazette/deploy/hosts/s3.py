"""An S3-compatible bucket: Amazon's, Aliyun OSS, Tencent COS, MinIO."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import msgspec

from gazette.deploy.target import (
    OWN,
    Found,
    Target,
    Upload,
    lost,
    missing_library,
    not_allowed,
    refused,
)

T = TypeVar("T")
_PART = 1 << 23
_LARGE = 1 << 26
"""From here on a file is sent in several parts."""
_DENIED = frozenset(
    ["403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"]
)
_ABSENT = frozenset(["404", "NoSuchKey", "NotFound"])
_TYPES = {
    "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8",
    "xml": "application/xml", "json": "application/json", "webmanifest": "application/manifest+json",
    "wasm": "application/wasm", "pdf": "application/pdf", "zip": "application/zip",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon",
    "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "m4a": "audio/mp4", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
    "doc": "application/msword", "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
"""Types are told with each file, for a bucket cannot be configured like a server."""
_FOR_EVER = re.compile(r"assets/.*[.-][0-9a-f]{8,}\.\w+")


class Bucket(msgspec.Struct, frozen=True):
    """Where in which bucket; `own` is Gazette's folder there, `acl` the access to each file."""

    name: str
    prefix: str
    own: str
    acl: str = ""

    def key(self, path: str) -> str:
        """The key of a path."""
        if path.startswith(OWN) and self.own:
            return f"{self.own}/{path.removeprefix(OWN)}"
        return self.prefix + path


class S3Target(Target):
    """Objects in a bucket; each is replaced whole by the service itself."""

    def __init__(self, files: Any, bucket: Bucket, parallel: int) -> None:
        self.parallel = parallel
        self._files = files
        self._bucket = bucket

    def look(self, path: str) -> Found | None:
        """The file; None if there is none."""
        try:
            head = self._call("head_object", path)
        except FileNotFoundError:
            return None
        return Found(int(head["ContentLength"]), str(head.get("ETag", "")))

    def walk(self) -> Iterator[tuple[str, Found]]:
        """All files but Gazette's own."""
        more: dict[str, str] = {}
        prefix = self._bucket.prefix
        while True:
            page = self._run(
                partial(
                    self._files.call_s3, "list_objects_v2", Bucket=self._bucket.name,
                    Prefix=prefix, **more,
                ),
                "",
            )  # fmt: skip
            for item in page.get("Contents", ()):
                path = item["Key"].removeprefix(prefix)
                if path and not path.endswith("/") and not self._is_own(item["Key"]):
                    yield path, Found(int(item["Size"]), str(item.get("ETag", "")))
            if not page.get("IsTruncated"):
                return
            more = {"ContinuationToken": page["NextContinuationToken"]}

    def read(self, path: str) -> Iterator[bytes]:
        """The file's bytes."""
        found = self.look(path)
        if found is None:
            raise FileNotFoundError(path)
        place = f"{self._bucket.name}/{self._bucket.key(path)}"
        for start in range(0, found.size, _PART):
            end = min(start + _PART, found.size)
            yield self._run(partial(self._files.cat_file, place, start=start, end=end), path)

    def put(self, upload: Upload) -> Found:
        """Make or replace an object."""
        if upload.size >= _LARGE and upload.file:
            place = f"{self._bucket.name}/{self._bucket.key(upload.path)}"
            options = self._options(upload.path)
            self._run(lambda: self._files.put_file(str(upload.file), place, **options), upload.path)
            return self.look(upload.path) or Found(upload.size)
        answer = self._call(
            "put_object", upload.path, Body=upload.whole(), **self._options(upload.path)
        )
        return Found(upload.size, str(answer.get("ETag", "")))

    def create(self, path: str, data: bytes) -> bool:
        """Make an object unless there is one; services that cannot are asked before and after."""
        if self.look(path):
            return False
        options = {"Body": data, **self._options(path)}
        try:
            self._call("put_object", path, IfNoneMatch="*", **options)
        except FileExistsError:
            return False
        except NotImplementedError:
            self._call("put_object", path, **options)
        return True

    def delete(self, path: str) -> None:
        """Remove an object, if it is there."""
        self._call("delete_object", path)

    def _options(self, path: str) -> dict[str, str]:
        name = re.sub(r"\.(gz|br)$", "", path)
        options = {"ContentType": _TYPES.get(name.rpartition(".")[2].lower(), _BYTES)}
        if path.startswith(OWN):
            return options | ({"ACL": "private"} if self._bucket.acl else {})
        lasting = _FOR_EVER.fullmatch(path)
        options["CacheControl"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return options | ({"ACL": self._bucket.acl} if self._bucket.acl else {})

    def _is_own(self, key: str) -> bool:
        own = self._bucket.own or (self._bucket.prefix + OWN).rstrip("/")
        return key.startswith(f"{own}/")

    def _call(self, method: str, path: str, **options: Any) -> Any:
        bucket = self._bucket
        return self._run(
            lambda: self._files.call_s3(
                method, Bucket=bucket.name, Key=bucket.key(path), **options
            ),
            path,
        )

    def _run(self, work: Callable[[], T], path: str) -> T:
        from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

        host = self._bucket.name
        try:
            return work()
        except FileNotFoundError as fault:
            raise FileNotFoundError(path) from fault
        except NoCredentialsError as fault:
            raise not_allowed(host, fault) from fault
        except BotoCoreError as fault:
            raise lost(host, fault) from fault
        except (ClientError, OSError) as fault:
            raise _fault_of(fault, host, path) from fault


_BYTES = "application/octet-stream"


def _fault_of(fault: Exception, host: str, path: str) -> Exception:
    """What the service's answer means."""
    cause = fault if hasattr(fault, "response") else fault.__cause__
    answer: dict[str, Any] = getattr(cause, "response", None) or {}
    code = str(answer.get("Error", {}).get("Code", ""))
    status = int(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in _ABSENT:
        return FileNotFoundError(path)
    if status == 412 or code in {"PreconditionFailed", "ConditionalRequestConflict"}:
        return FileExistsError(path)
    if status == 501 or code == "NotImplemented":
        return NotImplementedError(path)
    if code in _DENIED or isinstance(fault, PermissionError):
        return not_allowed(host, fault)
    if status and status < 500:
        return refused(host, path, fault)
    return lost(host, fault)


def s3_files(options: dict[str, str]) -> Any:
    """The service: `endpoint`, `region`, `profile`, `addressing`, `ca`; keys as Amazon's own tools find them."""
    try:
        from s3fs import S3FileSystem
    except ModuleNotFoundError as fault:
        raise missing_library("s3fs") from fault
    config: dict[str, Any] = {
        # Other services than Amazon's do not know the newer checksums.
        "request_checksum_calculation": "when_required",
        "response_checksum_validation": "when_required",
        "s3": {"addressing_style": options["addressing"]},
        "retries": {"max_attempts": 1},
        "connect_timeout": 30,
        "read_timeout": 60,
    }
    client = {"verify": options["ca"]} if options["ca"] else {}
    client |= {"region_name": options["region"]} if options["region"] else {}
    return S3FileSystem(
        endpoint_url=options["endpoint"] or None,
        profile=options["profile"] or None,
        client_kwargs=client,
        config_kwargs=config,
        use_listings_cache=False,
        skip_instance_cache=True,
    )
