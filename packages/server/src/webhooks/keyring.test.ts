import { expect, test } from "vitest";
import { createSecretBox, type SecretBox } from "../storage/secret-box.js";
import { createKeyring } from "./keyring.js";
import { newWebhookSecret } from "./signing.js";
import { previousSecretPlace, secretPlace } from "./webhooks.js";

const PLACE = secretPlace("webhook_abc123");

function setUp() {
  const box = createSecretBox(Buffer.alloc(32, 7));
  const opened: Uint8Array[] = [];
  const counting: SecretBox = {
    seal: box.seal,
    open(place, sealed) {
      opened.push(sealed);
      return box.open(place, sealed);
    },
  };
  return { box, opened, keyring: createKeyring(counting) };
}

test("a secret is opened once, and again when another is stored in its place", () => {
  const { box, opened, keyring } = setUp();
  const [first, second] = [newWebhookSecret(), newWebhookSecret()];
  const sealed = box.seal(PLACE, first);
  const keys = keyring.keysOf(PLACE, sealed);
  expect(keys.text.export().toString()).toBe(first);
  expect(keyring.keysOf(PLACE, Buffer.from(sealed))).toBe(keys);
  expect(opened).toEqual([sealed]);
  expect(keyring.keysOf(PLACE, box.seal(PLACE, second)).text.export().toString()).toBe(second);
});

test("a secret that was moved to another place does not open, though it is known where it was", () => {
  const { box, keyring } = setUp();
  const sealed = box.seal(PLACE, newWebhookSecret());
  keyring.keysOf(PLACE, sealed);
  expect(() => keyring.keysOf(secretPlace("webhook_other"), sealed)).toThrow();
  expect(() => keyring.keysOf(previousSecretPlace("webhook_abc123"), sealed)).toThrow();
});
