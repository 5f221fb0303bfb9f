import { expect, type Page, test } from "@playwright/test";
import { Dashboard, report, uniquePrompt } from "./dashboard";

declare global {
  interface Window {
    shown: string[];
  }
}

/** As if another tab were in front: the browser of these tests shows all of its tabs. */
const show = (page: Page, state: DocumentVisibilityState) =>
  page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);

/** Keeps what the page notifies of, which the browser shows as ever. */
const recordNotifications = (page: Page) =>
  page.addInitScript(() => {
    window.shown = [];
    window.Notification = class extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        window.shown.push(`${title}: ${options?.body}`);
      }
    };
  });

async function submit(dashboard: Dashboard, prompt: string): Promise<string> {
  const answer = dashboard.page.waitForResponse((response) => response.request().method() === "POST");
  await dashboard.submit(prompt);
  return (await (await answer).json()).id;
}

test("whoever wants it is notified of jobs that finish in a hidden tab, and the title counts them", async ({
  page,
  context,
}) => {
  await recordNotifications(page);
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  const prompt = uniquePrompt("Finish unseen");
  const [first, second] = [await submit(dashboard, prompt), await submit(dashboard, uniquePrompt("Unseen, too"))];
  await context.grantPermissions(["notifications"]);
  await dashboard.liveness("Live").click();
  const notifications = page.getByRole("menuitemcheckbox", { name: /Notifications/ });
  await expect(notifications).not.toBeChecked();
  await notifications.click();
  await expect(notifications).toBeChecked();
  await page.keyboard.press("Escape");
  await show(page, "hidden");
  await report(page, "/jobs/webhook/callback", { jobId: first, result: "{}" });
  await report(page, "/jobs/webhook/callback", { jobId: second, result: "{}" });
  await expect(page).toHaveTitle(/^\(2\) .*Job Processor$/);
  const [shown] = await page.evaluate(() => window.shown);
  expect(shown).toContain(prompt);
  await show(page, "visible");
  await expect(page).toHaveTitle(/^[^(]*Job Processor$/);
});

test("the title counts without asking for a permission, and nothing is shown", async ({ page }) => {
  await recordNotifications(page);
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const job = await submit(dashboard, uniquePrompt("Count me"));
  await show(page, "hidden");
  await report(page, "/jobs/webhook/callback", { jobId: job, result: "{}" });
  await expect(page).toHaveTitle(/^\(1\) .*Job Processor$/);
  expect(await page.evaluate(() => window.shown)).toEqual([]);
});
