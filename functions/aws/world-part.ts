import type { Ports, World, WorldOf, WorldPart } from '../ports/world.ts';

/** A world with what is listed and nothing else: whatever a function does not name, it cannot reach. */
export function worldPart<const Uses extends readonly WorldPart[]>(world: World, uses: Uses): WorldOf<Uses> {
  const part: Record<string, unknown> = {};
  for (const use of uses) {
    const [member, method] = use.split('.') as [keyof World, string?];
    const whole: unknown = world[member];
    part[member] =
      method === undefined ? whole : { ...Object(part[member]), [method]: Object(whole as Ports[keyof Ports])[method] };
  }
  return part as WorldOf<Uses>;
}
