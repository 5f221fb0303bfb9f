const listeners = new Set<() => void>();

/** Reports that the API asked for a credential: whoever was signed in is not any more. */
export function reportRefusal() {
  for (const listener of listeners) listener();
}

/** Calls the listener for each refusal, until what is returned is called. */
export function onRefusal(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
