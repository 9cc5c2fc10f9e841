# One image for web, worker and beat; docker-compose.yml says how they run together.

FROM python:3.12-slim-bookworm AS packages
COPY requirements/app.txt /tmp/app.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/app.txt

FROM python:3.12-slim-bookworm
# Pango draws the letters of the PDFs; these fonts have those that Marianne lacks, from Chinese to emoji.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        fontconfig fonts-noto-core fonts-noto-color-emoji fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=eig.settings \
    EIG_DATA=/data \
    STATIC_ROOT=/srv/static \
    REMAP_SIGTERM=SIGQUIT

WORKDIR /srv/eig
COPY . .
# A print or the check of a file starts a Python of its own: it finds our code compiled, as it does the packages'.
RUN python -m compileall -q .
# The static files are part of the image; the secrets given here serve this step only.
RUN SECRET_KEY=build DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost \
    python bin/_prepare.py --static

RUN useradd --system --uid 10001 --home-dir /data eig && install -d -o eig -g eig -m 0700 /data
USER eig
VOLUME /data
EXPOSE 8000

CMD ["gunicorn", "eig.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--preload", \
     "--max-requests", "2000", "--max-requests-jitter", "200", "--worker-tmp-dir", "/dev/shm", \
     "--access-logfile", "-", "--logger-class", "eig.diversity.logs.QuietLogger", "--no-control-socket"]
