import { expect, test } from "@playwright/test";
import { Dashboard, uniquePrompt } from "./dashboard";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("a job is submitted, opened and closed on a phone, and nothing is wider than the screen", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  const prompt = uniquePrompt("From a phone");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await dashboard.row(prompt).tap();
  await expect(page.getByRole("dialog").getByText("Accepted and stored")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).tap();
  await expect(page.getByRole("dialog")).toBeHidden();
});
