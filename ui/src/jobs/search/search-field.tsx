import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { jobKeys } from "@/api/job-keys";
import { Icon } from "@/components/icon";
import { useShortcuts } from "@/components/use-shortcuts";
import type { JobList } from "../job-list";
import { useQueues } from "../queues/use-queues";
import { LONGEST_SEARCH } from "../url-state";
import { type Suggestion, suggestionsFor, withSuggestion } from "./suggestions";
import { useSearchText } from "./use-search-text";

/** Words to search for and operators, with what may follow (a combobox with a list, as ARIA's practices have it). */
export function SearchField() {
  const { text, edit, apply, objection } = useSearchText();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const suggestions = useSuggestions(text, open);
  const shown = open && suggestions.length > 0;
  useShortcuts({ "/": () => field.current?.focus() });

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const type = (next: string) => {
    edit(next);
    setOpen(next.trim() !== "");
    setActive(-1);
  };
  const choose = (suggestion: Suggestion) => {
    const next = withSuggestion(text, suggestion);
    edit(next);
    setActive(-1);
    if (suggestion.complete) {
      close();
      apply(next);
    }
    field.current?.focus();
  };
  const leave = () => {
    if (shown) return close();
    edit("");
    field.current?.blur();
  };
  const move = (step: number) => {
    if (!open) {
      setOpen(true);
      setActive(0);
      return;
    }
    const count = suggestions.length + 1; // the last stands for the field itself
    setActive(((active + 1 + step + count) % count) - 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = shown ? suggestions[active] : undefined;
    if (event.key === "Escape") leave();
    else if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && chosen) choose(chosen);
    else if (event.key === "Enter") {
      close();
      apply(text);
    } else return;
    event.preventDefault();
  };
  return (
    <div className="relative min-w-0 flex-1 md:max-w-72 two-rows:max-w-none">
      <Icon name="search" className="pointer-events-none absolute top-2.5 left-2.5 z-1 text-ink-muted" />
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label="Search jobs"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={objection !== null}
        aria-describedby={`${id}-objection`}
        autoComplete="off"
        dir="auto"
        maxLength={LONGEST_SEARCH}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
        placeholder="Prompt, error, id, or tag:…"
        title="Finds words of prompts and errors, workers, and beginnings or ends of ids. Arrow down shows what else: tag:, status:, after: …"
        className="h-9 w-full rounded-control border border-line-strong/60 bg-surface pr-2 pl-8 placeholder:text-ink-muted hover:border-ink aria-invalid:border-failed"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Suggestions"
        hidden={!shown}
        className="absolute top-10 right-0 left-0 z-30 min-w-60 animate-rise rounded-panel border border-line bg-surface p-1 shadow-over"
      >
        {shown &&
          suggestions.map((suggestion, index) => (
            <div
              key={suggestion.text}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault() /* the field keeps the focus */}
              onClick={() => choose(suggestion)}
              onKeyDown={() => undefined}
              className="flex cursor-pointer items-baseline gap-3 rounded-control px-2 py-1.5 hover:bg-sunken aria-selected:bg-sunken"
            >
              <bdi className="min-w-0 truncate font-mono">{suggestion.text}</bdi>
              <span className="ml-auto truncate text-xs text-ink-muted">{suggestion.hint}</span>
            </div>
          ))}
      </div>
      <p
        id={`${id}-objection`}
        role="alert"
        className="absolute top-10 right-0 left-0 z-20 min-w-60 rounded-control border border-failed bg-surface px-2.5 py-1.5 text-xs text-failed shadow-over empty:hidden"
      >
        {objection}
      </p>
    </div>
  );
}

const NONE: readonly Suggestion[] = [];

/** Of the jobs that are loaded, whichever filter they were loaded for. */
function useSuggestions(text: string, open: boolean): readonly Suggestion[] {
  const client = useQueryClient();
  const queues = useQueues();
  if (!open) return NONE;
  const lists = client.getQueriesData<JobList>({ queryKey: jobKeys.lists() });
  const jobs = lists.flatMap(([, list]) => list?.jobs ?? []);
  const names = queues.map(({ name }) => name);
  return suggestionsFor(text, jobs, names);
}
