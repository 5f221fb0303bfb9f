import { useEffect, useState } from "react";
import { serverNow } from "@/api/server-clock";
import { withCondition } from "../filters/conditions";
import { useUrlState } from "../url-state";
import { hasOperators, parseSearch } from "./search-text";

const PAUSE = 250;

/**
 * What is typed into the search. Its words are searched for as they are typed; its operators become filters when they
 * are applied.
 */
export function useSearchText() {
  const { filter, change } = useUrlState();
  const [text, setText] = useState(filter.q);
  const [inUrl, setInUrl] = useState(filter.q);
  const [sent, setSent] = useState(filter.q);
  const [objection, setObjection] = useState<string | null>(null);
  const { q } = parseSearch(text, serverNow());
  if (inUrl !== filter.q) {
    setInUrl(filter.q);
    if (q !== filter.q && filter.q !== sent) setText(filter.q); // what was sent from here may be written on by now
  }
  useEffect(() => {
    if (q === filter.q) return;
    const timer = setTimeout(() => {
      setSent(q);
      change({ q: q || null }, true);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [q, filter.q, change]);

  const edit = (next: string) => {
    setText(next);
    setObjection(null);
  };
  /** Turns the operators into filters; returns whether there were any. */
  const apply = (typed: string): boolean => {
    const search = parseSearch(typed, serverNow());
    setObjection(search.objection);
    if (!hasOperators(search) || search.objection !== null) return search.objection !== null;
    setText(search.q);
    setSent(search.q);
    change({
      ...(search.status !== null && { status: search.status }),
      ...(search.q !== filter.q && { q: search.q || null }),
      ...(search.conditions.length > 0 && {
        conditions: search.conditions.reduce(withCondition, [...filter.conditions]),
      }),
    });
    return true;
  };
  return { text, edit, apply, objection };
}
