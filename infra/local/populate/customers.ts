import type { Draws } from '../simulate/draws.ts';
import type { Team } from './company.ts';

const begins =
  'Alder Amber Arbor Atlas Aurora Basalt Beacon Birch Bright Cedar Cobalt Copper Coral Delta Ember Falcon Fern Forge Gable Granite Harbor Hazel Helio Indigo Iris Juniper Kestrel Lark Linden Lumen Maple Marble Meadow Mistral Nimbus North Oak Onyx Orchid Osprey Pebble Pine Prism Quartz Raven River Robin Sable Sierra Silver Solar Sparrow Spruce Sterling Summit Tamarind Terra Thistle Umber Vale Vector Violet Wave Willow Wren Zenith'.split(
    ' ',
  );
const ends =
  'Analytics Brewing Clinics Components Dental Dynamics Energy Foods Freight Furniture Goods Health Hotels Insurance Labs Learning Living Logistics Media Mobility Motors Optics Paper Pharma Plastics Retail Robotics Software Sports Steel Studios Textiles Tools Travel Water Works'.split(
    ' ',
  );
const forms: Readonly<Record<string, string>> = { DE: 'GmbH', GB: 'Ltd', US: 'Inc.' };
const zones: Readonly<Record<string, readonly string[]>> = {
  DE: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
  GB: ['Europe/London', 'Europe/Dublin'],
  US: ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
};
const contacts =
  'Alex Blake Casey Dana Eli Frankie Gray Harper Indra Jamie Kai Lee Morgan Nico Parker Quinn Reese Sasha Taylor Val'.split(
    ' ',
  );
const surnames =
  'Adler Bloom Carter Diaz Ekholm Frost Gallo Hart Ito Jung Keller Lund Marsh Nagy Osei Park Rossi Stein Tran Voss'.split(
    ' ',
  );

/** An industry, and how its customers end their names. */
const industries: Readonly<Record<string, readonly string[]>> = {
  healthcare: ['Clinics', 'Dental', 'Health', 'Pharma'],
  Logistics: ['Freight', 'Logistics', 'Mobility', 'Travel'],
  Manufacturing: ['Components', 'Motors', 'Plastics', 'Robotics', 'Steel', 'Tools'],
  Software: ['Analytics', 'Labs', 'Learning', 'Media', 'Software'],
};
const otherwise = 'Retail';

export interface DrawnCustomer {
  readonly name: string;
  /** A domain that is reserved for examples. */
  readonly domain: string;
  readonly industry: string;
  readonly timeZone: string;
  readonly country: string;
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
}

/** Customers, each under a name of its own. */
export function drawCustomers(draws: Draws): (team: Team) => DrawnCustomer {
  const taken = new Set<string>();
  return ({ country }) => {
    let [end, bare] = ['', ''];
    do {
      end = draws.oneOf(ends);
      bare = `${draws.oneOf(begins)} ${end}`;
    } while (taken.has(bare));
    taken.add(bare);
    const domain = `${bare.toLowerCase().replace(' ', '-')}.example`;
    const people = [0, 1, 2].map(() => `${draws.oneOf(contacts)} ${draws.oneOf(surnames)}`);
    return {
      name: `${bare} ${forms[country] ?? ''}`.trim(),
      domain,
      industry: Object.entries(industries).find(([, names]) => names.includes(end))?.[0] ?? otherwise,
      timeZone: draws.oneOf(zones[country] ?? ['UTC']),
      country,
      contacts: [...new Set(people)].map((name) => ({
        name,
        email: `${name.toLowerCase().replace(' ', '.')}@${domain}`,
      })),
    };
  };
}
