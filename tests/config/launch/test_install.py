import subprocess
import sys
from pathlib import Path

from config.launch.terms import SOURCE

SCRIPT = SOURCE / "config" / "launch" / "install.sh"


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
