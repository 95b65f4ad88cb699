#!/usr/bin/env node
// Plain, old JavaScript up to the check: it has to run on the versions that it refuses.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 14)) {
  process.stderr.write(
    "whatsflow needs Node.js 22.14 or newer (its SQLite driver crashes on 22.12 and 22.13); this is " +
      process.versions.node +
      ".\n",
  );
  process.exit(1);
}
import("../dist/main.js");
