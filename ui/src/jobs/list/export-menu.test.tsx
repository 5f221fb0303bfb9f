import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { ExportMenu } from "./export-menu";

const open = async (address: string) => {
  render(
    <MemoryRouter initialEntries={[address]}>
      <ExportMenu />
    </MemoryRouter>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Download these jobs" }));
};

const searchOf = (name: RegExp) =>
  new URL(screen.getByRole("menuitem", { name }).getAttribute("href") ?? "", location.href).search;

it("downloads all jobs", async () => {
  await open("/");
  expect(screen.getByText("Download all jobs")).toBeVisible();
  expect(searchOf(/CSV/)).toBe("?format=csv");
});

it("downloads the jobs of the filter", async () => {
  await open("/?status=failed&metadata.customer=1%267&queue=llm");
  expect(screen.getByText("Download all jobs that match")).toBeVisible();
  expect(searchOf(/NDJSON/)).toBe("?format=ndjson&status=FAILED&metadata.customer=1%267&queue=llm");
});
