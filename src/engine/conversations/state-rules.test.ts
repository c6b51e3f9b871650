import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conversationStates } from '../../contract/models.ts';
import { decide, standing, type Happening, type Standing } from './state-rules.ts';

const time = fc.integer({ min: 1, max: 1000 });
const standings = fc.record<Standing>({
  state: fc.constantFrom(...conversationStates),
  waitingSince: fc.option(time),
  snoozedUntil: fc.option(time),
});
const happenings = fc.record<Happening>({
  unansweredSince: fc.option(time),
  buyerArrived: fc.boolean(),
  answerArrived: fc.boolean(),
});

test('a buyer’s new unanswered message needs a reply, whatever stood before', () => {
  fc.assert(
    fc.property(standings, time, fc.boolean(), (current, since, answerArrived) => {
      const next = decide(current, { unansweredSince: since, buyerArrived: true, answerArrived });
      expect(next).toEqual({ state: 'needs-reply', waitingSince: since, snoozedUntil: null });
    }),
  );
});

test('done and snoozed stay until the buyer writes; nobody waits in a done one', () => {
  fc.assert(
    fc.property(standings, happenings, (current, happening) => {
      const next = decide(current, { ...happening, buyerArrived: false });
      if (current.state === 'done') expect(next).toMatchObject({ state: 'done', waitingSince: null });
      if (current.state === 'snoozed') {
        expect(next).toEqual({ ...current, waitingSince: happening.unansweredSince });
      }
    }),
  );
});

test('an answer ends the waiting, unless something newer is unanswered', () => {
  fc.assert(
    fc.property(standings, happenings, (current, happening) => {
      fc.pre(current.state === 'needs-reply' || current.state === 'waiting' || happening.buyerArrived);
      const next = decide(current, { ...happening, answerArrived: true });
      expect(next).toEqual(standing(happening.unansweredSince));
    }),
  );
});

test('said by hand of an answered conversation, "needs reply" stays until somebody answers', () => {
  const byHand: Standing = { state: 'needs-reply', waitingSince: null, snoozedUntil: null };
  const nothing: Happening = { unansweredSince: null, buyerArrived: false, answerArrived: false };
  expect(decide(byHand, nothing)).toEqual(byHand);
  expect(decide(byHand, { ...nothing, answerArrived: true }).state).toBe('waiting');
});

test('deciding again without news changes nothing', () => {
  fc.assert(
    fc.property(standings, happenings, (current, happening) => {
      const once = decide(current, happening);
      const again = decide(once, { ...happening, buyerArrived: false, answerArrived: false });
      expect(again).toEqual(once);
    }),
  );
});
