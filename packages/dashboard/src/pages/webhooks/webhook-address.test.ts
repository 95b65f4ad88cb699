import { expect, it } from "vitest";
import { canBeReadOnTheWay } from "./webhook-address.js";

it("is said of plain http to other machines alone", () => {
  for (const url of ["http://example.com/hooks", " HTTP://192.168.1.20:8080", "http://localhost.example.com", "http:"])
    expect(canBeReadOnTheWay(url), url).toBe(true);
  for (const url of [
    "https://example.com/hooks",
    "http://localhost:3000/hooks",
    "http://hooks.localhost",
    "http://127.0.0.1:18089",
    "http://127.1",
    "http://[::1]:3000",
    "",
  ])
    expect(canBeReadOnTheWay(url), url).toBe(false);
});
