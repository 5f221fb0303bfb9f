import { fireEvent, screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { stats } from "@/testing/jobs";
import { open } from "@/testing/render";
import { server } from "@/testing/server";

it("counts as pending what the tab counts, those that run included", async () => {
  const counts = { PENDING: 27, COMPLETED: 3, FAILED: 0, CANCELLED: 0 };
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ counts, running: 19 }))));
  open();
  expect(await screen.findByRole("link", { name: "Pending 27" })).toBeVisible();
  const strip = within(screen.getByRole("region", { name: "Statistics" }));
  expect(strip.getByText("Pending").nextElementSibling).toHaveTextContent("27");
  expect(strip.getByText("Running").nextElementSibling).toHaveTextContent("19");
  expect(strip.getByText("of the pending")).toBeVisible();
});

it("shows no tokens where none were used", async () => {
  open();
  await screen.findByRole("link", { name: "Pending 0" });
  expect(screen.queryByText("Tokens, last hour")).not.toBeInTheDocument();
});

it("adds up the tokens of the last hour, and tells queues and models apart among the queues", async () => {
  const tokens = [
    { queue: "default", model: "gpt-4.1", inputTokens: 12_000, outputTokens: 340 },
    { queue: "removed", model: "small", inputTokens: 1, outputTokens: 0 },
  ];
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ tokens }))));
  const { user } = open();
  const figure = (await screen.findByText("Tokens, last hour")).closest("dl");
  expect(figure).toHaveTextContent("12.3K");
  expect(figure).toHaveTextContent("12K in, 340 out");
  await user.keyboard("q");
  const page = within(await screen.findByRole("region", { name: "Queues" }));
  expect((await page.findByText("gpt-4.1")).parentElement).toHaveTextContent("12,000 tokens in, 340 out");
  expect(page.queryByText("small")).not.toBeInTheDocument();
});

it("leads from a figure to its jobs, and from minutes of the chart to the jobs submitted then", async () => {
  const counts = { PENDING: 0, COMPLETED: 3, FAILED: 27, CANCELLED: 0 };
  const { perMinute } = stats();
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ counts, perMinute }))));
  const { user } = open("/?queue=llm");
  await user.click(await screen.findByRole("link", { name: "27: show the failed jobs" }));
  expect(window.location.search).toBe("?status=FAILED");
  const bars = screen.getByRole("img", { name: /^Last hour/ }).querySelectorAll("g");
  fireEvent.pointerDown(bars[20] as Element);
  fireEvent.pointerEnter(bars[39] as Element);
  fireEvent.pointerUp(bars[39] as Element);
  const params = new URLSearchParams(window.location.search);
  expect(params.get("status")).toBe("FAILED");
  expect(params.get("createdAfter")).toBe("2026-11-24T11:19:59.999Z");
  expect(params.get("createdBefore")).toBe("2026-11-24T11:40:00.000Z");
  fireEvent.change(screen.getByRole("slider", { name: "Part of the chart" }), { target: { value: "5" } });
  await user.click(screen.getByRole("link", { name: /jobs submitted then/ }));
  expect(new URLSearchParams(window.location.search).get("createdAfter")).toBe("2026-11-24T11:04:59.999Z");
});
