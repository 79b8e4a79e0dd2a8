/** No mail ever reaches it: a name that ends so is reserved for what leads nowhere. */
const domain = '@forgotten.invalid';

/** The address that stands where that of a forgotten person stood. `drawn`: letters and digits that nobody can work out. */
export const placeholderOf = (drawn: string): string => `forgotten-${drawn}${domain}`;

/** Whether somebody was forgotten who stood where this address stands: nothing is sent to them, and nobody speaks of them. */
export const isForgotten = (email: string): boolean => email.toLowerCase().endsWith(domain);
