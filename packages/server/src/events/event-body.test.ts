import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEvent } from "../../test/contract-check.js";
import type { EventName } from "../generated/operations.js";
import { type EventData, eventBody, MAX_BODY_BYTES } from "./event-body.js";

const TIME = "2025-10-11T10:30:00.000Z";
const contact = { contact_id: "contact_1", phone_number: "+94771234567", contact_name: "Zoë \u{1F600}" };
const device = { device_id: "device_1", device_name: 'Main "Line"' };
const received = (message: string | null): EventData<"message.received"> => ({
  message_id: "msg_1",
  ...contact,
  message,
  message_type: "text",
  ...device,
  created_at: TIME,
});
const sent: EventData<"message.sent"> = { ...received("Hello"), status: "sent", origin: "api" };
const state = { ...device, phone_number: null, status: "disconnected", reason: "connection_lost" } as const;

const SAMPLES: { [Name in EventName]: EventData<Name> } = {
  "message.received": received("Hi, I need help"),
  "message.sent": sent,
  "message.delivered": { ...sent, status: "delivered" },
  "message.read": { ...sent, status: "read" },
  "message.failed": { ...sent, status: "failed", failure: { code: "restricted", message: "no" } },
  "group.message.received": { ...received("Hi all"), group_id: "120363025246125486", group_name: null },
  "device.connected": { ...state, status: "connected", reason: null },
  "device.disconnected": state,
  "device.qr_updated": { ...state, status: "qr_pending", reason: null, qr: "2@abc", expires_at: TIME },
  "device.restricted": { ...state, reason: "restricted" },
  "webhook.disabled": { webhook_id: "webhook_1", url: "https://example.com/", reason: "failing" },
  "webhook.test": { webhook_id: "webhook_1", message: "This is a test event" },
};

/** Texts of which some are far too long, and some grow much when they are written as JSON. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .tuple(
      fc.constantFrom("x", "\u{1F600}", '"', "\\", "\u0001", "é", "\u2028", "a\u{1F600}"),
      fc.integer({ min: 8_000, max: 65_536 }),
    )
    .map(([unit, times]) => unit.repeat(times)),
  fc.string({ unit: "binary", minLength: 20_000, maxLength: 40_000 }).map((long) => Buffer.from(long).toString()),
);

describe("the body of an event", () => {
  it.each(Object.keys(SAMPLES) as EventName[])(
    "of %s is by the contract, and what its receiver would write",
    (name) => {
      const body = eventBody(name, TIME, SAMPLES[name]).toString();
      checkEvent(JSON.parse(body));
      // The reference's Express sample signs what it has parsed and serialised again.
      expect(JSON.stringify(JSON.parse(body))).toBe(body);
    },
  );

  it("is under 100,000 bytes for any text, and cut at a character", () => {
    fc.assert(
      fc.property(text, (message) => {
        const bytes = eventBody("message.received", TIME, received(message));
        expect(bytes.length).toBeLessThan(MAX_BODY_BYTES);
        const { data } = JSON.parse(bytes.toString());
        expect(message.startsWith(data.message)).toBe(true);
        expect(JSON.stringify(JSON.parse(bytes.toString()))).toBe(bytes.toString());
        if (data.message === message) {
          expect(data.message_truncated).toBeUndefined();
          return;
        }
        expect(data.message_truncated).toBe(true);
        // Half a surrogate pair would not survive UTF-8.
        expect(data.message.isWellFormed()).toBe(true);
        // As much as fits: not even one character more.
        expect(bytes.length).toBeGreaterThan(MAX_BODY_BYTES - 8);
      }),
      { numRuns: 60 },
    );
  });

  it("says nothing of cutting where nothing was cut", () => {
    const { data } = JSON.parse(eventBody("message.received", TIME, received(null)).toString());
    expect(data).toEqual(received(null));
  });

  it("has no other field that may be too long", () => {
    const url = `https://example.com/${"x".repeat(MAX_BODY_BYTES)}`;
    expect(() => eventBody("webhook.disabled", TIME, { ...SAMPLES["webhook.disabled"], url })).toThrow("too large");
  });
});
