import { type SubmitEvent, useEffect, useId, useState } from "react";
import { useSearchParams } from "react-router";
import { apiUrl } from "@/api/base";
import { ApiProblem, messageOf } from "@/api/problem";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { rememberAddress } from "./return-address";
import { useSignIn } from "./use-session";

const OUTCOME = "sign-in";

const OUTCOMES: Record<string, string> = {
  "no-role": "You are known, but have no role here. Ask whoever runs this service for one.",
  failed: "You could not be signed in. Please try again; the log of api-service says why.",
};

/** Where a key is entered, or the issuer is chosen. */
export function SignInPage({ issuer }: { issuer: string | null }) {
  const outcome = useOutcome();
  useEffect(() => {
    document.title = "Sign in · Job Processor";
  }, []);
  return (
    <main className="mx-auto flex min-h-screen max-w-sm flex-col justify-center gap-6 px-4 py-12">
      <div>
        <h1 className="text-figure font-semibold tracking-tight">Job Processor</h1>
        <p className="text-ink-muted">Sign in to see jobs.</p>
      </div>
      {outcome !== null && (
        <p role="alert" className="flex gap-2.5 rounded-control bg-failed-wash px-3 py-2 text-failed">
          <Icon name="alert" className="mt-1" />
          {outcome}
        </p>
      )}
      {issuer !== null && <IssuerLink issuer={issuer} />}
      <KeyForm main={issuer === null} />
    </main>
  );
}

function useOutcome(): string | null {
  const [params] = useSearchParams();
  return OUTCOMES[params.get(OUTCOME) ?? ""] ?? null;
}

function IssuerLink({ issuer }: { issuer: string }) {
  return (
    <>
      <a
        href={apiUrl("/session/oidc").href}
        onClick={rememberAddress}
        className="inline-flex h-10 items-center justify-center rounded-control border border-ink bg-ink px-3 font-medium text-ink-inverse hover:opacity-90"
      >
        <span className="truncate">Sign in with {issuer}</span>
      </a>
      <p aria-hidden="true" className="flex items-center gap-3 text-xs text-ink-muted">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </p>
    </>
  );
}

function KeyForm({ main }: { main: boolean }) {
  const [key, setKey] = useState("");
  const { mutate, error, isPending } = useSignIn();
  const [, setParams] = useSearchParams();
  const ids = { field: useId(), hint: useId(), error: useId() };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const forget = () =>
      setParams(
        (params) => {
          params.delete(OUTCOME);
          return params;
        },
        { replace: true },
      );
    if (key.trim() !== "") mutate(key.trim(), { onSuccess: forget });
  };
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-2">
      <label htmlFor={ids.field} className="font-medium">
        API key
      </label>
      <input
        id={ids.field}
        type="password"
        autoComplete="current-password"
        spellCheck={false}
        value={key}
        onChange={(event) => setKey(event.target.value)}
        aria-invalid={error !== null}
        aria-describedby={`${ids.hint} ${ids.error}`}
        className="h-10 w-full rounded-control border border-line-strong bg-surface px-3 font-mono aria-invalid:border-failed"
      />
      <p id={ids.hint} className="text-xs text-ink-muted">
        It begins with jp_. Whoever administers this service issues it.
      </p>
      <p id={ids.error} role="alert" className="text-xs text-failed empty:hidden">
        {error && refusalOf(error)}
      </p>
      <Button type="submit" look={main ? "solid" : "outline"} disabled={isPending} className="mt-2 justify-center">
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}

const refusalOf = (error: unknown) =>
  error instanceof ApiProblem && error.status === 401 ? "This key is not valid, or has expired." : messageOf(error);
