import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { pendingJob } from "@/testing/jobs";
import { problem, server } from "@/testing/server";
import { listJobs, nextCursor } from "./list-jobs";
import { ApiProblem, Unreachable } from "./problem";

const ALL = { status: null, q: "", conditions: [] };

it("asks for the filter and the page", async () => {
  let asked = "";
  server.use(
    http.get("/jobs", ({ request }) => {
      asked = new URL(request.url).search;
      return HttpResponse.json([]);
    }),
  );
  await listJobs({ status: "FAILED", q: "a b", conditions: [] }, { after: "x=", limit: 500 });
  expect(asked).toBe("?status=FAILED&q=a+b&after=x%3D&limit=500");
});

it("reads the cursor of the next page", () => {
  expect(nextCursor('</jobs?limit=100&after=abc%3D>; rel="next"')).toBe("abc=");
  expect(nextCursor(null)).toBeNull();
});

it("returns null where the page is still the same", async () => {
  server.use(
    http.get("/jobs", ({ request }) =>
      request.headers.get("if-none-match") === '"1"'
        ? new HttpResponse(null, { status: 304 })
        : HttpResponse.json([pendingJob()], { headers: { etag: '"1"' } }),
    ),
  );
  const page = await listJobs(ALL);
  expect(page?.etag).toBe('"1"');
  expect(await listJobs(ALL, { etag: '"1"' })).toBeNull();
});

it("throws what the server refused with", async () => {
  server.use(http.get("/jobs", () => problem(400, "The cursor is not valid")));
  await expect(listJobs(ALL)).rejects.toEqual(new ApiProblem(400, "The cursor is not valid"));
});

it.each([502, 503, 504])("takes %i for nobody behind the gateway", async (status) => {
  server.use(http.get("/jobs", () => new HttpResponse("Bad gateway", { status })));
  await expect(listJobs(ALL)).rejects.toBeInstanceOf(Unreachable);
});
