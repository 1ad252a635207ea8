"""The receipt of a declaration as a file: what was said, its hash, and what the record holds of it.

Whoever has the file recomputes the hash from `content` alone (SHA-256 of its UTF-8 bytes); of a
sealed sign-off `nonce` opens the commitment that the record held until the hour.
"""

import json

from consult.phase3_identification.models import Declaration
from stakeholders.terms import canonical

FORMAT = "jointplan-receipt-1"


def receipt_text(declaration: Declaration) -> str:
    """The file as one line of canonical JSON."""
    sealed = {}
    if declaration.sign_off.is_sealed:
        sealed = {
            "nonce": declaration.nonce,
            "commitment": canonical.commitment(declaration.content, declaration.nonce),
        }
    return (
        canonical.canonical(
            {
                "format": FORMAT,
                "algorithm": canonical.ALGORITHM,
                "content": declaration.content,
                "hash": declaration.hash,
                **sealed,
            }
        )
        + "\n"
    )


def fault_in_receipt(text: str) -> str:
    """What does not hold in a receipt file, or "" when all of it does."""
    try:
        row = json.loads(text)
        said = json.loads(row["content"])
        if (row["format"], row["algorithm"]) != (FORMAT, canonical.ALGORITHM):
            return "unknown format or hash algorithm"
        if canonical.digest(row["content"]) != row["hash"]:
            return "the text does not match its hash"
        if (
            "nonce" in row
            and canonical.commitment(row["content"], row["nonce"]) != row["commitment"]
        ):
            return "the nonce does not open the commitment"
        if not {"jurisdiction", "mandate", "revision", "general", "exceptions"} <= said.keys():
            return "the text is no declaration of a party"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"the file is no receipt: {type(error).__name__} {error}"
    return ""
