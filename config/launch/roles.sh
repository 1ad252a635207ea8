#!/bin/sh
# Runs once, when the postgres image makes its data: the application's role beside the owner.
# It may read and write what the owner makes; append-only tables take more away again.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" -v ON_ERROR_STOP=1 -v word="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE jointplan_app LOGIN PASSWORD :'word';
REVOKE ALL ON DATABASE jointplan FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE jointplan TO jointplan_app;
ALTER DEFAULT PRIVILEGES FOR ROLE jointplan IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO jointplan_app;
ALTER DEFAULT PRIVILEGES FOR ROLE jointplan IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO jointplan_app;
SQL
