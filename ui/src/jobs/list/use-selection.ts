import { useCallback, useRef, useState } from "react";

export type Selection = {
  selected: ReadonlySet<string>;
  /** Selects or not; with `range`, everything between this and the last one chosen, too. */
  toggle: (id: string, range: boolean) => void;
  set: (ids: readonly string[]) => void;
};

export function useSelection(ids: readonly string[]): Selection {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const order = useRef(ids);
  order.current = ids;
  const toggle = useCallback((id: string, range: boolean) => {
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
  }, []);
  const set = useCallback((next: readonly string[]) => setSelected(new Set(next)), []);
  return { selected, toggle, set };
}

function between(ids: readonly string[], from: string, to: string): readonly string[] {
  const [start, end] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  return start === undefined || end === undefined || start === -1 ? [to] : ids.slice(start, end + 1);
}
