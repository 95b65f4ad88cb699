#!/usr/bin/env node
// Plain, old JavaScript up to the check: it has to run on the versions that it refuses. CommonJS, as loading an ES module already makes
// the threads whose number is set below.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 14)) {
  process.stderr.write(
    "whatsflow needs Node.js 22.14 or newer (its SQLite driver crashes on 22.12 and 22.13); this is " +
      process.versions.node +
      ".\n",
  );
  process.exit(1);
}
// Looking up a name takes a thread for as long as the name server lets us wait. With the usual four, four webhooks whose names hang
// would hold up all others; there are at most 64 attempts at a time.
process.env.UV_THREADPOOL_SIZE = process.env.UV_THREADPOOL_SIZE || "96";
import("../dist/main.js");
