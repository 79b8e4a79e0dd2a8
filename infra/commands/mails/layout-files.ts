const layout = new URL('../../../functions/mails/layout/', import.meta.url);

/** How mails look, in MJML. */
export const sourceFile = new URL('mail.mjml', layout);

/** The same as functions, which the mails are made of. */
export const compiledFile = new URL('compiled-layout.ts', layout);
