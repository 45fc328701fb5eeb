"""main.py RESULTS SERVER [--short]: RESULTS is a folder with what the benchmark library measured."""
import sys
import tempfile

import calls
import generator
import table
import terminal

folder, server, short = sys.argv[1], sys.argv[2], "--short" in sys.argv
calls.report(folder, short)
with tempfile.TemporaryDirectory() as scratch:
    generator.sizes(scratch)
    generator.speed(scratch, short)
    generator.editing(scratch)
    if not short:
        terminal.report(scratch, server)
        generator.renaming(scratch)
        generator.cold(scratch)
sys.exit(0 if table.show() else 1)
