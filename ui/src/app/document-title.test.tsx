import { waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { stats } from "@/testing/jobs";
import { open } from "@/testing/render";
import { goAway, serveJobs, server } from "@/testing/server";

it("says how many jobs failed lately, and that the backend is unreachable", async () => {
  serveJobs();
  const { perMinute } = stats();
  const lately = perMinute.map((minute, index) => ({ ...minute, failed: index < 2 ? 600 : 0 }));
  open();
  await waitFor(() => expect(document.title).toBe("Job Processor"));
  server.use(http.get("/jobs/stats", () => HttpResponse.json(stats({ perMinute: lately }))));
  await waitFor(() => expect(document.title).toBe("1,200 failed in the last hour · Job Processor"));
  goAway();
  await waitFor(() => expect(document.title).toBe("Unreachable · Job Processor"));
});
