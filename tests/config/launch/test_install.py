import os
import subprocess
import sys
from pathlib import Path

from config.launch.terms import SOURCE

SCRIPT = SOURCE / "config" / "launch" / "install.sh"
SYSTEM = Path("/usr/bin/python3")
OLD = "#!/bin/sh\necho an old one >&2; exit 1\n"


def chosen(tmp_path: Path, **environment: str) -> Path:
    """The interpreter of a new environment; a stub of uv notes what it is asked for."""
    tools, asked = tmp_path / "tools", tmp_path / "asked"
    tools.mkdir(exist_ok=True)
    uv = tools / "uv"
    uv.write_text(
        f'#!/bin/sh\n[ "$1" != venv ] || {{ echo "$*" > {asked}; mkdir -p {tmp_path}/new; }}\n'
    )
    uv.chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"
    command = ["sh", str(SCRIPT), "run", str(tmp_path / "new")]
    env = {key: value for key, value in os.environ.items() if key != "PYTHON"}
    subprocess.run(command, check=True, env={**env, "PATH": path, **environment})
    words = asked.read_text().split()
    return Path(words[words.index("--python") + 1])


def test_install_leaves_an_environment_of_others_alone(tmp_path: Path) -> None:
    foreign = tmp_path / "shared"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(foreign)], check=True)
    before = {path: path.lstat().st_mtime_ns for path in foreign.rglob("*")}
    done = subprocess.run(
        ["sh", str(SCRIPT), "dev", str(foreign)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{foreign} was not made by make: ")
    assert {path: path.lstat().st_mtime_ns for path in foreign.rglob("*")} == before


def test_install_takes_the_system_interpreter_before_those_of_the_path(tmp_path: Path) -> None:
    """A version manager's comes first in the path and is mostly built without optimizations."""
    code = "import sys; sys.exit(sys.version_info < (3, 11))"
    new_enough = (
        SYSTEM.exists() and not subprocess.run([SYSTEM, "-c", code], check=False).returncode
    )
    assert (chosen(tmp_path) == SYSTEM) == new_enough


def test_install_takes_the_interpreter_that_is_named(tmp_path: Path) -> None:
    assert chosen(tmp_path, PYTHON=sys.executable) == Path(sys.executable)


def test_install_passes_over_an_interpreter_that_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text(OLD)
    old.chmod(0o755)
    found = chosen(tmp_path, PYTHON=str(old))
    assert found != old
    assert found.exists()
