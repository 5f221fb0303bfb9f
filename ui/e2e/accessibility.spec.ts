import { expect, type Page, test } from "@playwright/test";
import { violationsOf } from "./axe";
import { cutOff, Dashboard, uniquePrompt } from "./dashboard";

const SCREENS: Record<string, (page: Page, dashboard: Dashboard) => Promise<void>> = {
  list: async () => {},
  drawer: async (page) => {
    await page.locator("[data-job-row]").first().click();
    await expect(page.getByRole("dialog").getByText("Accepted and stored")).toBeVisible();
  },
  "keyboard sheet": async (page) => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  },
  selection: async (page) => {
    await page.getByRole("checkbox").first().click();
    await expect(page.getByRole("region", { name: "Selected jobs" })).toBeVisible();
  },
  "updates menu": async (page) => {
    await page.getByRole("button", { name: /^Updates/ }).click();
    await expect(page.getByRole("menuitemcheckbox")).toHaveCount(2);
  },
  options: async (_, { form, page }) => {
    await form.getByText("Options").click();
    await form.getByLabel("Metadata").fill("no pair");
    await expect(page.getByText("write key=value")).toBeVisible();
  },
  "a filter that is refused": async (page) => {
    await page.goto("/?tag=a&worker=b");
    await expect(page.getByText(/No index serves/)).toBeVisible();
  },
  filters: async (page) => {
    await page.keyboard.press("f");
    await page.getByRole("combobox", { name: "Jobs with" }).selectOption("the metadata");
    await page.getByRole("button", { name: "Show jobs" }).click();
    await expect(page.getByText("The key is missing.")).toBeVisible();
  },
  "a paused queue": async (page) => {
    await page.route("**/queues", (route) => route.fulfill({ json: [{ name: "default", paused: true }] }));
    await page.keyboard.press("q");
    await expect(page.getByText("Paused: its jobs wait", { exact: true })).toBeVisible();
  },
  queues: async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press("q");
    await expect(page.getByText("Waiting").first()).toBeVisible();
    await expect(page.getByRole("img", { name: "Finished jobs" })).toBeVisible();
  },
  workers: async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press("w");
    await expect(page.getByText(/in flight/).first()).toBeVisible();
  },
  "dead letters": async (page) => {
    const letter = { id: "1", at: new Date().toISOString(), reason: "Cursed", payload: "{}", bytes: 2 };
    await page.route("**/dead-letters", (route) => route.fulfill({ json: [letter] }));
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.getByText("Payload").click();
    await expect(page.getByText("Cursed")).toBeVisible();
  },
  health: async (page) => {
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await expect(page.getByRole("heading", { name: "Settings in force" })).toBeVisible();
  },
  "the menu of pages": async (page) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: /^Pages/ }).click();
    await expect(page.getByRole("menuitem", { name: "Queues" })).toBeVisible();
  },
  "nothing found": async (page) => {
    await page.goto("/?q=no-job-has-this-word");
    await expect(page.getByText("No jobs match")).toBeVisible();
  },
  "backend unreachable": async (page, dashboard) => {
    await cutOff(page);
    await expect(dashboard.banner).toBeVisible();
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const [screen, show] of Object.entries(SCREENS)) {
    test(`axe finds nothing serious: ${screen}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const dashboard = new Dashboard(page);
      await dashboard.open("polling");
      await dashboard.submit(uniquePrompt("Look at me"));
      await expect(page.locator("[data-job-row]").first()).toBeVisible();
      await show(page, dashboard);
      expect(await violationsOf(page)).toEqual([]);
    });
  }
}
