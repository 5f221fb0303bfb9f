import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/button";
import { useShortcuts } from "@/components/use-shortcuts";

const ShortcutsSheet = lazy(() => import("./shortcuts-sheet").then((module) => ({ default: module.ShortcutsSheet })));

/** Leads to the keys, which are loaded when somebody asks for them. */
export function ShortcutsButton() {
  const [open, setOpen] = useState(false);
  useShortcuts({ "?": () => setOpen(true) });
  return (
    <>
      <Button look="quiet" icon aria-label="Keyboard shortcuts" onClick={() => setOpen(true)}>
        ?
      </Button>
      {open && (
        <Suspense>
          <ShortcutsSheet onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
