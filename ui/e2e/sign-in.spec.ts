import { expect, type Page, test } from "@playwright/test";
import { violationsOf } from "./axe";
import { Dashboard, uniquePrompt } from "./dashboard";

/** Given by whoever starts a cluster that needs credentials, and a Keycloak with the realm of Compose beside it. */
const KEY = process.env.E2E_ADMIN_KEY ?? "";
const PASSWORD = process.env.E2E_SSO_PASSWORD ?? "";

test.skip(KEY === "", "The cluster needs no credentials");

const keyField = (page: Page) => page.getByLabel("API key");
const account = (page: Page, name: string) => page.getByRole("button", { name: `Signed in as ${name}` });

async function signInByKeycloak(page: Page, user: string) {
  await page.getByRole("link", { name: "Sign in with Keycloak" }).click();
  await page.locator("#username").fill(user);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("#kc-login").click();
}

async function signOut(page: Page, name: string) {
  await account(page, name).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(keyField(page)).toBeVisible();
}

test("somebody signs in by a key, issues another one, is pushed changes, and sees who did what", async ({ page }) => {
  await page.goto("/?panel=keys");
  await expect(keyField(page)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await keyField(page).fill(KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const keys = page.getByRole("dialog", { name: "API keys" });
  await keys.getByLabel("Name of its user").fill("browser tests");
  await keys.getByLabel("Role").selectOption("viewer");
  await keys.getByRole("button", { name: "Create key" }).click();
  await expect(keys.getByText(/^jp_\w{36}$/)).toBeVisible();
  const created = (await keys.getByText(/^jp_\w{36}$/).textContent()) ?? "";
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  const dashboard = new Dashboard(page);
  await expect(dashboard.liveness("Live")).toBeVisible();
  const prompt = uniquePrompt("Signed in");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).not.toContain("session=");
  await account(page, "admin").click();
  await page.getByRole("menuitem", { name: "Audit log" }).click();
  const audit = page.getByRole("dialog", { name: "Audit log" });
  await expect(audit.getByText("Submitted a job")).toBeVisible();
  await expect(audit.getByText("Created an API key")).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await signOut(page, "admin");
  await keyField(page).fill(created);
  await page.keyboard.press("Enter");
  await expect(account(page, "browser tests")).toBeVisible();
  await expect(dashboard.form).toBeHidden();
});

test("Keycloak signs somebody in with the role of the claim, to the page they wanted, and out again", async ({
  page,
}) => {
  test.skip(PASSWORD === "", "There is no Keycloak");
  await page.goto("/?status=FAILED");
  await signInByKeycloak(page, "vera");
  await expect(account(page, "Vera Viewer")).toBeVisible();
  await expect(page).toHaveURL(/\/\?status=FAILED$/);
  await expect(page.getByText("you need the role submitter")).toBeVisible();
  await signOut(page, "Vera Viewer");
  await page.getByRole("link", { name: "Sign in with Keycloak" }).click();
  await expect(page.locator("#username")).toBeVisible(); // it has ended its own session, too
  await page.goto("/");
  await signInByKeycloak(page, "ada");
  await account(page, "Ada Admin").click();
  await expect(page.getByRole("menuitem", { name: "API keys" })).toBeVisible();
});

test("whoever has no role reads that, and sees no jobs", async ({ page }) => {
  test.skip(PASSWORD === "", "There is no Keycloak");
  await page.goto("/");
  await signInByKeycloak(page, "nobody");
  await expect(page.getByText("have no role here")).toBeVisible();
  expect((await page.request.get("/jobs")).status()).toBe(401);
});
