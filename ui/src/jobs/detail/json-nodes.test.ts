import { expect, it } from "vitest";
import { isBranch, type JsonNode, readJson, rowsOf } from "./json-nodes";

const lines = (text: string) =>
  rowsOf(readJson(text), () => true).map(({ entry: { name, value }, depth }) =>
    [depth, name, isBranch(value) ? value.brackets : value.text].filter((part) => part !== null).join(" "),
  );

it.each(["12345678901234567890", "1.10", "1e400", "-0", "true", "null", '"a\\n\\u00e9\\"b"', '""'])(
  "keeps %s as received",
  (text) => expect(readJson(` ${text} `)).toEqual({ text }),
);

it("keeps the order of names that are numbers, and names that repeat", () => {
  expect(lines('{"2":0, "1":1, "a":2, "a":{"b\\n":[]}}')).toEqual([
    "0 {}",
    '1 "2" 0',
    '1 "1" 1',
    '1 "a" 2',
    '1 "a" {}',
    '2 "b\\n" []',
  ]);
});

it("takes no punctuation within a string for structure", () => {
  expect(lines('["{[,:]}", {"x:\\"":"\\\\"}]')).toEqual(["0 []", '1 "{[,:]}"', "1 {}", '2 "x:\\"" "\\\\"']);
});

it("reads values beside one another at every level", () => {
  expect(lines("[[1,2],[],{},[[3]]]")).toEqual(["0 []", "1 []", "2 1", "2 2", "1 []", "1 {}", "1 []", "2 []", "3 3"]);
});

it("reads and lays out a hundred thousand levels", () => {
  const depth = 100_000;
  const rows = rowsOf(readJson("[".repeat(depth) + "]".repeat(depth)), () => true);
  expect(rows.at(-1)?.depth).toBe(depth - 1);
});

it("reads a long string of escapes", () => {
  const text = `"${"\\n".repeat(500_000)}"`;
  expect(readJson(text)).toEqual({ text });
});

it("lays out only what is open", () => {
  const root = readJson('{"a":{"b":1}}');
  expect(rowsOf(root, (branch: JsonNode) => branch === root)).toHaveLength(2);
});
