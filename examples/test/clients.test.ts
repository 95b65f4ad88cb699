/** The examples that send and read. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { node, php, python, run } from "./programs.js";
import { type RunningServer, startWhatsFlow } from "./whatsflow.js";

let server: RunningServer;
beforeAll(async () => {
  server = await startWhatsFlow();
});
afterAll(() => server?.stop());

const env = (key = server.key) => ({ WHATSFLOW_API_KEY: key, WHATSFLOW_URL: server.url });

it("quickstart.ts sends, and receives the echo as a verified webhook", async () => {
  const { code, stdout, stderr } = await run(node("node-sdk/quickstart.ts"), { env: env() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim().split("\n").sort()).toEqual(["received: echo: Hello!", "sent: Hello!"]);
  expect(await server.client.webhooks.list()).toEqual([]);
});

it("send.ts sends once for one order", async () => {
  const program = node("node-sdk/send.ts", "+94771234567", "Your order is on its way", "1042");
  const first = await run(program, { env: env() });
  const second = await run(program, { env: env() });
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sent msg_\w+\n$/) });
  expect(second.stdout).toBe(first.stdout);
});

it("send.ts tells why it failed", async () => {
  const failed = await run(node("node-sdk/send.ts", "+12025550100", "Hello"), { env: env() });
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^not_on_whatsapp: /) });
  const refused = await run(node("node-sdk/send.ts"), { env: env("wf_test_wrong") });
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^unauthorized: /) });
});

it("list.ts reads devices, one page, all messages and contacts", async () => {
  for (const message of ["one", "two", "three"])
    await server.client.messages.send({ phone_number: "+12025550104", message });
  const { code, stdout } = await run(node("node-sdk/list.ts"), { env: env() });
  expect(code).toBe(0);
  expect(stdout).toContain("device: Sandbox is connected");
  expect(stdout).toMatch(/page: 2 of \d+/);
  for (const text of ["one", "two", "three"]) {
    expect(stdout).toMatch(new RegExp(`^message: outbound \\w+ ${text}$`, "m"));
    expect(stdout).toContain(`inbound: echo: ${text}`);
  }
  expect(stdout).toContain("contact: +12025550104");
});

it("what an answer says besides its data", async () => {
  const { code, stdout } = await run(node("node-sdk/answers.ts"), { env: env() });
  expect(code).toBe(0);
  expect(stdout.split("\n").map((line) => line.trimEnd())).toEqual([
    "GET /api/public/v1/devices #1: 200",
    expect.stringMatching(/^1 device, \d+ requests left \(req_\w+\)$/),
    "GET /api/public/v1/messages/msg_that_is_not_there #1: 404",
    expect.stringMatching(/^NotFoundError: .+ \(404 not_found\)$/),
    "POST /api/public/v1/webhooks #1: 201",
    "Webhook created successfully. Save the secret - it will not be shown again.",
    expect.stringMatching(/^DELETE .* #1: 200$/),
    "GET /api/public/v1/usage #1: 200",
    "plan: enterprise",
    "",
  ]);
});

it("stream.ts prints what comes in, until it is told bye", async () => {
  let hasEnded = false;
  const streaming = run(node("node-sdk/stream.ts"), { env: env() }).finally(() => {
    hasEnded = true;
  });
  // It may not listen yet; what it is told once it does ends it.
  while (!hasEnded) {
    await server.client.messages.send({ phone_number: "+12025550104", message: "bye" });
    await new Promise((again) => setTimeout(again, 200));
  }
  expect(await streaming).toEqual({ code: 0, stdout: "+12025550104: echo: bye\n", stderr: "" });
});

it("whatsflow_client.py sends, lists, and raises errors with their code", async () => {
  const sent = await run(python("python/whatsflow_client.py", "+94771234567", "Grüße aus Python"), { env: env() });
  expect(sent).toMatchObject({ code: 0, stderr: "" });
  expect(sent.stdout).toContain("sent: Grüße aus Python");
  expect(sent.stdout).toContain("device: Sandbox is connected");
  expect(sent.stdout).toContain("message: Grüße aus Python");
  const failed = await run(python("python/whatsflow_client.py", "+12025550101", "Hello"), { env: env() });
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^restricted: /) });
});

it("send.php sends once for one key, and exits with the error's code", async () => {
  const program = php("php/send.php", "+94771234567", "Grüße aus PHP", "order-1042");
  const sent = await run(program, { env: env() });
  const again = await run(program, { env: env() });
  expect(sent).toMatchObject({ code: 0, stdout: "sent: Grüße aus PHP\n", stderr: "" });
  expect(again).toEqual(sent);
  const { items } = await server.client.messages.list();
  expect(items.filter(({ content }) => content === "Grüße aus PHP")).toHaveLength(1);
  const failed = await run(php("php/send.php", "+12025550100", "Hello"), { env: env() });
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^not_on_whatsapp: /) });
});
