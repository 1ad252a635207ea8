#!/bin/sh
# Installs the locked dependencies. Usage: install.sh run|dev VENV
# uv from the path serves when there is one; otherwise a pinned uv goes into .tools/ of the checkout.
set -eu
UV_VERSION=0.13.9
want=$1
venv=$2
cd "$(dirname "$0")/../.."
root=$(pwd -P)

# An environment that is not of our making may serve others: uv would rebuild it for another
# interpreter and remove what the lock does not name. So it is left alone.
parent=$(cd "$(dirname "$venv")" 2>/dev/null && pwd -P || echo none)
if [ -e "$venv/pyvenv.cfg" ] && [ ! -e "$venv/.made-by-make" ] && [ "$parent" != "$root" ]; then
    echo "$venv was not made by make: unset UV_PROJECT_ENVIRONMENT, or name a folder that does not exist yet" >&2
    exit 1
fi

# The system's own first: distributions build it optimized by profile, version managers mostly do
# not, and then the site takes a sixth more processor time. PYTHON names another one.
first_with() {
    for name in ${PYTHON:-/usr/bin/python3} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c "import sys, $1; sys.exit(sys.version_info < (3, 11))" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

python=$(first_with os)
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is needed; python3 here is: $(python3 --version 2>&1 || echo missing)" >&2
    exit 1
fi

uv=$(command -v uv || echo .tools/uv/bin/uv)
if ! "$uv" --version >/dev/null 2>&1; then
    uv=.tools/uv/bin/uv
    maker=$(first_with "ensurepip, venv")
    if [ -z "$maker" ]; then
        echo "Python's venv is missing: apt install python3-venv" >&2
        exit 1
    fi
    rm -rf .tools/uv
    "$maker" -m venv .tools/uv
    .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi

export UV_PROJECT_ENVIRONMENT="$venv" UV_PYTHON_DOWNLOADS=never
# Offices that inspect TLS have their own authority in the system's store, which uv does not read by itself.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}"
# A working environment keeps its interpreter; naming another one would make uv rebuild it.
if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$uv" venv --quiet --allow-existing --python "$python" "$venv"
fi
touch "$venv/.made-by-make"
echo "Installing what uv.lock names ..."
if [ "$want" = run ]; then
    # --inexact leaves the tools of development where they are already installed.
    "$uv" sync --quiet --locked --no-dev --inexact
else
    "$uv" sync --quiet --locked
    touch "$venv/.installed-dev"
fi
touch "$venv/.installed-run"
