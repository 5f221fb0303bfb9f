import { expect, type Page, test } from "@playwright/test";
import { Dashboard, uniquePrompt } from "./dashboard";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("a job is submitted, opened and closed on a phone, and nothing is wider than the screen", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  const prompt = uniquePrompt("From a phone");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await dashboard.row(prompt).tap();
  await expect(page.getByRole("dialog").getByText("Accepted and stored")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).tap();
  await expect(page.getByRole("dialog")).toBeHidden();
});

/** What is cut off at the sides. */
const outside = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, input, select, textarea, nav a, h2, dd, dt")]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 1 && (left < 0 || right > document.documentElement.clientWidth);
      })
      .map((element) => element.outerHTML),
  );

for (const [what, width, height] of [
  ["the narrowest phone", 320, 640],
  ["a desktop at 200 %", 640, 450],
] as const) {
  test(`on ${what} everything can be reached and nothing is cut off`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const dashboard = new Dashboard(page);
    await dashboard.open("polling");
    const prompt = uniquePrompt("In little room");
    await dashboard.submit(prompt);
    await expect(dashboard.row(prompt)).toBeVisible();
    await page.getByRole("checkbox", { name: prompt }).tap();
    await expect(page.getByRole("region", { name: "Selected jobs" })).toBeVisible();
    expect(await outside(page)).toEqual([]);
    await page.getByRole("button", { name: "Clear the selection" }).tap();
    for (const [button, dialog] of [
      ["Keyboard shortcuts", "Keyboard"],
      ["Filters", "Filters"],
    ] as const) {
      await page.getByRole("button", { name: button }).tap();
      await expect(page.getByRole("dialog", { name: dialog })).toBeVisible();
      expect(await outside(page)).toEqual([]);
      await page.getByRole("button", { name: "Close" }).tap();
    }
    for (const view of ["Queues", "Workers", "Dead letters", "Health"]) {
      await page.getByRole("button", { name: /^Pages/ }).tap();
      await page.getByRole("menuitem", { name: view }).tap();
      await expect(page.getByRole("region", { name: view })).toBeVisible();
      expect(await outside(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}
