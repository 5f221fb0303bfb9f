import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useShortcuts } from "./use-shortcuts";
import { followWriting } from "./writing";

let stop: () => void;
const act = vi.fn();

function Page({ field = true, locked = false }) {
  useShortcuts({ r: act });
  return (
    <>
      <fieldset disabled={locked}>{field && <textarea />}</fieldset>
      <button type="button">Elsewhere</button>
    </>
  );
}

async function writing() {
  const user = userEvent.setup();
  const { rerender } = render(<Page />);
  await user.type(screen.getByRole("textbox"), "hel");
  return { user, rerender };
}

beforeEach(() => {
  act.mockReset();
  stop = followWriting();
});
afterEach(() => stop());

it("acts on a key that is meant for the page", async () => {
  const { user } = await writing();
  await user.keyboard("r");
  expect(act).not.toHaveBeenCalled();
  await user.click(screen.getByRole("button"));
  await user.keyboard("r");
  expect(act).toHaveBeenCalledOnce();
});

it("takes what is typed after the field was taken away for writing", async () => {
  const { user, rerender } = await writing();
  rerender(<Page field={false} />);
  expect(document.body).toHaveFocus();
  await user.keyboard("ror");
  expect(act).not.toHaveBeenCalled();
});

it.each(["{Escape}", "{Tab}"])("acts again after %s", async (key) => {
  const { user, rerender } = await writing();
  rerender(<Page field={false} />);
  await user.keyboard(`r${key}`);
  expect(act).not.toHaveBeenCalled();
  await user.keyboard("r");
  expect(act).toHaveBeenCalledOnce();
});

it.each([
  [10_000, 0],
  [10_001, 1],
])("acts again when nothing was typed for more than ten seconds: after %i ms %i times", async (pause, times) => {
  const { user, rerender } = await writing();
  rerender(<Page field={false} />);
  const now = performance.now();
  const clock = vi.spyOn(performance, "now").mockReturnValue(now);
  await user.keyboard("r");
  clock.mockReturnValue(now + pause);
  await user.keyboard("r");
  expect(act).toHaveBeenCalledTimes(times);
});
