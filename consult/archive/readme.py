"""The README of a package: how to check everything in it with Python alone, in both languages."""

from plans.register.models import Plan

_TEXT = """\
{zh}
归档包 {key}

本包依据 MANIFEST.sha256 可逐件核对，只需 Python 3（不需联网，不需本平台）。
目录见 catalogue/ 文件夹（csv、Word、PDF）。在本文件夹打开命令行：

1. 全部文件与清单一致：
   python verify/standalone_archive.py .        （或对未解压的压缩包：… PACKAGE.zip）
   也可以：sha256sum -c MANIFEST.sha256
2. 过程记录的每一条及前后衔接：
   python verify/standalone_record.py 09-record/record.jsonl
   末行哈希应与贵单位收到的“记录末端”通知相符。
3. 每一版规划文本：
   python verify/standalone_revision.py 02-text/R1/bundle.json
   所得哈希应与过程记录中 revision.publish 条目所载相符。
4. 共同认定书：
   python verify/standalone_statement.py 06-statements/statement-1/bundle.json
   python verify/standalone_follows.py 06-statements/statement-1/bundle.json
   前者核对文件未经改动，后者核对认定书所述与各方表态一致。
5. 各方表态回执：
   python verify/standalone_receipt.py 05-identification/sign-off-1/declarations/……json

尚未启封的内容不在包内，目录注明启封时间；缺失或损坏的文件在目录备注中逐件注明。
各单位内部的意见、草稿和内部记录不在包内，专家联系方式不在包内。
公开属性为“内部”的材料已注明，请按规定保管。

------------------------------------------------------------------------------------------

{en}
Archive package {key}

Every file can be checked against MANIFEST.sha256 with Python 3 alone, without a network and
without the platform. The catalogue is in catalogue/ (csv, Word, PDF). In this folder:

1. All files are those of the manifest:
   python verify/standalone_archive.py .        (or of the ZIP file: ... PACKAGE.zip)
   or: sha256sum -c MANIFEST.sha256
2. Every entry of the record and how one follows the other:
   python verify/standalone_record.py 09-record/record.jsonl
   The hash it says is the one your jurisdiction was sent as the head of the record.
3. Each revision of the text:
   python verify/standalone_revision.py 02-text/R1/bundle.json
   The hash it says is the one that the record's entry revision.publish names.
4. The common statement:
   python verify/standalone_statement.py 06-statements/statement-1/bundle.json
   python verify/standalone_follows.py 06-statements/statement-1/bundle.json
   The first finds any change to the file, the second whether the statement follows from the
   positions.
5. Receipts of positions:
   python verify/standalone_receipt.py 05-identification/sign-off-1/declarations/....json

What is still sealed is not in here; the catalogue says until when. Files that are missing or
damaged in the storage are named in the remarks of the catalogue. What is said inside one party,
drafts and the contacts of experts are not in here. Papers marked internal are to be kept as such.
"""


def readme_text(plan: Plan) -> str:
    """The same for every state of a plan: what changes stands in the catalogue."""
    return _TEXT.format(zh=plan.title_zh, en=plan.title_en or plan.title_zh, key=plan.key)
