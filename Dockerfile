# syntax=docker/dockerfile:1
# The portal's image: web server, worker and beat run from it (docker-compose.yml).

FROM python:3.11-slim-bookworm AS build
ARG UV_VERSION=0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir "uv==${UV_VERSION}"
WORKDIR /portal
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-default-groups --extra sentry
COPY . .
# collectstatic reads the settings but connects to nothing; these values stay in the build.
RUN DJANGO_SETTINGS_MODULE=alliance_portal.settings.production \
    SECRET_KEY=build ALLOWED_HOSTS=build MFA_ENCRYPTION_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE= \
    DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost/0 \
    .venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /data /data/media
COPY --from=build --chown=root:root /portal /portal
WORKDIR /portal
ENV PATH=/portal/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=alliance_portal.settings.production \
    PORTAL_EMBEDDED=0 \
    MEDIA_ROOT=/data/media
USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-m", "alliance_portal.serving.healthcheck"]
CMD ["python", "-m", "alliance_portal.web", "--host", "0.0.0.0", "--port", "8000"]
