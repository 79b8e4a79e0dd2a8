import type { FunctionName } from './function-names.ts';

export interface PageRoute {
  readonly method: 'GET' | 'POST';
  /** A path as API Gateway writes it, with its parameters in braces. */
  readonly path: string;
  readonly target: FunctionName;
}

/** Every way in from outside: the pages behind the links in mails. GET only shows, POST decides. */
export const routes: readonly PageRoute[] = [
  { method: 'GET', path: '/s/{link}', target: 'show-page' },
  { method: 'GET', path: '/s/{link}/brief', target: 'show-page' },
  { method: 'GET', path: '/s/{link}/plan', target: 'show-page' },
  { method: 'POST', path: '/s/{link}', target: 'decide-step' },
  { method: 'POST', path: '/s/{link}/fresh', target: 'decide-step' },
];
