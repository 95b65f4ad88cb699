/** What a start finds of the time before it. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MAGIC_NUMBERS } from "../src/transport/sandbox/sandbox.js";
import { createFakeClock } from "./fake-clock.js";
import { startTestApp } from "./test-app.js";

it("sends nothing whose time is over, however much there is", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "whatsflow-"));
  const clock = createFakeClock();
  const before = await startTestApp({ dataDir, clock, keep: true });
  await Promise.all(
    Array.from({ length: 300 }, () =>
      before.request("POST", "/messages/send", {
        body: { phone_number: MAGIC_NUMBERS.unacknowledged, message: "A one-time code", ttl_seconds: 60 },
      }),
    ),
  );
  // As if they had been for somebody who can be reached, had WhatsApp not been away.
  await before.store.write(async (tx) => {
    await tx.updateTable("contacts").set({ phone_number: "+94771234567" }).execute();
  });
  await before.close();
  clock.advance(61_000);
  const after = await startTestApp({ dataDir, clock });
  try {
    const statuses = await after.store.read.selectFrom("messages").select("status").distinct().execute();
    expect(statuses).toEqual([{ status: "failed" }]);
  } finally {
    await after.close();
  }
});

it("knows its keys from the first moment on, of many requests at once", async () => {
  const app = await startTestApp();
  try {
    const fresh = await app.createKey();
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.request("GET", "/usage", { key: fresh })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  } finally {
    await app.close();
  }
});
