import { NOISE_WA_HEADER } from "baileys";
import { expect, test } from "vitest";
import { FrameReader, toFrame } from "./noise.js";

const frames = Buffer.concat([toFrame(Buffer.from("first")), toFrame(Buffer.from("second"))]);

test.each([
  ["plain", NOISE_WA_HEADER],
  [
    "with routing",
    Buffer.concat([Buffer.from("ED"), Buffer.from([0, 1, 0, 0, 3]), Buffer.from("abc"), NOISE_WA_HEADER]),
  ],
])("frames are cut wherever the stream is, greeting %s", (_name, greeting) => {
  const stream = Buffer.concat([greeting, frames]);
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const reader = new FrameReader();
    const read = [...reader.read(stream.subarray(0, cut)), ...reader.read(stream.subarray(cut))];
    expect(read.map(String)).toEqual(["first", "second"]);
  }
});

test("another protocol is refused", () => {
  expect(() => new FrameReader().read(Buffer.from("GET / HTTP/1.1"))).toThrow("wrong greeting");
});
