import { useEffect, useRef, useState } from "react";
import { Icon } from "@/components/icon";
import { useShortcuts } from "@/components/use-shortcuts";
import { LONGEST_SEARCH, useUrlState } from "../url-state";

const PAUSE = 250;

export function SearchField() {
  const { filter, change } = useUrlState();
  const [text, setText] = useState(filter.q);
  const [inUrl, setInUrl] = useState(filter.q);
  const field = useRef<HTMLInputElement>(null);
  if (inUrl !== filter.q) {
    setInUrl(filter.q);
    if (text.trim() !== filter.q) setText(filter.q);
  }
  useEffect(() => {
    if (text.trim() === filter.q) return;
    const timer = setTimeout(() => change({ q: text.trim() || null }, true), PAUSE);
    return () => clearTimeout(timer);
  }, [text, filter.q, change]);
  const leave = () => {
    setText("");
    field.current?.blur();
  };
  useShortcuts({ "/": () => field.current?.focus() });
  return (
    <label className="relative block min-w-0 flex-1 md:max-w-72">
      <span className="sr-only">Search jobs</span>
      <Icon name="search" className="pointer-events-none absolute top-2.5 left-2.5 text-ink-muted" />
      <input
        ref={field}
        type="search"
        dir="auto"
        maxLength={LONGEST_SEARCH}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && leave()}
        placeholder="Prompt, error, worker, id"
        title="Finds words of prompts and errors, workers, and beginnings or ends of ids"
        className="h-9 w-full rounded-control border border-line-strong/60 bg-surface pr-2 pl-8 placeholder:text-ink-muted hover:border-ink"
      />
    </label>
  );
}
