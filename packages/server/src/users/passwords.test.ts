import { expect, it } from "vitest";
import { createPasswords } from "./passwords.js";

const passwords = createPasswords();

it("a hash tells its parameters, and nothing of the password; the same password has another one each time", async () => {
  const [one, two] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(two);
  expect(await passwords.verify("correct horse", one)).toBe(true);
  expect(await passwords.verify("correct horsE", one)).toBe(false);
});

it("one that was made with other parameters is verified with these", async () => {
  // RFC 7914, 12: scrypt("password", "NaCl", N=1024, r=8, p=16).
  const hex =
    "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640";
  const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  const hash = `$scrypt$ln=10,r=8,p=16$${base64(Buffer.from("NaCl"))}$${base64(Buffer.from(hex, "hex"))}`;
  expect(await passwords.verify("password", hash)).toBe(true);
});

it("the same characters are the same password, however a keyboard spells them", async () => {
  const hash = await passwords.hash("caf\u00e9 au lait");
  expect(await passwords.verify("cafe\u0301 au lait", hash)).toBe(true);
});

it("nobody's password is never right", async () => {
  expect(await passwords.verify("", undefined)).toBe(false);
  expect(await passwords.verify("correct horse", "$none")).toBe(false);
});

it("when very many come at once the last are told to come again", async () => {
  // Quick to verify, as the test need not wait.
  const hash = `$scrypt$ln=4,r=8,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;
  const verify = () => passwords.verify("x", hash);
  const outcomes = await Promise.allSettled(Array.from({ length: 25 }, verify));
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ reason: { code: "rate_limited", extras: { retryAfterSeconds: 5 } } });
  expect(await verify()).toBe(false);
});
