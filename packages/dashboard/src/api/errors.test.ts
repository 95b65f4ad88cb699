import { describe, expect, it } from "vitest";

import { ApiError, fieldProblem, problemOf } from "./errors.js";

const answered = (status: number, body: object, headers: Record<string, string> = {}) =>
  new ApiError({ status, headers: new Headers(headers), body: { success: false, request_id: "req_1", ...body } });

describe("a problem in words", () => {
  it("says what the server said", () => {
    const error = answered(409, { error: "Conflict", message: "The last user cannot be removed", code: "last_user" });
    expect(problemOf(error)).toMatchObject({
      title: "Conflict",
      text: "The last user cannot be removed.",
    });
  });

  it("names the request for whoever has to look into the server's log, and for nobody else", () => {
    const refused = { error: "Forbidden", message: "The name or the password is wrong", code: "wrong_password" };
    expect(problemOf(answered(403, refused)).requestId).toBeUndefined();
    expect(problemOf(answered(500, { message: "It failed", code: "internal_error" })).requestId).toBe("req_1");
    expect(problemOf(answered(404, { message: "Not of this API" })).requestId).toBe("req_1");
  });

  it("says when to try again after too many tries", () => {
    const message = "Too many wrong passwords. Wait, then try again.";
    const limited = { error: "Too many requests", message, code: "rate_limited" };
    expect(problemOf(answered(429, limited, { "Retry-After": "42" }))).toMatchObject({
      text: "Too many wrong passwords.",
      wayOut: "Try again in 42 seconds.",
    });
    expect(problemOf(answered(429, limited))).toMatchObject({ text: message });
    expect(problemOf(answered(429, limited, { "Retry-After": "301" })).wayOut).toBe("Try again in 6 minutes.");
  });

  it("is said also of an error of the page's own", () => {
    expect(problemOf(new Error("x is undefined"))).toMatchObject({
      text: "x is undefined",
      wayOut: "Load the page again.",
    });
  });
});

it("finds what is wrong with one field, wherever in the request it stands, and nothing of the others", () => {
  const error = answered(400, {
    details: [
      { path: "phone_number", message: "must begin with +" },
      { path: "body.name", message: "is taken" },
    ],
  });
  expect(fieldProblem(error, "phone_number")).toBe("Must begin with +.");
  expect(fieldProblem(error, "name")).toBe("Is taken.");
  expect(fieldProblem(error, "number")).toBeUndefined();
});
