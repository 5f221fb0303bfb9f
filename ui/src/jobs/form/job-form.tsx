import { type KeyboardEvent, type SubmitEvent, useRef } from "react";
import { useReachable } from "@/api/reachability";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Segments } from "@/components/segments";
import { formatCount } from "@/components/time-format";
import { type Draft, NO_OPTIONS, useDraft } from "./draft";
import { FormErrors } from "./form-errors";
import { foldForm } from "./form-folded";
import { FormMeter } from "./form-meter";
import { FormOptions } from "./form-options";
import {
  errorsOf,
  type FormMode,
  objectionTo,
  objectionToOptions,
  optionsOf,
  promptsOf,
  refusalsOf,
  withoutSent,
} from "./submission";
import { useSubmit } from "./use-submit";

const MODES = [
  ["single", "One job"],
  ["lines", "One per line"],
] as const;

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function JobForm() {
  const [{ text, mode, ...options }, changeDraft] = useDraft();
  const field = useRef<HTMLTextAreaElement>(null);
  const reachable = useReachable();
  const { submit, error, isPending, clear } = useSubmit();

  const prompts = promptsOf(text, mode);
  const objection = objectionTo(prompts, mode);
  const errors = objection ? [objection] : errorsOf(error);
  const setMode = (next: FormMode) => changeDraft((draft) => ({ ...draft, mode: next }));
  const clearSent = () =>
    changeDraft((draft) => ({
      ...draft,
      text: withoutSent(draft.text, text),
      ...(JSON.stringify(optionsOf(draft)) === JSON.stringify(optionsOf(options)) && NO_OPTIONS),
    }));
  const acceptable = objection === null && objectionToOptions(options) === null;
  const send = () =>
    acceptable && reachable && submit({ prompts, options: optionsOf(options), batch: mode === "lines" }, clearSent);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    send();
  };
  const change = (next: Partial<Draft>) => {
    changeDraft((draft) => ({ ...draft, ...next }));
    if (error) clear();
  };

  return (
    <form onSubmit={onSubmit} aria-label="New job" className="flex min-w-0 flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2 className="mr-auto text-base font-semibold">{mode === "single" ? "New job" : "New jobs"}</h2>
        <Segments label="How the text is split" value={mode} options={MODES} onChange={setMode} />
        <Button
          look="quiet"
          icon
          aria-label="Fold the form"
          title="Fold the form"
          onClick={() => foldForm(true)}
          className="-mx-2"
        >
          <Icon name="left" className="max-lg:rotate-90" />
        </Button>
      </div>
      <textarea
        ref={field}
        data-prompt
        value={text}
        onChange={(event) => change({ text: event.target.value })}
        onKeyDown={onKeyDown}
        dir="auto"
        aria-label={mode === "single" ? "Prompt" : "Prompts, one per line"}
        aria-invalid={errors.length > 0}
        aria-describedby="form-errors form-meter"
        placeholder={
          mode === "single" ? "What should be done?" : "One prompt per line.\nEvery line becomes a job of its own."
        }
        className="field-sizing-content max-h-[45vh] min-h-20 w-full resize-y rounded-control border border-line-strong bg-surface px-3 py-2 text-base leading-6 placeholder:text-ink-muted aria-invalid:border-failed lg:min-h-44"
      />
      <FormErrors errors={errors} />
      <FormOptions options={options} refusals={refusalsOf(error)} onChange={change} />
      <div className="flex items-center justify-between gap-3">
        <FormMeter text={text} mode={mode} count={prompts.length} onSplit={() => setMode("lines")} />
        <Button type="submit" look="solid" disabled={prompts.length === 0 || !acceptable || isPending || !reachable}>
          {submitLabel(mode, prompts.length, isPending)}
          <kbd className="hidden font-sans text-xs opacity-70 lg:inline">{isApple ? "⌘ ⏎" : "Ctrl ⏎"}</kbd>
        </Button>
      </div>
    </form>
  );
}

function submitLabel(mode: FormMode, count: number, isPending: boolean): string {
  if (isPending) return "Submitting…";
  return mode === "lines" && count > 1 ? `Submit ${formatCount(count)} jobs` : "Submit job";
}
