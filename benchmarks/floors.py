"""What a job can not be faster than: the pieces of Python that measure it."""

LIBYAML = """
import sys, pathlib
from yaml._yaml import CParser
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.yaml')):
    parser = CParser(path.read_bytes())
    parser.raw_parse()
    parser.dispose()
"""
READ_AND_HASH = """
import sys, os, hashlib
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), 'rb') as file:
            hashlib.blake2b(file.read(), digest_size=16).digest()
"""
STAT_WALK = """
import sys, os
def walk(folder):
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            walk(entry.path)
        else:
            entry.stat(follow_symlinks=False)
walk(sys.argv[1])
"""
VALIDATE_AND_PLAN = """
import os, sys, time, json, pathlib
if sys.argv[3] == 'one':
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from crmgov.cli.app import App, collect_rarely
from crmgov.cli.workspace import Workspace
from crmgov.cli import planning
from crmgov.plan.proposals import Options
from crmgov.load.recorded import read_recording
root = pathlib.Path(sys.argv[1])
aside = 0.0
original = read_recording
def timed(path):
    global aside
    start = time.perf_counter()
    result = original(path)
    aside += time.perf_counter() - start
    return result
import crmgov.load.recorded as recorded
recorded.read_recording = timed
collect_rarely()
start = time.perf_counter()
workspace = Workspace(App(root=root, quiet=True))
here = planning.scene(workspace, 'bench', recorded=sys.argv[2])
plan = planning.finished(workspace, here, planning.drafted(workspace, here, Options()))
print(json.dumps({'seconds': time.perf_counter() - start, 'aside': aside, 'steps': len(plan.core.steps)}))
"""
READ_PROJECT = """
import sys, pathlib
from crmgov.model.provider import Scope
from crmgov.providers.salesforce.provider import SalesforceFiles
snapshot = SalesforceFiles(None, pathlib.Path(sys.argv[1]), include_ignored=sys.argv[2] == 'yes').read(Scope())
print(len(snapshot))
"""
