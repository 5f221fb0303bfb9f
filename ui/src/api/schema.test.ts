import { readFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";
import { expect, it } from "vitest";

it("has the types of the API's document", async () => {
  const document = JSON.parse(await readFile("openapi.json", "utf8"));
  const generated = astToString(await openapiTypescript(document));
  const checkedIn = await readFile("src/api/schema.d.ts", "utf8");
  expect(checkedIn, "run: npm run api:types").toContain(generated.trim());
});
