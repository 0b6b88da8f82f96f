import { answerSubject, threadingOf } from './threading.js';

const mail = (...headers: string[]) => Buffer.from([...headers, '', 'Hello'].join('\r\n'));

it('an answer refers to the mail and to all that the mail refers to', () => {
  const raw = mail(
    'Message-ID: <b@x.example>',
    'In-Reply-To: <a@brand.example>',
    'References: <0@brand.example>\r\n <a@brand.example>',
  );
  expect(threadingOf(raw)).toEqual({
    inReplyTo: '<b@x.example>',
    references: ['<0@brand.example>', '<a@brand.example>', '<b@x.example>'],
  });
  expect(threadingOf(mail('Message-ID: <b@x.example>', 'In-Reply-To: <a@brand.example>')).references).toEqual([
    '<a@brand.example>',
    '<b@x.example>',
  ]);
});

it('what no header of ours may carry is left out, and a long thread keeps its first and last ids', () => {
  expect(threadingOf(mail('Message-ID: <a b@x>', 'References: <é@x.example> <ok@x.example>'))).toEqual({
    inReplyTo: null,
    references: ['<ok@x.example>'],
  });
  const ids = Array.from({ length: 40 }, (_, n) => `<${n}@x.example>`);
  const { references } = threadingOf(mail('Message-ID: <last@x.example>', `References: ${ids.join('\r\n ')}`));
  expect(references).toHaveLength(12);
  expect([references[0], references.at(-1)]).toEqual(['<0@x.example>', '<last@x.example>']);
});

it.each([
  ['Re: Spring tea', 'Re: Spring tea'],
  ['RE: Re[2]: Spring tea', 'Re: Spring tea'],
  ['Spring tea', 'Re: Spring tea'],
  ['AW: Frühling', 'Re: Frühling'],
  ['回复：春茶上新', '回复：春茶上新'],
  ['答复: 回复：春茶上新', '回复：春茶上新'],
  ['春茶上新', '回复：春茶上新'],
  ['Re: 春茶上新', 'Re: 春茶上新'],
])('%s is answered as %s', (subject, answered) => {
  expect(answerSubject(subject)).toBe(answered);
});
