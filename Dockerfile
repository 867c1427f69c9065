# The portal as a container image. One image serves web, worker and scheduler: see compose.yaml.

FROM python:3.13-slim-trixie AS packages
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.13-slim-trixie
# pg_dump and pg_restore of the database's version, for backups.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /var/lib/ccm-portal
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ENV_FILE=/dev/null \
    VAR_DIR=/var/lib/ccm-portal \
    STATIC_ROOT=/srv/portal-static \
    BIND=0.0.0.0:8000
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/portal
# The code belongs to root: the portal can read it and not change it.
COPY manage.py LICENSE ./
COPY ccm_portal ccm_portal
COPY states states
COPY reports reports
COPY actions actions
COPY templates templates
COPY static static
# A key for this step alone: it signs nothing, and is not kept in the image.
RUN SECRET_KEY=only-for-collecting-static-files-at-build VAR_DIR=/tmp/build \
    python manage.py collectstatic --no-input --verbosity 0 && rm -rf /tmp/build
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "python:ccm_portal.web_server", "--worker-tmp-dir", "/dev/shm", "ccm_portal.wsgi"]
