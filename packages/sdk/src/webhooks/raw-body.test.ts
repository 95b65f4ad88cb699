import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, it } from "vitest";
import { keptBody, readNodeStream, readWebStream } from "./raw-body.js";

const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 10 });
const limit = fc.integer({ min: 1, max: 60 });
const refused = { answer: { status: 413 } };

function webStream(parts: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

it("gives the bytes that came, however they were cut, and never more than the limit", async () => {
  await fc.assert(
    fc.asyncProperty(chunks, limit, async (parts, maxBytes) => {
      const whole = Buffer.concat(parts);
      const reads = [
        readNodeStream(Readable.from(parts.map((part) => Buffer.from(part))), maxBytes),
        readWebStream(webStream(parts), maxBytes),
        (async () => keptBody({ body: whole }, maxBytes, ""))(),
      ];
      for (const read of reads) {
        if (whole.length > maxBytes) await expect(read).rejects.toMatchObject(refused);
        else expect(Buffer.from(await read)).toEqual(whole);
      }
    }),
  );
});

it("takes a stream's text for its bytes", async () => {
  const text = "Grüße 😀";
  const stream = Readable.from([Buffer.from(text)]).setEncoding("utf8");
  expect(Buffer.from(await readNodeStream(stream, 100))).toEqual(Buffer.from(text));
});

it("refuses a stream that gives something else", async () => {
  await expect(readNodeStream(Readable.from([{ a: 1 }]), 100)).rejects.toThrow("something else than bytes");
});

it("has no bytes where there is no body", async () => {
  expect(await readWebStream(null, 1)).toEqual(new Uint8Array());
});

it("tells the sender of a body that breaks off", async () => {
  const stream = new Readable({ read: () => {} });
  stream.push("{");
  const read = readNodeStream(stream, 100);
  stream.destroy(new Error("reset"));
  await expect(read).rejects.toMatchObject({ answer: { status: 400 } });
});
