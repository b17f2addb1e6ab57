import t from 'tap';
import type { Json } from '../../../src/domain/canonical-json.ts';
import {
  type HeldReferenceData,
  isNothingToDo,
  planReferenceData,
} from '../../../src/domain/reference/plan-reference-data.ts';
import { type TargetSeed, targetSeedContent } from '../../../src/domain/reference/target-seed.ts';
import { targetSeed } from '../../support/target-seed.ts';

const TARGET = targetSeed({ notes: ['One', 'Two'] });
const contentOf = (fields: Partial<TargetSeed> = {}) => targetSeedContent({ ...TARGET, ...fields }) as Json;
const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const shipped = {
  editions: [
    { id: 'uk-2019', version: '1.03', digest: A },
    { id: 'uk-2020', version: '1', digest: A },
  ],
  targets: [TARGET],
};
const set = (id: string, version: string, digest = A, active = true) => ({ id, version, digest, active });
const held = (
  factorSets: HeldReferenceData['factorSets'],
  rest: Partial<HeldReferenceData> = {},
): HeldReferenceData => ({
  factorSets,
  targets: [{ key: 'uk-ndc-2030', isAsShipped: true, versions: [contentOf()] }],
  hasSettings: true,
  ...rest,
});
const planned = (factorSets: HeldReferenceData['factorSets']) =>
  planReferenceData(held(factorSets), shipped).factorSets.map(({ edition, activate }) => [edition.id, activate]);

t.test('an empty database gets everything, active', async (t) => {
  const plan = planReferenceData({ factorSets: [], targets: [], hasSettings: false }, shipped);
  t.same(
    plan.factorSets.map(({ activate }) => activate),
    [true, true],
  );
  t.same(plan.targets, [TARGET]);
  t.same(plan.revisedTargets, []);
  t.equal(plan.settings, true);
  t.same(plan.warnings, []);
});

t.test('what is held is not planned again', async (t) => {
  const plan = planReferenceData(held([set('uk-2019', '1.03'), set('uk-2020', '1')]), shipped);
  t.ok(isNothingToDo(plan));
  t.same(plan.warnings, []);
});

t.test('one thing missing is something to do', async (t) => {
  const both = [set('uk-2019', '1.03'), set('uk-2020', '1')];
  t.notOk(isNothingToDo(planReferenceData(held(both.slice(1)), shipped)));
  t.notOk(isNothingToDo(planReferenceData(held(both, { targets: [] }), shipped)));
  t.notOk(isNothingToDo(planReferenceData(held(both, { hasSettings: false }), shipped)));
});

t.test('a set held with other figures is left alone and warned of', async (t) => {
  const plan = planReferenceData(held([set('uk-2019', '1.03', B), set('uk-2020', '1')]), shipped);
  t.ok(isNothingToDo(plan));
  t.equal(plan.warnings.length, 1);
  t.match(plan.warnings[0], 'uk-2019 1.03');
  t.match(plan.warnings[0], `stored digest ${B}, shipped ${A}`);
});

t.test('a new version waits for the operator while another one is active', async (t) => {
  const before = [set('uk-2019', '1.02'), set('uk-2020', '1')];
  t.same(planned(before), [['uk-2019', false]]);
  t.match(planReferenceData(held(before), shipped).warnings, [/uk-2019 1.03 was added and is not active: 1.02 is/]);
});

t.test('a new version becomes active where every older one is inactive', async (t) => {
  t.same(planned([set('uk-2019', '1.02', A, false), set('uk-2020', '1')]), [['uk-2019', true]]);
});

t.test('of two versions shipped together only the first becomes active', async (t) => {
  const two = { editions: [...shipped.editions, { id: 'uk-2019', version: '1.04', digest: B }], targets: [] };
  const plan = planReferenceData({ factorSets: [], targets: [], hasSettings: true }, two);
  t.same(
    plan.factorSets.map(({ activate }) => activate),
    [true, true, false],
  );
});

t.test('a target is worded anew where only the service has written it, and not as it was before', async (t) => {
  const older = contentOf({ name: 'An older wording' });
  const revised = (isAsShipped: boolean, ...versions: Json[]) =>
    planReferenceData(held([], { targets: [{ key: TARGET.key, isAsShipped, versions }] }), shipped).revisedTargets;
  t.same(revised(true, older), [TARGET]);
  t.same(revised(true, older, contentOf()), [], 'it is what it was, and an older release does not take it back');
  t.same(revised(true, contentOf(), older), [], 'nor where a newer one has worded it since');
  t.same(revised(false, older), [], 'what someone else has written, or deleted, is theirs');
});
