import { screen, within } from "@testing-library/react";
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
