import { expect, it } from "vitest";
import type { Operation } from "./api-document.js";
import { curlOf, exampleBody, isLive, requestOf } from "./calling.js";

const replay: Operation = {
  id: "replay",
  method: "POST",
  path: "/webhooks/{id}/deliveries",
  summary: "Replay",
  description: "",
  tag: "Webhooks",
  scopes: [],
  parameters: [
    { name: "id", in: "path", required: true },
    { name: "status", in: "query" },
    { name: "Idempotency-Key", in: "header" },
  ],
  body: { schema: {}, example: {} },
  answers: [],
};
const values = { "path:id": "a/b", "query:status": "failed & gone", "header:Idempotency-Key": "once" };

it("puts each parameter where it belongs, and nothing where none was written", () => {
  const filled = { values, body: '{"note":"it\'s"}' };
  const request = requestOf("http://here", replay, filled);
  expect(request).toEqual({
    method: "POST",
    url: "http://here/api/public/v1/webhooks/a%2Fb/deliveries?status=failed+%26+gone",
    headers: { "Idempotency-Key": "once", "Content-Type": "application/json" },
    body: '{"note":"it\'s"}',
  });
  expect(requestOf("http://here", replay, { values: { "path:id": "a" }, body: "{}" })).toMatchObject({
    url: "http://here/api/public/v1/webhooks/a/deliveries",
    headers: { "Content-Type": "application/json" },
  });
  expect(typeof request === "string" ? request : curlOf(request)).toBe(
    [
      "curl -X POST 'http://here/api/public/v1/webhooks/a%2Fb/deliveries?status=failed+%26+gone'",
      '-H "Authorization: Bearer $WHATSFLOW_API_KEY"',
      "-H 'Idempotency-Key: once'",
      "-H 'Content-Type: application/json'",
      `-d '{"note":"it'\\''s"}'`,
    ].join(" \\\n  "),
  );
});

it("says what is missing, and what is no JSON", () => {
  expect(requestOf("", replay, { values: {}, body: "{}" })).toBe("Fill in id.");
  expect(requestOf("", replay, { values, body: "{" })).toMatch(/^The body is no JSON: /);
});

it("takes a key for what it is, and none for one of the mode that is shown", () => {
  expect([isLive("wf_live_a", "test"), isLive("", "live")]).toEqual([true, true]);
  expect([isLive("wf_test_a", "live"), isLive("", "test")]).toEqual([false, false]);
});

it("begins with nobody's number where it would be written to", () => {
  const example = { phone_number: "+94771234567", message: "Hello!" };
  expect(JSON.parse(exampleBody(example, true))).toEqual({ phone_number: "", message: "Hello!" });
  expect(JSON.parse(exampleBody({ phone_numbers: ["+94771234567"] }, true))).toEqual({ phone_numbers: [] });
  expect(JSON.parse(exampleBody(example, false))).toEqual(example);
});
