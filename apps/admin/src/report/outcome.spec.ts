import { outcomeOf } from './outcome.js';

it('says of a provider what the cards say of all: the refused are bounced, and sent is delivered and bounced', () => {
  expect(outcomeOf({ accepted: 422, rejected: 2, expired: 1, bounced: 4 })).toEqual({
    sent: 425,
    delivered: 418,
    failed: 7,
  });
});
