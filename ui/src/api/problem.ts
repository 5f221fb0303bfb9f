import type { components } from "./schema";

export type FieldError = components["schemas"]["FieldError"];

/** The API answered, and refused: what its problem+json says. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";

  constructor(
    readonly status: number,
    message: string,
    readonly fieldErrors: readonly FieldError[] = [],
    /** Tells programs why. */
    readonly type = "about:blank",
  ) {
    super(message);
  }
}

/** Nothing that could answer was reached: no network, no server, or a gateway with nothing behind it. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Whether the API itself says what is wrong, rather than a gateway before it. */
export const isProblem = ({ headers }: Response) => headers.get("content-type")?.includes("problem+json") ?? false;

export async function problemOf(response: Response): Promise<ApiProblem> {
  const fallback = `The server answered ${response.status}.`;
  try {
    const body: Partial<components["schemas"]["Problem"]> = await response.json();
    return new ApiProblem(
      response.status,
      body.detail ?? body.error ?? body.title ?? fallback,
      body.errors ?? [],
      body.type,
    );
  } catch {
    return new ApiProblem(response.status, fallback);
  }
}

export function messageOf(error: unknown): string {
  if (error instanceof Unreachable) return "The backend could not be reached.";
  return error instanceof Error ? error.message : String(error);
}
