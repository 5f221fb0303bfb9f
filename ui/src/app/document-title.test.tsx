import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { stats } from "@/testing/jobs";
import { open } from "@/testing/render";
import { goAway, serveJobs, server } from "@/testing/server";
import { failingOf } from "./use-alarm";

const minutes = (...counts: readonly [completed: number, failed: number][]) =>
  counts.map(([completed, failed], index) => ({ minute: index, completed, failed }));

it("says that jobs fail now, and that the backend is unreachable, by title and icon", async () => {
  const icon = document.createElement("link");
  icon.rel = "icon";
  document.head.append(icon);
  serveJobs();
  open();
  await waitFor(() => expect(document.title).toBe("Job Processor"));
  expect(icon.href).toMatch(/favicon\.svg$/);
  const perMinute = stats().perMinute.map((minute, index) => ({ ...minute, completed: 3, failed: index > 58 ? 5 : 0 }));
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ perMinute }))));
  await waitFor(() => expect(document.title).toBe("25 % fail now · Job Processor"));
  expect(icon.href).toMatch(/favicon-alarm\.svg$/);
  goAway();
  await waitFor(() => expect(document.title).toBe("Unreachable · Job Processor"));
  icon.remove();
});

it("names the part that does not work", async () => {
  const checks = [
    { name: "database", ok: true, detail: "" },
    { name: "broker", ok: false, detail: "does not answer" },
  ];
  server.use(
    http.get("/system", () =>
      HttpResponse.json({ version: "", java: "", instance: "", time: "", checks, settings: {} }),
    ),
  );
  open();
  await waitFor(() => expect(document.title).toBe("The broker needs you · Job Processor"));
});

it("says that there are dead letters, by the title and beside their page", async () => {
  const checks = [{ name: "dead letters", ok: false, detail: "1,234 are kept", count: 1234 }];
  server.use(
    http.get("/system", () =>
      HttpResponse.json({ version: "", java: "", instance: "", time: "", checks, settings: {} }),
    ),
  );
  open();
  await waitFor(() => expect(document.title).toBe("Dead letters need you · Job Processor"));
  expect(
    within(screen.getByRole("navigation", { name: "Pages" })).getByRole("link", { name: "Dead letters 1,234" }),
  ).toBeVisible();
});

it("stays calm about what failed earlier, about one or two, and about few of many", () => {
  expect(failingOf(minutes([0, 9], [9, 0], [0, 0], [0, 0], [0, 0], [0, 0]))).toBeNull();
  expect(failingOf(minutes([0, 2]))).toBeNull();
  expect(failingOf(minutes([0, 3]))).toBe("100 % fail now");
  expect(failingOf(minutes([28, 3]))).toBeNull();
  expect(failingOf(minutes([27, 3]))).toBe("10 % fail now");
});
