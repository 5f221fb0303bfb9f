import { type RefObject, useCallback, useRef, useState } from "react";
import type { Outcome } from "../actions/run-action";

export type Selection = {
  selected: ReadonlySet<string>;
  /** Selects or not; with `range`, everything between this and the last one chosen, too. */
  toggle: (id: string, range: boolean) => void;
  set: (ids: readonly string[]) => void;
  clear: () => void;
  /** After it was acted on: what is done is let go, what was refused can be looked at. */
  keepRefused: (outcomes: readonly Outcome[]) => void;
};

/** Which jobs are chosen, of those whose order is given. */
export function useSelection(order: RefObject<readonly string[]>): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const toggle = useCallback(
    (id: string, range: boolean) => {
      const from = anchor.current;
      anchor.current = id;
      setSelected((before) => {
        const after = new Set(before);
        const touched = range && from ? between(order.current, from, id) : [id];
        for (const each of touched) {
          if (before.has(id)) after.delete(each);
          else after.add(each);
        }
        return after;
      });
    },
    [order],
  );
  const set = useCallback((next: readonly string[]) => setSelected(new Set(next)), []);
  const clear = useCallback(() => set([]), [set]);
  const keepRefused = useCallback(
    (outcomes: readonly Outcome[]) => set(outcomes.filter(({ done }) => !done).map(({ job }) => job.id)),
    [set],
  );
  return { selected, toggle, set, clear, keepRefused };
}

function between(ids: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return start === undefined || end === undefined || start === -1 ? [to] : ids.slice(start, end + 1);
}
