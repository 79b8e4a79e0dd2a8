import type { Person } from './person.ts';

/** Somebody the roster does not know: reachable by mail, working the hours most people work, in `zone`. */
export function stranger(email: string, zone: string): Person {
  const hours = { from: '09:00', to: '17:00' };
  return {
    email,
    name: email,
    role: 'accountExecutive',
    active: true,
    availability: {
      zone,
      hours: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
    },
  };
}
