import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError } from "./errors.js";
import { checkListRequest, decodeCursor, encodeCursor, toListPage, toPagination } from "./paging.js";

const position = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 3 });

describe("a cursor", () => {
  it("leads back to where it was made", () => {
    fc.assert(
      fc.property(position, (numbers) => {
        expect(decodeCursor(encodeCursor(numbers), numbers.length)).toEqual(numbers);
      }),
    );
  });

  it("is refused by a list of another kind", () => {
    fc.assert(
      fc.property(position, (numbers) => {
        expect(() => decodeCursor(encodeCursor(numbers), numbers.length + 1)).toThrow(ApiError);
      }),
    );
  });

  it("is nothing else: any other text is refused, never misread", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.base64String(),
      position.map((numbers) => `${encodeCursor(numbers)}=`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          expect(encodeCursor(decodeCursor(text, 2))).toBe(text);
        } catch (error) {
          expect(error).toMatchObject({ code: "invalid_request", extras: { details: [{ path: "cursor" }] } });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["", ".", "1.2", "1e3", "0x1", " 1", "Infinity", "NaN", "9007199254740993", "1.5e0", "-0", "01"])(
    "of %j is refused",
    (text) => expect(() => decodeCursor(Buffer.from(text).toString("base64url"), 1)).toThrow("is not a cursor"),
  );
});

describe("a page", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, seq) => ({ seq }));

  it("says that there is a next one by the row beyond its limit", () => {
    expect(toListPage(rows(3), 2, ({ seq }) => [seq])).toEqual({ rows: rows(2), next: [1] });
    expect(toListPage(rows(2), 2, ({ seq }) => [seq])).toEqual({ rows: rows(2), next: null });
    expect(toListPage(rows(0), 2, ({ seq }) => [seq])).toEqual({ rows: [], next: null });
  });

  it("counts pages where there is a total", () => {
    const page = { rows: [], next: null };
    expect(toPagination({ ...page, page: 2, total: 145 }, 20)).toEqual({
      page: 2,
      limit: 20,
      total: 145,
      pages: 8,
      next_cursor: null,
    });
    expect(toPagination({ ...page, page: 1, total: 0 }, 20)).toMatchObject({ total: 0, pages: 0 });
    expect(toPagination({ ...page, next: [145] }, 20)).toEqual({ limit: 20, next_cursor: "MTQ1" });
  });

  it("is asked for by number or by cursor, not by both", () => {
    expect(() => checkListRequest({ page: 1, cursor: "MTQ1", limit: 1 })).toThrow("cannot be combined with page");
    expect(() => checkListRequest({ page: 1, limit: 1 })).not.toThrow();
    expect(() => checkListRequest({ cursor: "MTQ1", limit: 1 })).not.toThrow();
  });
});
