/* How long the dashboard keeps its main thread busy at once, by a trace of Chromium: while it loads, and in use, with
   100,000 jobs stored and 50 changes a second (STORED, CHANGES). Needs a build: npm run build && npm run tasks */
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { preview } from "vite";

const STORED = Number(process.env.STORED ?? 100_000);
const CHANGES = Number(process.env.CHANGES ?? 50);
const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "__metadata"];

const server = await preview({ mode: "mock", preview: { port: 0 } });
const [base] = server.resolvedUrls.local;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.request.post(`${base}__mock`, { data: { clear: true, seed: STORED, churn: CHANGES } });
  report("while loading", await traced(page, () => load(page)));
  report("in use", await traced(page, () => use(page)));
} finally {
  await browser.close();
  await server.close();
}

async function load(page) {
  await page.goto(base);
  await page.locator("[data-job-row]").first().waitFor();
  await page.waitForTimeout(5_000);
}

/** What an engineer does: scroll, open jobs one after another, search, filter, go to other pages and back. */
async function use(page) {
  for (let turn = 0; turn < 10; turn++) {
    await page.mouse.move(900, 600);
    await page.mouse.wheel(0, 2_000);
    await page.waitForTimeout(400);
  }
  await page.locator("[data-job-row] a").first().focus();
  await page.keyboard.press("Enter");
  for (let turn = 0; turn < 10; turn++) {
    await page.keyboard.press("j");
    await page.waitForTimeout(200);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  await page.keyboard.type("incident", { delay: 50 });
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1_500);
  for (const address of ["?status=FAILED", "?view=queues", "?view=workers", ""]) {
    await page.evaluate((search) => {
      history.pushState(null, "", search || location.pathname);
      dispatchEvent(new PopStateEvent("popstate"));
    }, address);
    await page.waitForTimeout(1_500);
  }
}

/** The durations of the main thread's tasks while something is done, the longest first, in milliseconds. */
async function traced(page, act) {
  const path = join(tmpdir(), `tasks-${process.pid}.json`);
  await browser.startTracing(page, { path, categories: CATEGORIES });
  await act();
  await browser.stopTracing();
  const { traceEvents } = JSON.parse(readFileSync(path, "utf8"));
  const isPage = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const mains = new Set(traceEvents.filter(isPage).map(({ pid, tid }) => `${pid} ${tid}`));
  return traceEvents
    .filter(({ name, ph, pid, tid }) => ph === "X" && name === "RunTask" && mains.has(`${pid} ${tid}`))
    .map(({ dur }) => dur / 1_000)
    .sort((a, b) => b - a);
}

function report(when, tasks) {
  const shown = tasks.slice(0, 5).map((each) => `${each.toFixed(0)} ms`);
  const long = tasks.filter((each) => each > 50).length;
  process.stdout.write(`${when}: longest ${shown.join(", ")}; ${long} of ${tasks.length} over 50 ms\n`);
}
