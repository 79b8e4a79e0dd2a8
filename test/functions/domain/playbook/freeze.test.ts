import { describe, expect, it } from 'vitest';
import { nameIn } from '../../../../functions/domain/fields/words.ts';
import { freezePlaybook, type Variant, variantOf, variantsOf } from '../../../../functions/domain/playbook/freeze.ts';
import { askStep, type Overlay, type Playbook } from '../../../../functions/domain/playbook/playbook.ts';
import { full } from '../../../support/playbooks/full.ts';

/** The fixture with overlays of its own. */
const withOverlays = (
  segments: Readonly<Record<string, Overlay>>,
  industries: Readonly<Record<string, Overlay>> = {},
) => ({ ...full, segments: { standard: {}, ...segments }, industries }) satisfies Playbook;

const kickoffIn = (playbook: Playbook, variant: Variant) => askStep(freezePlaybook(playbook, variant), 'hold-kickoff');

describe('a playbook resolved for a handoff', () => {
  it('has the steps that every handoff has, those its segment adds, and none that it leaves out', () => {
    const playbook = withOverlays({ large: { with: ['introduce-by-phone'] }, small: { without: ['hold-kickoff'] } });
    const has = (segment: string) =>
      ['introduce-by-phone', 'hold-kickoff', 'confirm-handoff'].filter(
        (id) => id in freezePlaybook(playbook, { segment }).steps,
      );
    expect(has('standard')).toEqual(['hold-kickoff', 'confirm-handoff']);
    expect(has('large')).toEqual(['introduce-by-phone', 'hold-kickoff', 'confirm-handoff']);
    expect(has('small')).toEqual(['confirm-handoff']);
  });

  it('has the step that its industry adds, whatever the segment', () => {
    const playbook = withOverlays({}, { shipping: { with: ['introduce-by-phone'] } });
    expect(freezePlaybook(playbook, { segment: 'standard' }).steps).not.toHaveProperty('introduce-by-phone');
    expect(freezePlaybook(playbook, { segment: 'standard', industry: 'shipping' }).steps).toHaveProperty(
      'introduce-by-phone',
    );
  });

  it('applies the segment first and the industry after it', () => {
    const playbook = withOverlays(
      { large: { linkDays: 20, steps: { 'hold-kickoff': { owner: 'successManager', title: 'Large kickoff' } } } },
      { shipping: { linkDays: 10, steps: { 'hold-kickoff': { title: 'Kickoff on board' } } } },
    );
    const [large, both] = [{ segment: 'large' }, { segment: 'large', industry: 'shipping' }];
    expect(kickoffIn(playbook, large)).toMatchObject({ title: 'Large kickoff', owner: 'successManager' });
    expect(kickoffIn(playbook, both)).toMatchObject({ title: 'Kickoff on board', owner: 'successManager' });
    expect(freezePlaybook(playbook, large).linkDays).toBe(20);
    expect(freezePlaybook(playbook, both).linkDays).toBe(10);
  });

  it('changes a due rule for its segment alone, and leaves the playbook as it is', () => {
    const before = JSON.stringify(full);
    const playbook = withOverlays({
      large: { steps: { 'hold-kickoff': { due: { after: 'closedWon', within: '10 business days' } } } },
    });
    expect(kickoffIn(playbook, { segment: 'large' }).due.within).toBe('10 business days');
    expect(kickoffIn(playbook, { segment: 'standard' }).due).toEqual(askStep(full, 'hold-kickoff').due);
    expect(JSON.stringify(full)).toBe(before);
  });

  it('tells at another moment, or not at all', () => {
    const playbook = withOverlays({
      large: {
        steps: {
          'close-availability': {
            tells: {
              'availability-closes': { after: 'introductionSent', within: '60 days' },
              'availability-ended': 'silent',
            },
          },
        },
      },
    });
    const rule = freezePlaybook(playbook, { segment: 'large' }).steps['close-availability'];
    expect(rule?.kind === 'tell' ? rule.tells : []).toEqual([
      expect.objectContaining({ say: 'availability-closes', opens: { after: 'introductionSent', within: '60 days' } }),
      expect.objectContaining({ say: 'availability-ended', silent: true }),
    ]);
  });

  it('takes over what an overlay says of a meeting and keeps the rest', () => {
    const playbook = withOverlays({ large: { meetings: { kickoff: { title: 'Grand kickoff' } } } });
    const { kickoff, 'internal-meeting': internal } = freezePlaybook(playbook, { segment: 'large' }).meetings;
    expect(kickoff).toEqual({ ...full.meetings.kickoff, title: 'Grand kickoff' });
    expect(internal).toEqual(full.meetings['internal-meeting']);
  });

  it('replaces a whole ladder', () => {
    const calm = { rungs: [], afterwards: { nagEvery: '14 days' } } as const;
    const playbook = withOverlays({ large: { ladders: { standard: calm } } });
    expect(freezePlaybook(playbook, { segment: 'large' }).ladders).toEqual({ ...full.ladders, standard: calm });
  });

  it('adds up what the playbook, the segment and the industry say of a field', () => {
    const playbook: Playbook = {
      ...withOverlays(
        { large: { fields: { 'contract.scope': { hint: 'in detail' } } } },
        { shipping: { fields: { 'contract.scope': { required: true }, 'attachments.deck': { required: true } } } },
      ),
      fields: { 'contract.scope': { required: false, label: 'What they get' } },
    };
    expect(freezePlaybook(playbook, { segment: 'large', industry: 'shipping' }).fields).toEqual({
      'contract.scope': { required: true, label: 'What they get', hint: 'in detail' },
      'attachments.deck': { required: true },
    });
  });

  it('names its variant, and all segments there are', () => {
    const playbook = withOverlays({ large: {} }, { shipping: {} });
    const frozen = freezePlaybook(playbook, { segment: 'large', industry: 'shipping' });
    expect(frozen).toMatchObject({
      version: 2,
      segment: 'large',
      industry: 'shipping',
      segments: ['standard', 'large'],
    });
    expect(freezePlaybook(playbook, { segment: 'large' })).not.toHaveProperty('industry');
  });

  it('is plain data that survives being stored', () => {
    for (const variant of variantsOf(full)) {
      const frozen = freezePlaybook(full, variant);
      expect(JSON.parse(JSON.stringify(frozen))).toEqual(frozen);
    }
  });

  it('is refused for a segment or an industry that the playbook does not have', () => {
    expect(() => freezePlaybook(full, { segment: 'platinum' })).toThrow('no segment "platinum"');
    expect(() => freezePlaybook(full, { segment: 'standard', industry: 'toys' })).toThrow('no industry "toys"');
  });
});

describe('which variant a deal gets', () => {
  const playbook = withOverlays({ 'self-serve': {}, large: {} }, { 'health-care': {}, shipping: {} });
  const of = (segments: readonly (string | undefined)[], industry?: string) =>
    variantOf(playbook, { segments, industry });

  it.each([
    ['Self Serve', 'self-serve'],
    ['SELFSERVE', 'self-serve'],
    ['self_serve', 'self-serve'],
    [' large ', 'large'],
  ])('"%s" is the segment %s, whatever its case, spaces and hyphens', (said, segment) => {
    expect(of([said])).toEqual({ variant: { segment }, notes: [] });
  });

  it.each([
    ['Healthcare', 'health-care'],
    ['health care', 'health-care'],
    ['SHIPPING', 'shipping'],
  ])('"%s" is the industry %s', (said, industry) => {
    expect(of(['large'], said)).toEqual({ variant: { segment: 'large', industry }, notes: [] });
  });

  it('takes the first segment that it knows', () => {
    expect(of([undefined, 'large'])).toEqual({ variant: { segment: 'large' }, notes: [] });
    expect(of(['platinum', 'large'])).toEqual({ variant: { segment: 'large' }, notes: [] });
    expect(of(['self-serve', 'large'])).toEqual({ variant: { segment: 'self-serve' }, notes: [] });
  });

  it('falls back from a segment that it does not know, with a note', () => {
    expect(of([undefined, 'platinum'])).toEqual({
      variant: { segment: 'standard' },
      notes: ['The segment "platinum" is not in the playbook: treated as standard.'],
    });
  });

  it('has the general rules for an industry that it does not know, with a note', () => {
    expect(of(['large'], 'toys')).toEqual({
      variant: { segment: 'large' },
      notes: ['The playbook has no rules of its own for the industry "toys": the general ones apply.'],
    });
  });

  it.each([[undefined], [''], [' ']])('says nothing where nothing was said: %j', (nothing) => {
    expect(of([nothing], nothing)).toEqual({ variant: { segment: 'standard' }, notes: [] });
  });

  it('knows a name only whole', () => {
    expect(nameIn(['large', 'self-serve'], 'larg')).toBeUndefined();
    expect(nameIn(['large', 'self-serve'], 'largest')).toBeUndefined();
    expect(nameIn(['größe', 'grösse'], 'GRÖSSE')).toBe('grösse');
  });

  it('there are as many as segments by themselves and with each industry', () => {
    expect(variantsOf(playbook)).toEqual(
      ['standard', 'self-serve', 'large'].flatMap((segment) => [
        { segment },
        { segment, industry: 'health-care' },
        { segment, industry: 'shipping' },
      ]),
    );
  });
});
