const KEY = "return-to";

/** Remembers what the page shows, for the time it is left for the issuer. */
export const rememberAddress = () => sessionStorage.setItem(KEY, location.search);

/** What the page showed before it was left; null where it was not. */
export function takeAddress(): string | null {
  const address = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return address;
}
