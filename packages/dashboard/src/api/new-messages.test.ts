import { expect, it } from "vitest";
import { createNewMessages } from "./new-messages.js";

const from = (contact_id: string) => ({ contact_id, direction: "inbound" }) as const;

it("are those of conversations that are not looked at, each mode for itself, until they are", () => {
  const messages = createNewMessages();
  messages.tell("live", from("maya"));
  messages.tell("live", from("maya"));
  messages.tell("live", from("noah"));
  messages.tell("test", from("echo"));
  expect(messages.of("live")).toEqual(new Set(["maya", "noah"]));
  const close = messages.open("live", "maya");
  messages.tell("live", from("maya"));
  expect(messages.of("live")).toEqual(new Set(["noah"]));
  close();
  messages.tell("live", from("maya"));
  expect(messages.of("live")).toEqual(new Set(["noah", "maya"]));
  expect(messages.of("test")).toEqual(new Set(["echo"]));
});

it("are seen by whoever answers on the phone, and not by a program that answers", () => {
  const messages = createNewMessages();
  messages.tell("live", from("maya"));
  messages.tell("live", { contact_id: "maya", direction: "outbound", origin: "api" });
  expect(messages.of("live").size).toBe(1);
  messages.tell("live", { contact_id: "maya", direction: "outbound", origin: "phone" });
  expect(messages.of("live").size).toBe(0);
});

it("goes on with the conversation that was opened last, whichever closes first", () => {
  const messages = createNewMessages();
  const close = messages.open("live", "maya");
  messages.open("live", "noah");
  close();
  messages.tell("live", from("noah"));
  expect(messages.of("live").size).toBe(0);
  messages.tell("live", from("maya"));
  messages.clear();
  expect(messages.of("live").size).toBe(0);
});
