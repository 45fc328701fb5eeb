"""pages.py SERVER TOTAL: prints the items of a paged list as JSON lines, as a script by hand does it."""
import json
import sys

import requests

server, total = sys.argv[1:]
session = requests.Session()
session.headers.update({"Authorization": "Bearer token", "Platform": "open_platform"})
page = seen = 0
while True:
    page += 1
    response = session.get(
        f"{server}/api/v1/oss/source/copy/fail", params={"taskID": total, "limit": 100, "page": page})
    payload = response.json()["data"]
    for item in payload["list"]:
        print(json.dumps(item, ensure_ascii=False, separators=(",", ":")))
    seen += len(payload["list"])
    if not payload["list"] or seen >= payload["total"]:
        break
