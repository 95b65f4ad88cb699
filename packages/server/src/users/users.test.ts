import { expect, it } from "vitest";
import { checkNewUser, nameKey } from "./users.js";

it.each([
  ["in another case", "ANNA Smith"],
  ["between spaces", " anna smith "],
  ["with more spaces", "anna   smith"],
  ["with a no-break space", "anna\u00a0smith"],
  ["with an ideographic space, after one", "\u3000anna\u3000smith"],
  ["in full width", "\uff21nna smith"],
])("a name is the same %s", (_, name) => {
  expect(nameKey(name)).toBe("anna smith");
});

it("other names are others", () => {
  const names = ["anna", "anna smith", "annasmith", "anna.smith", "\u00e4nna"];
  expect(new Set(names.map(nameKey)).size).toBe(names.length);
});

it.each([
  ["a line break", "\n"],
  ["a zero-width space", "\u200b"],
  ["a zero-width joiner", "\u200d"],
  ["a soft hyphen", "\u00ad"],
  ["a mark that turns the direction", "\u202e"],
  ["a separator of lines", "\u2028"],
  ["a separator of paragraphs", "\u2029"],
  ["a Hangul filler", "\u3164"],
  ["a variation selector", "\ufe0f"],
  ["a tag", "\u{e0061}"],
])("a name with %s is refused", (_, character) => {
  expect(() => checkNewUser(`an${character}na`, "correct horse battery")).toThrow("name");
  expect(() => checkNewUser("anna", "correct horse battery")).not.toThrow();
});
