import { expect, test } from "@playwright/test";
import { Dashboard, uniquePrompt } from "./dashboard";

for (const updates of ["polling", "live"] as const) {
  test(`a submitted job shows at once and completes without a reload, ${updates}`, async ({ page }) => {
    const dashboard = new Dashboard(page);
    await dashboard.open(updates);
    const prompt = uniquePrompt("Complete me");
    await dashboard.submit(prompt);
    await expect(dashboard.rowIn(prompt, "PENDING")).toBeVisible();
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await expect(dashboard.rowIn(prompt, "COMPLETED")).toBeVisible({ timeout: 60_000 });
    expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  });
}

test("two browsers see each other's jobs", async ({ browser }) => {
  const [mine, yours] = [
    new Dashboard(await (await browser.newContext()).newPage()),
    new Dashboard(await (await browser.newContext()).newPage()),
  ];
  await mine.open("live");
  await yours.open("polling");
  const [hello, answer] = [uniquePrompt("Hello"), uniquePrompt("Answer")];
  await mine.submit(hello);
  await expect(yours.row(hello)).toBeVisible();
  await yours.submit(answer);
  await expect(mine.row(answer)).toBeVisible();
});

test("several prompts at once become a job each", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const prompts = [uniquePrompt("Batch"), uniquePrompt("Batch")];
  await page.getByText("One per line").click();
  await page.getByRole("textbox", { name: /one per line/ }).fill(prompts.join("\n"));
  await page.keyboard.press("Control+Enter");
  for (const prompt of prompts) await expect(dashboard.row(prompt)).toBeVisible();
});

test("a cancelled job can be retried, from its own address", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  const prompt = uniquePrompt("Cancel me");
  await dashboard.submit(prompt);
  await dashboard.row(prompt).click();
  await expect(page).toHaveURL(/\?job=/);
  await page.reload();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: /Cancel/ }).click();
  await page.getByRole("button", { name: "Cancel this job" }).click();
  await expect(drawer.locator("[data-status=CANCELLED]")).toBeVisible();
  await drawer.getByRole("button", { name: /Retry/ }).click();
  await expect(drawer.locator("[data-status=COMPLETED]")).toBeVisible({ timeout: 60_000 });
  await expect(drawer.getByRole("heading", { name: "Timeline, 2 attempts" })).toBeVisible();
});

test("the rows keep still under the pointer while a submission is answered", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const [below, sent] = [uniquePrompt("Tick me"), uniquePrompt("Sent slowly")];
  await dashboard.submit(below);
  await expect(dashboard.row(below)).toBeVisible();
  let answer = () => {};
  const pressed = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/jobs", async (route) => {
    if (route.request().method() === "POST") await pressed;
    await route.continue();
  });
  await dashboard.submit(sent);
  await expect(page.getByText("Sending…")).toBeVisible();
  const tick = page.getByRole("checkbox", { name: below });
  await tick.hover();
  await page.mouse.down();
  answer();
  await expect(page.getByText("Sending…")).toBeHidden();
  await page.mouse.up();
  await expect(tick).toBeChecked();
  await expect(dashboard.row(sent)).toBeVisible();
});

test("an empty prompt never reaches the server", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await dashboard.prompt.fill("   \n ");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: /^Submit/ })).toBeDisabled();
  expect(posts).toEqual([]);
});

test("the list is polled every two seconds while changes are pushed, and does not grow", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  let polls = 0;
  page.on("request", (request) => {
    if (request.method() === "GET" && new URL(request.url()).pathname === "/jobs") polls++;
  });
  const started = Date.now();
  while (Date.now() - started < 12_000 || polls < 5) {
    const prompts = Array.from({ length: 10 }, () => ({ prompt: uniquePrompt("Load") }));
    await page.request.post("/jobs/batch", { data: prompts });
    await page.waitForTimeout(400);
  }
  // One page of a hundred, and what was pushed since the last poll.
  const rows = () =>
    page.locator("ul:has([data-job-row])").evaluate((list) => {
      const row = list.querySelector("li")?.getBoundingClientRect().height ?? Number.NaN;
      return Math.round(list.getBoundingClientRect().height / row);
    });
  await expect.poll(rows).toBeLessThanOrEqual(160);
  // Of them only those near the screen are drawn.
  expect(await page.locator("[data-job-row]").count()).toBeLessThanOrEqual(50);
});

test("a search has more than one page", async ({ page }) => {
  const word = uniquePrompt("paged").replaceAll(/[^a-z0-9]/g, "");
  const prompts = Array.from({ length: 130 }, (_, index) => ({ prompt: `${word} number ${index}` }));
  await page.request.post("/jobs/batch", { data: prompts });
  const dashboard = new Dashboard(page);
  await dashboard.open("polling");
  await page.getByRole("combobox", { name: "Search jobs" }).fill(`${word} number`);
  await expect(dashboard.row(`${word} number`).first()).toBeVisible();
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await expect(page.getByText("End of list · 130 jobs")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByText("could not be")).toBeHidden();
});

test("what moves in the list needs no painting", async ({ page }) => {
  const dashboard = new Dashboard(page);
  await dashboard.open("live");
  const prompt = uniquePrompt("Move me");
  await dashboard.submit(prompt);
  await expect(dashboard.rowIn(prompt, "PENDING").locator(".animate-turn")).toBeVisible();
  const animations = await page.evaluate(() =>
    document.getAnimations().flatMap(({ effect }) => {
      if (!(effect instanceof KeyframeEffect)) return [];
      const box = effect.target?.parentElement?.closest("svg") ? "part of a drawing" : "box";
      const properties = effect.getKeyframes().flatMap((frame) => Object.keys(frame));
      return properties.map((property) => `${box}: ${property}`);
    }),
  );
  const allowed = ["transform", "opacity", "offset", "computedOffset", "easing", "composite"];
  expect(animations.filter((each) => !allowed.some((property) => each === `box: ${property}`))).toEqual([]);
});
