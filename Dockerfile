# The register's one image: web, worker, beat and migrate differ in their command only (docker-compose.yml).
FROM python:3.13.9-slim-trixie AS packages
COPY requirements.lock /
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements.lock

FROM python:3.13.9-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin register \
 && install -d -o register -g register /data
COPY --from=packages /venv /venv
WORKDIR /register
COPY manage.py ./
COPY tracker ./tracker
COPY api ./api
COPY fixtures ./fixtures
# Static files get names that change with their content. It needs the settings, but no server and no secret of anyone's.
RUN SECRET_KEY=used-for-this-line-only DATABASE_URL=postgresql:///none BROKER_URL=redis://none \
    EMAIL_URL=consolemail:// SITE_URL=https://none \
    python manage.py collectstatic --noinput --verbosity 0
USER register
EXPOSE 8000
CMD ["gunicorn", "-c", "python:tracker.config.gunicorn", "tracker.config.wsgi"]
