import { execSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import { cutOff, Dashboard, reconnect, uniquePrompt } from "./dashboard";

/* Shell commands that stop and start the API, given by whoever starts the cluster. */
const { E2E_STOP_API, E2E_START_API } = process.env;

test("the API stops and starts: banner, nothing can be submitted, then as before", async ({ page }) => {
  test.skip(!E2E_STOP_API || !E2E_START_API, "E2E_STOP_API and E2E_START_API are not set");
  test.setTimeout(180_000);
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  await dashboard.prompt.fill("Half a thought");
  execSync(E2E_STOP_API ?? "", { stdio: "inherit" });
  try {
    await expect(dashboard.banner).toBeVisible();
    await expect(dashboard.submitButton).toBeDisabled();
    await expect(dashboard.liveness("Offline")).toBeVisible();
  } finally {
    execSync(E2E_START_API ?? "", { stdio: "inherit" });
  }
  await expect(dashboard.banner).toBeHidden({ timeout: 90_000 });
  await expect(dashboard.submitButton).toBeEnabled();
  await expect(dashboard.prompt).toHaveValue("Half a thought");
  await expect(dashboard.liveness("Live")).toBeVisible({ timeout: 45_000 });
  const prompt = uniquePrompt("After the storm");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 60_000 });
});

test("pushes are back within two seconds after connections were refused for a while", async ({ page }) => {
  await page.clock.install();
  let refused = false;
  const open = new Set<{ close: () => Promise<void> }>();
  await page.routeWebSocket("**/ws", (socket) => {
    if (refused) return socket.close();
    open.add(socket);
    socket.connectToServer();
    return undefined;
  });
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  refused = true;
  for (const socket of open) await socket.close();
  await expect(dashboard.liveness("Polling")).toBeVisible();
  await page.clock.runFor(3_500);
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  refused = false;
  await page.clock.runFor(2_000); // on a busy machine, all else may take longer
  await expect(dashboard.liveness("Live")).toBeVisible();
});

test("the network is lost and restored", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  await cutOff(page);
  await expect(dashboard.banner).toBeVisible();
  await expect(dashboard.submitButton).toBeDisabled();
  await reconnect(page);
  await expect(dashboard.banner).toBeHidden();
});

test("what is typed while an endpoint fails stays text, and reaches no job", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await page.request.post("/jobs", { data: { prompt: uniquePrompt("Never retried") } });
  await dashboard.open("polling");
  await expect(page.locator("[data-job-row]").first()).toBeVisible();
  const actions: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && actions.push(request.url()));
  await dashboard.prompt.pressSequentially("Compare ");
  await page.route("**/jobs/stats", (route) => route.fulfill({ status: 503 }));
  await expect(page.getByText("The statistics could not be refreshed")).toBeVisible();
  await expect(dashboard.prompt).toBeFocused();
  await page.keyboard.type("a card and drop duplicates", { delay: 20 });
  await cutOff(page);
  await expect(dashboard.banner).toBeVisible();
  await page.keyboard.type(" already");
  await expect(dashboard.prompt).toHaveValue("Compare a card and drop duplicates already");
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await reconnect(page);
  await page.unroute("**/jobs/stats");
  await page.reload();
  await expect(dashboard.prompt).toHaveValue("Compare a card and drop duplicates already");
  expect(actions).toEqual([]);
});
