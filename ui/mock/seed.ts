import { type MockStore, outcomeOf } from "./store.ts";

const PROMPTS = [
  "Classify this ticket: “I was charged twice for October, please refund one of them”",
  "Summarise the incident report of the night of 3 November in five sentences for the board",
  "Translate the release notes of 4.2 to German, French and Japanese",
  "Extract every invoice number, date and amount from the attached text as JSON",
  "Write a polite reply to a customer who waited nine days for an answer",
  "Which of these 40 product reviews mention battery life? Answer with their ids",
  "Draft three subject lines for the winter newsletter",
  "Find contradictions between clauses 4.1 and 9.3 of the contract",
  "Fail on purpose: reach the model through the overloaded gateway",
  "Answer without the JSON that was asked for (hallucinate)",
  "Turn the meeting transcript into a list of decisions, owners and due dates",
  "Estimate the reading time of the handbook, chapter by chapter",
];

/** Fills the store with jobs that ended in the last hours, so that every state can be looked at. */
export function seed(store: MockStore, count: number) {
  const end = Date.now() - 20_000;
  for (let index = count; index > 0; index--) {
    const at = end - index * Math.min(47_000, (3_600_000 * 5) / count) - Math.random() * 9_000;
    const prompt = PROMPTS[index % PROMPTS.length] ?? "";
    const job = store.create(count > 1000 ? `${prompt} #${index}` : prompt, new Date(at).toISOString());
    const startedAt = at + 300 + Math.random() * 900;
    const endedAt = startedAt + 4_800 + Math.random() * 1_400;
    const time = (value: number) => new Date(value).toISOString();
    const cancelled = index % 17 === 0;
    const outcome = cancelled ? ({ status: "CANCELLED" } as const) : outcomeOf(job);
    Object.assign(job, outcome, {
      startedAt: time(startedAt),
      completedAt: time(endedAt),
      updatedAt: time(endedAt),
      worker: `worker-${1 + (index % 3)}`,
    });
    job.history.push(
      { type: "PUBLISHED", at: time(at + 30), attempt: 1 },
      { type: "STARTED", at: time(startedAt), attempt: 1, detail: `worker-${1 + (index % 3)}` },
      {
        type: outcome.status as "COMPLETED",
        at: time(endedAt),
        attempt: 1,
        ...("error" in outcome && { detail: outcome.error ?? "" }),
      },
    );
  }
  store.jobs.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  store.takeChanges();
}
