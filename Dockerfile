# One image for web, worker, beat, sweep and the one-shot migration; the command chooses.
FROM python:3.13-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.13.9 /uv /usr/local/bin/uv
ENV UV_PROJECT_ENVIRONMENT=/opt/venv UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-cache

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home jointplan \
    && install -d -o jointplan -g jointplan /data /data/files /data/mail /data/log
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY . .
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings \
    LOG_DIR=/data/log MEDIA_ROOT=/data/files MAIL_DIR=/data/mail STATIC_ROOT=/app/static-collected
# Collecting needs settings that are complete, not true: nothing connects.
RUN SECRET_KEY=only-while-building DATABASE_URL=postgres://none@127.0.0.1:1/none \
    BROKER_URL=redis://127.0.0.1:1/0 LOG_DIR=/tmp/log MEDIA_ROOT=/tmp/files MAIL_DIR=/tmp/mail \
    python manage.py collectstatic --noinput --verbosity 0 && rm -rf /tmp/*
USER jointplan
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--preload", "--no-control-socket", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
