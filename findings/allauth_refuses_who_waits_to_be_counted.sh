#!/usr/bin/env bash
# django-allauth 65.21.1: a limit "per ip" counts people one after the other under a lock in the cache, and waits
# one second for it. Whoever waits longer is answered 429, as if the limit were reached: here twenty colleagues
# behind one address sign in at once, the limit is 600 a minute, and a cache that takes a tenth of a second an
# operation is enough. No setting says so; the wait is a constant of `allauth.core.internal.ratelimit`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==5.2.19 django-allauth==65.21.1
cat >"$folder/slow.py" <<'PY'
"""A cache as far away as a busy server makes it."""

import time

from django.core.cache.backends.locmem import LocMemCache


class Cache(LocMemCache):
    def get(self, key, default=None, version=None):
        time.sleep(0.1)
        return super().get(key, default, version)
PY
cat >"$folder/urls.py" <<'PY'
from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
PY
cat >"$folder/run.py" <<'PY'
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="no secret",
    ALLOWED_HOSTS=["testserver"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{sys.argv[1]}/db"}},
    CACHES={"default": {"BACKEND": "slow.Cache"}},
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages", "allauth", "allauth.account",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ACCOUNT_LOGIN_METHODS={"email"},
    ACCOUNT_RATE_LIMITS={"login": "600/m/ip"},
    ROOT_URLCONF="urls",
)
django.setup()

from allauth.core.internal import ratelimit
from django.core.management import call_command
from django.db import connection
from django.test import Client

call_command("migrate", verbosity=0)


def sign_in(number: int) -> int:
    try:
        form = {"login": f"agent{number}@exemple.example", "password": "a long password"}
        return Client().post("/login/", form).status_code
    finally:
        connection.close()


def answers() -> Counter:
    with ThreadPoolExecutor(20) as pool:
        return Counter(pool.map(sign_in, range(20)))


print("django-allauth", version("django-allauth"))
told = answers()
print(f"one second of patience: {told[429]} of 20 were answered 429, under a limit of 600 a minute")
assert told[429] >= 5, told
ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 30
told = answers()
print(f"thirty seconds of patience: {told[429]} of 20 were answered 429")
assert told[429] == 0, told
PY
cd "$folder" && "$folder/venv/bin/python" run.py "$folder"
