import type { Resource } from '../api/types.js';

type FormResource = Resource<'Form'>;
type Field = Resource<'Field'>;

/** What the form's own page calls these, in the language of the form. */
export interface EmbedWords {
  email: string;
  name: string;
  submit: string;
}

/** A plain HTML form; after it the person presses one button on our page, which tells people from programs. */
export function embedCode(form: FormResource, fields: readonly Field[], words: EmbedWords): string {
  const inputs = form.fields.map(({ key, required }) => {
    const field = fields.find((each) => `field:${each.key}` === key);
    const label = key === 'name' ? words.name : (field?.label ?? key);
    return inputOf(label, key, key === 'name' ? 'text' : (field?.type ?? 'text'), required);
  });
  return [
    `<form method="post" action="${attribute(form.url)}">`,
    inputOf(words.email, 'email', 'email', true),
    ...inputs,
    ...(form.consent ? [`  <p>${text(form.consent).replaceAll('\n', '<br>')}</p>`] : []),
    `  <button>${text(form.button || words.submit)}</button>`,
    '</form>',
  ].join('\n');
}

function inputOf(label: string, name: string, type: Field['type'] | 'email', required: boolean): string {
  const marks = `name="${attribute(name)}"${required ? ' required' : ''}`;
  if (type === 'boolean') return `  <label><input type="checkbox" value="true" ${marks}> ${text(label)}</label>`;
  const step = type === 'number' ? ' step="any"' : '';
  return `  <label>${text(label)} <input type="${type}"${step} ${marks}></label>`;
}

const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const attribute = (value: string) => text(value).replaceAll('"', '&quot;');
