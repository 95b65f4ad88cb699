/** The reference's samples, unmodified: what they do, and where they cannot work. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Command,
  EXAMPLES,
  freePort,
  php,
  python,
  type Receiver,
  run,
  type Sample,
  sample,
  startReceiver,
} from "./programs.js";
import {
  ANY_AGE,
  ASCII_TEXTS,
  echoAll,
  OTHER_TEXTS,
  type Recorded,
  registerWebhook,
  startRecorder,
  tamper,
} from "./receivers.js";
import { type RunningServer, startWhatsFlow } from "./whatsflow.js";

const SHA256 = {
  "express.js": "b077af6db29fded5f5cdab7c7180e239595ed726c493b771c8da4a213c392c80",
  "flask_app.py": "9be6b8e6992d91a3409f93cc03d0e751ccf56da1a61c7ff6bca7029566abc7a9",
  "node-axios.js": "243f9b435c69f52267672bec12c0aeab88eef96f36d1b58f5278b513cf00a08a",
  "php.php": "c462718129b67823af4648ff5f9f187b293f227fb1303d42dc31242c45e36de9",
  "python_requests.py": "c22c83ee35ac93fde0066770ca59614b7cf3b7d08fb84733b3eb5236867c7dab",
  "verify-node.js": "f8241f30d972d9b9967daeda39575b4dc48b6de713f80732c0e8d373632fe53d",
  "verify_python.py": "6f01615b85e6208fd9fb0c96ed88dc4b7eb050b55df53583467350c7ccce5d00",
};

let server: RunningServer;
beforeAll(async () => {
  server = await startWhatsFlow();
});
afterAll(() => server?.stop());

it.each(Object.entries(SHA256))("%s is the reference's, word for word", (name, sha256) => {
  const text = readFileSync(join(EXAMPLES, "reference", name));
  expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
});

async function contentsOfMessages(): Promise<(string | null)[]> {
  const { items } = await server.client.messages.list({ limit: 100 });
  return items.map(({ content }) => content);
}

async function runSample({ file, cwd, remove }: Sample, command: (file: string) => Command) {
  try {
    return await run(command(file), { cwd });
  } finally {
    remove();
  }
}

const plainNode = (file: string): Command => [process.execPath, file];

describe("sending", () => {
  const placeholders = (key = server.key) => ({ wf_live_your_key: key, "http://localhost:2152": server.url });

  it("Node with axios sends and lists", async () => {
    const calls = `
      sendMessage('+94771234567', 'Hello from axios')
        .then(listDevices)
        .then((devices) => console.log(JSON.stringify(devices)));`;
    const { code, stdout, stderr } = await runSample(sample("node-axios.js", placeholders(), calls), plainNode);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Message sent: \{/);
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toMatchObject([{ device_name: "Sandbox" }]);
    expect(await contentsOfMessages()).toContain("Hello from axios");
  });

  it("Node with axios prints the error's body", async () => {
    const calls = "\nsendMessage('+94771234567', 'Hello from axios');";
    const { code, stderr } = await runSample(sample("node-axios.js", placeholders(server.liveKey), calls), plainNode);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Failed to send: \{/);
    expect(stderr).toContain("code: 'device_not_connected'");
  });

  it("Python with requests sends and lists", async () => {
    const calls = `
import json
print(json.dumps([send_message('+94771234567', 'Hello from requests'), list_devices()]))
`;
    const { code, stdout, stderr } = await runSample(sample("python_requests.py", placeholders(), calls), python);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject([
      { success: true, data: { status: "sent", message: "Hello from requests" } },
      [{ device_name: "Sandbox" }],
    ]);
    expect(await contentsOfMessages()).toContain("Hello from requests");
  });

  it("PHP sends", async () => {
    const { code, stdout, stderr } = await runSample(sample("php.php", placeholders()), (file) => php(file));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("[status] => sent");
    expect(await contentsOfMessages()).toContain("Hello from PHP!");
  });

  it("PHP gets nothing but a warning on an error", async () => {
    const failing = sample("php.php", placeholders(server.liveKey));
    const { stdout, stderr } = await runSample(failing, (file) => php(file));
    expect(stdout + stderr).toContain("500 Internal Server Error");
    expect(stdout + stderr).not.toContain("device_not_connected");
  });
});

describe("receiving", () => {
  /** Starts a receiver, and hands over what a test needs; everything is gone afterwards. */
  async function withReceiver(
    name: string,
    command: (file: string) => Command,
    test: (webhook: { id: string; secret: string; url: string }, whenPrinted: Receiver["whenPrinted"]) => Promise<void>,
  ): Promise<void> {
    const port = await freePort();
    const webhook = await registerWebhook(server, port);
    const copy = sample(name, { whsec_your_secret_here: webhook.secret, "3000": String(port) });
    const receiver = await startReceiver(command(copy.file), port, { cwd: copy.cwd });
    try {
      await test(webhook, receiver.whenPrinted);
    } finally {
      await receiver.stop();
      copy.remove();
      await server.client.webhooks.delete(webhook.id);
    }
  }

  it("Express accepts every text and refuses what is not genuine", () =>
    withReceiver("express.js", plainNode, async (webhook, whenPrinted) => {
      const deliveries = await echoAll(server, webhook.id, [...ASCII_TEXTS, ...OTHER_TEXTS]);
      expect(deliveries.map(({ response_status }) => response_status)).toEqual(deliveries.map(() => 200));
      await whenPrinted("New message: echo: Grüße");
      expect(await tamper(webhook.url, webhook.secret)).toEqual(ANY_AGE);
    }));

  it("Flask accepts printable ASCII, and refuses every other text", () =>
    withReceiver("flask_app.py", python, async (webhook, whenPrinted) => {
      const ascii = await echoAll(server, webhook.id, ASCII_TEXTS);
      expect(ascii.map(({ response_status }) => response_status)).toEqual(ASCII_TEXTS.map(() => 200));
      await whenPrinted("New message: echo: Hello");
      // json.dumps writes é as \u00e9: other bytes than those that were signed.
      const others = await echoAll(server, webhook.id, OTHER_TEXTS);
      expect(others.map(({ response_status }) => response_status)).toEqual(OTHER_TEXTS.map(() => 401));
      expect(await tamper(webhook.url, webhook.secret)).toEqual(ANY_AGE);
    }));
});

describe("verifying", () => {
  let recorded: Recorded[];
  let secret: string;
  beforeAll(async () => {
    const recorder = await startRecorder();
    const webhook = await registerWebhook(server, recorder.port);
    secret = webhook.secret;
    await echoAll(server, webhook.id, [...ASCII_TEXTS, ...OTHER_TEXTS]);
    await server.client.webhooks.delete(webhook.id);
    await recorder.close();
    recorded = recorder.recorded;
  });

  const cases = () => JSON.stringify({ secret, recorded });

  async function verdicts(copy: Sample, command: (file: string) => Command): Promise<unknown> {
    const { code, stdout, stderr } = await run(command(copy.file), { cwd: copy.cwd, input: cases() });
    copy.remove();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout);
  }

  it("the Node sample verifies every event", async () => {
    const calls = `
      const { secret, recorded } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
      console.log(JSON.stringify(recorded.map(({ headers, body }) =>
        verifySignature(JSON.parse(body), headers['x-webhook-signature'], secret))));`;
    expect(await verdicts(sample("verify-node.js", {}, calls), plainNode)).toEqual(recorded.map(() => true));
  });

  it("the Python sample verifies no event, for json.dumps puts spaces in", async () => {
    const calls = `
import sys
given = json.load(sys.stdin)
print(json.dumps([verify_signature(json.loads(one['body']), one['headers']['x-webhook-signature'], given['secret'])
                  for one in given['recorded']]))
`;
    expect(recorded).toHaveLength(ASCII_TEXTS.length + OTHER_TEXTS.length);
    expect(await verdicts(sample("verify_python.py", {}, calls), python)).toEqual(recorded.map(() => false));
  });
});
