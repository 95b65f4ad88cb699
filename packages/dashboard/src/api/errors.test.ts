import { describe, expect, it } from "vitest";

import { ApiError, fieldProblem, problemOf } from "./errors.js";

const answered = (status: number, body: object, headers: Record<string, string> = {}) =>
  new ApiError({ status, headers: new Headers(headers), body: { success: false, request_id: "req_1", ...body } });

describe("a problem in words", () => {
  it("says what the server said, with the request's id for whoever looks into its log", () => {
    const error = answered(409, { error: "Conflict", message: "The last user cannot be removed", code: "last_user" });
    expect(problemOf(error)).toMatchObject({
      title: "Conflict",
      text: "The last user cannot be removed.",
      requestId: "req_1",
    });
  });

  it("says when to try again after too many tries", () => {
    const limited = { error: "Too many requests", message: "Wait.", code: "rate_limited" };
    expect(problemOf(answered(429, limited, { "Retry-After": "42" })).wayOut).toBe("Try again in 42 seconds.");
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
