import t from 'tap';
import { type AllocationMember, allocate, weightsOf } from '../../src/domain/targets/allocation.ts';
import type { Recalculation } from '../../src/domain/targets/recalculation.ts';
import { dec } from '../support/memory-estate.ts';
import { partsOf, readNote } from '../support/note.ts';

const NOTE = readNote('allocation');

/** What a box says of sites: `A 600, B -50`. */
function membersOf(words: string): AllocationMember[] {
  return words.split(', ').map((word) => {
    const [site = '', kg = ''] = partsOf(word, /^(\w) (-?\d+)$/);
    return { part: site, site, baseKg: dec(kg) };
  });
}

/** A baseline, and what a transfer makes of it. */
function recalculationOf(site: string, direction: 'left' | 'joined', kg: string): Recalculation {
  const change = { site, on: '2024-10-01', reason: direction === 'left' ? 'sold' : 'acquired', direction } as const;
  const moved = { site, changes: [change], baseYearKg: dec(kg), evidence: 'data', effectKg: dec(0) } as const;
  return { status: 'recalculated', originalKg: dec(0), baselineKg: dec(0), effectKg: dec(0), sites: [moved] };
}

const NONE: Recalculation = { ...recalculationOf('', 'left', '0'), status: 'none', sites: [] };

/** What each part is given, as the page prints it. */
function allocated(kg: string, members: readonly AllocationMember[], recalculation: Recalculation): string {
  const parts = members.map(({ part }) => part);
  const { allowedKg, shares } = allocate(dec(kg), weightsOf(parts, members, recalculation));
  return parts.map((part, at) => `${part} ${allowedKg[at]?.toFixed(3)} ${shares[at]?.toFixed(6)}`).join(', ');
}

t.test('an allowance is divided as the page says', async (t) => {
  const examples = NOTE.lines('allocation');
  t.equal(examples.length, 5);
  for (const line of examples) {
    const [kg = '', words = '', stated] = partsOf(line, /^(\S+) by (.+) = (.+)$/);
    t.equal(allocated(kg, membersOf(words), NONE), stated, line);
  }
});

t.test('a transfer divides it anew as the page says (rule D5)', async (t) => {
  const examples = NOTE.lines('transfer');
  t.equal(examples.length, 2);
  for (const line of examples) {
    const [kg = '', words = '', site = '', direction = '', joinedKg = '', stated] = partsOf(
      line,
      /^(\S+) by (.+); (\w) (left|joined)(?: with (\d+))? = (.+)$/,
    );
    const isJoined = direction === 'joined';
    const members = [...membersOf(words), ...(isJoined ? [{ part: site, site, baseKg: null }] : [])];
    const moved = recalculationOf(site, isJoined ? 'joined' : 'left', isJoined ? joinedKg : '0');
    t.equal(allocated(kg, members, moved), stated, line);
  }
});
