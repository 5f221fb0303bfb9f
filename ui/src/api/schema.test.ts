import { readFile } from "node:fs/promises";
import openapiTypescript, { astToString } from "openapi-typescript";
import { expect, it } from "vitest";

it("has the types of the API's document", async () => {
  const document = new URL("../../openapi.json", import.meta.url);
  const generated = astToString(await openapiTypescript(document));
  const checkedIn = await readFile(new URL("./schema.d.ts", import.meta.url), "utf8");
  expect(checkedIn, "run: npm run api:types").toContain(generated.trim());
});
