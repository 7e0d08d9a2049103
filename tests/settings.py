"""Settings under test: a data folder of its own, quick password hashes, nothing from the environment of the operator.

`QYZMET_TEST_DATABASE=postgres://postgres@127.0.0.1:5432/postgres` runs the tests on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="qyzmet-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("QYZMET_")]:
    if name not in ("QYZMET_REQUIRE", "QYZMET_TEST_DATABASE", "QYZMET_VECTORS"):
        del os.environ[name]
os.environ["QYZMET_DATA"] = FOLDER
os.mkdir(f"{FOLDER}/static")  # noqa: PTH102
# a browser under test runs an event loop beside Django's code
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["QYZMET_DEMO"] = "1"  # plain HTTP, as in a test client
os.environ["QYZMET_SECRET_KEY"] = "a key for tests only " * 3
os.environ["QYZMET_DATABASE"] = os.environ.get("QYZMET_TEST_DATABASE", "")
os.environ["QYZMET_HOSTS"] = "testserver,127.0.0.1,localhost"

from qyzmet.settings import *  # noqa: E402, F403
from qyzmet.settings import DATABASES, STORAGES  # noqa: E402

DEMO = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # a file, so that several threads can meet in it; nothing needs to survive a power cut here
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
DATABASES["default"]["CONN_MAX_AGE"] = 0
