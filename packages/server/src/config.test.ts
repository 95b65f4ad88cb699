import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "./config.js";

const whatsapp = (url?: string, root?: string) =>
  loadConfig(
    {},
    {
      ...(url !== undefined && { WHATSFLOW_WHATSAPP_URL: url }),
      ...(root !== undefined && { WHATSFLOW_WHATSAPP_ROOT: root }),
    },
  ).whatsapp;

describe("WHATSFLOW_WHATSAPP_URL", () => {
  it.each(["ws://127.0.0.1:4480/ws/chat", "ws://localhost:4480/", "ws://[::1]:4480/", "wss://127.8.8.8/"])(
    "may be on this machine: %s",
    (url) => {
      expect(whatsapp(url, "ab".repeat(32))).toEqual({ url, rootPublicKey: Buffer.from("ab".repeat(32), "hex") });
      expect(whatsapp(url)).toEqual({ url, rootPublicKey: undefined });
    },
  );

  it.each([
    "ws://192.168.0.7:4480/",
    "wss://web.whatsapp.com/ws/chat",
    "http://127.0.0.1/",
    "ws://127.0.0.1.example.com/",
    "ws://0.0.0.0/",
    "nonsense",
  ])("may be nowhere else: %s", (url) => {
    expect(() => whatsapp(url)).toThrow(ConfigError);
  });

  it("goes with a root key, which is 32 bytes in hex and nothing without it", () => {
    expect(() => whatsapp(undefined, "ab".repeat(32))).toThrow(/only works together with WHATSFLOW_WHATSAPP_URL/);
    expect(() => whatsapp("ws://127.0.0.1/", "abc")).toThrow(/32 bytes in hex/);
    expect(whatsapp()).toBeUndefined();
  });
});
