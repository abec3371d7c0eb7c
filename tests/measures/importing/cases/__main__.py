"""Write the files of all cases into a folder: ``python -m tests.measures.importing.cases FOLDER``."""

import sys
from pathlib import Path

from tests.measures.importing.cases import all_cases
from tests.measures.importing.cases.files import write_file

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for case in all_cases().values():
    write_file(case, folder)
