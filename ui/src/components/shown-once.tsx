import type { ReactNode } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

type Props = { label: string; text: string; copyLabel: string; onDone: () => void; children: ReactNode };

/** A text for the only time that anybody sees it; what it is, is said above it. */
export function ShownOnce({ label, text, copyLabel, onDone, children }: Props) {
  return (
    <section aria-label={label} className="rounded-control border border-line-strong px-4 py-3">
      <p role="status">{children}</p>
      <p className="mt-2 flex items-center gap-2">
        <code className="min-w-0 flex-1 rounded-control bg-sunken px-2.5 py-1.5 font-mono text-xs break-all">
          {text}
        </code>
        <CopyButton text={text} label={copyLabel} />
      </p>
      <Button className="mt-3" onClick={onDone}>
        Done
      </Button>
    </section>
  );
}
