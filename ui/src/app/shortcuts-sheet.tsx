import { Dialog } from "@/components/dialog";
import { PAGES } from "./pages";

type Keys = readonly (readonly [keys: string, meaning: string])[];

const SHEET: readonly (readonly [string, Keys])[] = [
  [
    "Anywhere",
    [
      ...PAGES.map(({ key, label }) => [`g ${key}`, label] as const),
      ["?", "This sheet"],
      ["Esc", "Close, or clear the selection"],
    ],
  ],
  [
    "Among the jobs",
    [
      ["n", "Write a new job"],
      ["/", "Search"],
      ["v", "Saved views"],
      ["f", "Filter"],
      ["o", "Oldest or newest first"],
      ["j  k", "Next, previous job"],
      ["Enter", "Open it"],
      ["x", "Select; with Shift, everything between"],
      ["J  K", "Select while moving"],
      ["a", "Select all that are loaded"],
    ],
  ],
  [
    "On the open or selected jobs",
    [
      ["r", "Retry"],
      ["c", "Cancel"],
      ["d", "Delete"],
    ],
  ],
  [
    "While writing",
    [
      ["Ctrl ⏎  ⌘ ⏎", "Submit"],
      ["Esc", "Leave the field"],
    ],
  ],
];

/** The keys and what they do. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open title="Keyboard" onClose={onClose}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {SHEET.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-2 text-xs font-semibold text-ink-muted">{title}</h3>
            <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5">
              {keys.map(([key, meaning]) => (
                <Shortcut key={key} keys={key} meaning={meaning} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Shortcut({ keys, meaning }: { keys: string; meaning: string }) {
  return (
    <>
      <dt className="flex min-w-16 gap-1">
        {keys.split("  ").map((key) => (
          <kbd
            key={key}
            className="rounded-[0.25rem] border border-line-strong/60 border-b-2 bg-paper px-1.5 font-mono text-xs whitespace-nowrap"
          >
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}
