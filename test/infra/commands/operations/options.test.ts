import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../../infra/commands/operations/options.ts';

const read = (environment: Record<string, string>, stages: string[] = [], site?: string) =>
  readOptions(environment, { stages, site });

describe('npm run operations', () => {
  it('takes a stage, an address, or the account on this machine', () => {
    expect(read({}, ['production'])).toEqual({ port: 0, token: undefined, at: { stage: 'production' } });
    expect(read({ PORT: '8080', OPERATIONS_TOKEN: ' a.b.c\n' }, [], 'https://handoff.example.com/')).toEqual({
      port: 8080,
      token: 'a.b.c',
      at: { site: 'https://handoff.example.com' },
    });
    const here = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
    expect(read(here).at).toEqual({ site: 'http://127.0.0.1:4566' });
    expect(read(here, ['production']).at).toEqual({ stage: 'production' });
  });

  it.each<[environment: Record<string, string>, stages: string[], site: string | undefined, told: string]>([
    [{}, [], undefined, 'Which deployment?'],
    [{}, ['a', 'b'], undefined, 'One stage at a time'],
    [{}, ['a'], 'https://handoff.example.com', 'both name a deployment'],
    [{}, [], 'http://handoff.example.com', 'must begin with https://'],
    [{}, [], 'handoff.example.com', 'must begin with https://'],
    [{ PORT: 'http' }, ['a'], undefined, 'PORT is "http"'],
    [{ PORT: '99999' }, ['a'], undefined, 'PORT is "99999"'],
    [{ OPERATIONS_TOKEN: 'two words' }, ['a'], undefined, 'OPERATIONS_TOKEN is no token'],
  ])('says what it cannot use: %j %j %j', (environment, stages, site, told) => {
    expect(() => read(environment, stages, site)).toThrow(told);
  });
});
