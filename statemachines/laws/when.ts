/** The problem, if what it is about holds. */
export const when = (holds: unknown, problem: string): string[] => (holds ? [problem] : []);
