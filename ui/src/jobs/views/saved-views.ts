import { useCallback, useState } from "react";

/** A filter with a name: the search part of its address. */
export type SavedView = { name: string; search: string };

const KEY = "views";

/** The views of this browser, by name. */
export function useSavedViews() {
  const [views, setViews] = useState(recall);
  const change = useCallback((next: readonly SavedView[]) => {
    const sorted = next.toSorted((a, b) => a.name.localeCompare(b.name));
    setViews(sorted);
    try {
      localStorage.setItem(KEY, JSON.stringify(sorted));
    } catch {
      // Storage refused or full: they hold until the dialog is left.
    }
  }, []);
  const without = (name: string) => views.filter((view) => view.name !== name);
  return {
    views,
    save: (view: SavedView) => change([...without(view.name), view]),
    remove: (name: string) => change(without(name)),
  };
}

function recall(): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

const isView = (value: unknown): value is SavedView =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  "search" in value &&
  typeof value.name === "string" &&
  typeof value.search === "string";
