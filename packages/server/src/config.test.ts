import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, decodeEncryptionKey, loadConfig } from "./config.js";

const KEY = Buffer.alloc(32, 1);
const from = (env: Record<string, string>, flags = {}) => loadConfig(flags, env);

describe("without any setting", () => {
  it("the server is for this machine alone", () => {
    expect(from({})).toEqual({
      port: 2152,
      host: "127.0.0.1",
      dataDir: resolve("data"),
      databaseFile: resolve("data/whatsflow.db"),
      dev: false,
      encryptionKey: undefined,
      webhookAllow: { hosts: [], blocks: [] },
      trustedProxies: [],
      publicUrl: undefined,
      retentionDays: 30,
      logLevel: "info",
    });
  });

  it("an empty variable is none", () => {
    const names = ["PORT", "HOST", "DATA_DIR", "DATABASE_URL", "ENCRYPTION_KEY", "WEBHOOK_ALLOW", "TRUSTED_PROXIES"];
    const env = Object.fromEntries(names.flatMap((name, index) => [[`WHATSFLOW_${name}`, " ".repeat(index % 2)]]));
    expect(from(env)).toEqual(from({}));
  });
});

describe("a flag", () => {
  it("goes before its variable", () => {
    const env = { WHATSFLOW_PORT: "1", WHATSFLOW_HOST: "::1", WHATSFLOW_DATA_DIR: "/a" };
    expect(from(env)).toMatchObject({ port: 1, host: "::1", dataDir: "/a", databaseFile: "/a/whatsflow.db" });
    expect(from(env, { port: "0", host: "0.0.0.0", data: "/b" })).toMatchObject({
      port: 0,
      host: "0.0.0.0",
      dataDir: "/b",
    });
  });
});

describe("WHATSFLOW_DATABASE_URL", () => {
  it.each([
    ["sqlite:/var/lib/wf.db", "/var/lib/wf.db"],
    ["sqlite:///var/lib/wf.db", "/var/lib/wf.db"],
    ["sqlite:///var/lib/my%20wf.db", "/var/lib/my wf.db"],
    ["sqlite:wf.db", resolve("wf.db")],
    ["sqlite:./a/wf.db", resolve("a/wf.db")],
  ])("%s is a file", (url, file) => {
    expect(from({ WHATSFLOW_DATABASE_URL: url }).databaseFile).toBe(file);
  });
});

describe("WHATSFLOW_RETENTION_DAYS", () => {
  it("is a number of days", () => {
    expect(from({ WHATSFLOW_RETENTION_DAYS: " 7 " }).retentionDays).toBe(7);
  });

  it.each(["0", "-1", "1.5", "30d", "1e3", "100000"])("%s is refused", (text) => {
    expect(() => from({ WHATSFLOW_RETENTION_DAYS: text })).toThrow(ConfigError);
  });
});

describe("WHATSFLOW_ENCRYPTION_KEY", () => {
  it.each([KEY.toString("base64"), KEY.toString("hex"), KEY.toString("base64url"), ` ${KEY.toString("base64")}\n`])(
    "may be %j",
    (text) => expect(from({ WHATSFLOW_ENCRYPTION_KEY: text }).encryptionKey).toEqual(KEY),
  );
});

describe("an encryption key", () => {
  it.each(["", KEY.toString("base64").slice(4), `${KEY.toString("base64")}!`, `${KEY.toString("hex")}0`, "\u0000"])(
    "is not %j",
    (text) => expect(decodeEncryptionKey(text)).toBeUndefined(),
  );
});

describe("lists", () => {
  it("are separated by commas or white space", () => {
    const { hosts, blocks } = from({
      WHATSFLOW_WEBHOOK_ALLOW: " Hooks.Internal,10.0.0.0/8\n::1  my_host,",
    }).webhookAllow;
    expect(hosts).toEqual(["hooks.internal", "my_host"]);
    expect(blocks.map(([network, bits]) => `${network}/${bits}`)).toEqual(["10.0.0.0/8", "::1/128"]);
    const proxies = from({ WHATSFLOW_TRUSTED_PROXIES: "127.0.0.1 fd00::/8" }).trustedProxies;
    expect(proxies.map(([network, bits]) => `${network}/${bits}`)).toEqual(["127.0.0.1/32", "fd00::/8"]);
  });
});

describe("a host in WHATSFLOW_WEBHOOK_ALLOW", () => {
  it.each([
    ["crm.internal.", "crm.internal"],
    ["CRM.Internal", "crm.internal"],
    ["Bücher.example", "xn--bcher-kva.example"],
    ["ＣＲＭ.internal", "crm.internal"],
    ["XN--BCHER-KVA.example.", "xn--bcher-kva.example"],
  ])("is compared as URLs have it: %s as %s", (item, host) => {
    expect(from({ WHATSFLOW_WEBHOOK_ALLOW: item }).webhookAllow).toEqual({ hosts: [host], blocks: [] });
  });
});

describe("WHATSFLOW_PUBLIC_URL", () => {
  it("loses the slash at its end", () => {
    expect(from({ WHATSFLOW_PUBLIC_URL: "https://wf.example.com/" }).publicUrl).toBe("https://wf.example.com");
  });
});

describe("WHATSFLOW_METRICS_TOKEN", () => {
  it.each(["a".repeat(16), "A-b._~+/0123456789==", "f".repeat(256), ` ${"a".repeat(32)}\n`])("may be %j", (text) =>
    expect(from({ WHATSFLOW_METRICS_TOKEN: text }).metricsToken).toBe(text.trim()),
  );

  it("is not repeated when it is refused", () => {
    const load = () => from({ WHATSFLOW_METRICS_TOKEN: "secret with blanks" });
    expect(load).toThrow(/without blanks/);
    expect(load).not.toThrow(/secret with/);
  });
});

describe("WHATSFLOW_LOG_LEVEL", () => {
  it("may be in capitals", () => expect(from({ WHATSFLOW_LOG_LEVEL: "DEBUG" }).logLevel).toBe("debug"));
});

describe("a value that cannot be used", () => {
  it.each([
    ["WHATSFLOW_PORT", "-1"],
    ["WHATSFLOW_PORT", "2152.5"],
    ["WHATSFLOW_PORT", "0x10"],
    ["WHATSFLOW_PORT", "65536"],
    ["WHATSFLOW_DATABASE_URL", "postgres://localhost/wf"],
    ["WHATSFLOW_DATABASE_URL", "sqlite:"],
    ["WHATSFLOW_DATABASE_URL", "sqlite::memory:"],
    ["WHATSFLOW_DATABASE_URL", "sqlite://host/wf.db"],
    ["WHATSFLOW_DATABASE_URL", "sqlite:///a%2fb"],
    ["WHATSFLOW_DATABASE_URL", "sqlite:///%zz"],
    ["WHATSFLOW_DATABASE_URL", "/var/lib/wf.db"],
    ["WHATSFLOW_ENCRYPTION_KEY", "password"],
    ["WHATSFLOW_ENCRYPTION_KEY", `${KEY.toString("hex")}00`],
    ["WHATSFLOW_ENCRYPTION_KEY", `${KEY.toString("base64")}!`],
    ["WHATSFLOW_WEBHOOK_ALLOW", "https://example.com"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "10.0.0.0/33"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "10"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "10.1/16"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "010.0.0.0/8"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "0x7f.1"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "１２７.0.0.1"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "crm.internal:8080"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "*.internal"],
    ["WHATSFLOW_WEBHOOK_ALLOW", "user@crm.internal"],
    ["WHATSFLOW_TRUSTED_PROXIES", "proxy.internal"],
    ["WHATSFLOW_PUBLIC_URL", "wf.example.com"],
    ["WHATSFLOW_PUBLIC_URL", "ftp://wf.example.com"],
    ["WHATSFLOW_METRICS_TOKEN", "short"],
    ["WHATSFLOW_METRICS_TOKEN", "a".repeat(257)],
    ["WHATSFLOW_METRICS_TOKEN", "two words of a token"],
    ["WHATSFLOW_METRICS_TOKEN", "ein-schlüssel-mit-umlaut"],
    ["WHATSFLOW_LOG_LEVEL", "verbose"],
  ])("%s=%s is refused by name", (name, value) => {
    const load = () => from({ [name]: value });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(name);
  });
});

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
