import { execSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { Dashboard, uniquePrompt } from "./dashboard";

/* Shell commands that take the API away and bring it back; whoever starts the cluster knows them. */
const { E2E_STOP_API, E2E_START_API } = process.env;

test("the API goes away and comes back: banner, form disabled, then as before", async ({ page }) => {
  test.skip(!E2E_STOP_API || !E2E_START_API, "E2E_STOP_API and E2E_START_API are not set");
  test.setTimeout(180_000);
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  await dashboard.prompt.fill("Half a thought");
  execSync(E2E_STOP_API ?? "", { stdio: "inherit" });
  try {
    await expect(dashboard.banner).toBeVisible();
    await expect(dashboard.prompt).toBeDisabled();
    await expect(dashboard.liveness("Offline")).toBeVisible();
  } finally {
    execSync(E2E_START_API ?? "", { stdio: "inherit" });
  }
  await expect(dashboard.banner).toBeHidden({ timeout: 90_000 });
  await expect(dashboard.prompt).toBeEnabled();
  await expect(dashboard.prompt).toHaveValue("Half a thought");
  await expect(dashboard.liveness("Live")).toBeVisible({ timeout: 45_000 });
  const prompt = uniquePrompt("After the storm");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 30_000 });
});

test("the network goes away and comes back", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  await page.route("**/jobs**", (route) => route.abort());
  await expect(dashboard.banner).toBeVisible();
  await expect(dashboard.prompt).toBeDisabled();
  await page.unroute("**/jobs**");
  await expect(dashboard.banner).toBeHidden();
  await expect(dashboard.prompt).toBeEnabled();
});
