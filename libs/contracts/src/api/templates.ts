import { z } from 'zod';
import { Doc } from '../document/document.js';
import { CAMPAIGN_STATUSES } from '../statuses.js';
import { Id, Instant, PageQuery, Version, line, patchOf } from './conventions.js';

/** What a template, a campaign or a triggered message says. At most one of document, HTML and MJML; text is generated when empty. */
export const ContentBody = z.object({
  subject: line(500, 0),
  preheader: line(500, 0).nullable().default(null),
  html: z.string().max(524_288).nullable().default(null),
  mjml: z.string().max(524_288).nullable().default(null),
  text: z.string().max(204_800).nullable().default(null),
  document: Doc.nullable().default(null).meta({ description: 'the mail of the block editor' }),
});
export type ContentBody = z.infer<typeof ContentBody>;

export const TemplateBody = ContentBody.extend({
  name: line(100),
  category: line(60, 0).default('').meta({ description: 'free text, empty for none' }),
});
export const UpdateTemplateBody = patchOf(TemplateBody);
export const Template = TemplateBody.extend({
  id: Id,
  version: Version,
  starter: z.string().nullable().meta({ description: 'key of the starter template it was made from' }),
  createdAt: Instant,
  updatedAt: Instant,
}).meta({ id: 'Template' });
export const TemplateSummary = z
  .object({
    id: Id,
    version: Version,
    name: z.string(),
    subject: z.string(),
    format: z.enum(['document', 'html', 'mjml', 'text']),
    category: z.string(),
    campaigns: z.number().int().meta({ description: 'that began with it; before that was kept, none is counted' }),
    updatedAt: Instant,
  })
  .meta({ id: 'TemplateSummary' });
export const TemplateCategory = z
  .object({ name: z.string(), templates: z.number().int() })
  .meta({ id: 'TemplateCategory' });
export const StarterTemplate = TemplateBody.omit({ category: true })
  .extend({
    key: z.string(),
    locale: z.enum(['zh-CN', 'en']),
    description: z.string(),
  })
  .meta({
    id: 'StarterTemplate',
  });
export const TemplateQuery = PageQuery.extend({ category: line(60).optional() });

export const TemplateProblem = z
  .object({
    severity: z.enum(['error', 'warning']),
    property: z.string(),
    blockId: z.string().optional().meta({ description: 'of the section or block of a document it was found in' }),
    line: z.number().int().optional(),
    code: z.string(),
    message: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  })
  .meta({ id: 'TemplateProblem' });
/** Preview of stored or unsaved content, as a contact or with given data. */
export const PreviewBody = z.object({
  content: ContentBody.optional().meta({ description: 'unsaved content; the stored one when absent' }),
  contactId: Id.optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export const Preview = z
  .object({
    subject: z.string(),
    preheader: z.string(),
    html: z.string().nullable(),
    text: z.string(),
    size: z.number().int().meta({ description: 'bytes of the rendered HTML; Gmail clips at about 102,000' }),
    problems: z.array(TemplateProblem),
    links: z.array(z.string()),
  })
  .meta({ id: 'Preview' });
/** A document for whoever goes on with code. */
export const DocumentSourceBody = z.object({ document: Doc });
export const DocumentSource = z
  .object({ mjml: z.string().meta({ description: 'saved blocks written out, `{{…}}` tags as they are' }) })
  .meta({ id: 'DocumentSource' });
export const MergeVariable = z
  .object({ path: z.string(), label: z.object({ zh: z.string(), en: z.string() }), example: z.string() })
  .meta({ id: 'MergeVariable' });

/** Folders are one level of names; a slash alone stands for "in none". */
const FolderName = line(60, 0).regex(/^[^/]*$/, 'must not have a slash');
/** What people say of an image; `alt` is what it begins with where it is put into a mail. */
export const ImageBody = z.object({
  name: line(200),
  alt: line(300, 0).default(''),
  folder: FolderName.default(''),
});
export const UpdateImageBody = patchOf(ImageBody);
export const UploadImageOptions = ImageBody.pick({ folder: true });
export const MoveImagesBody = z.object({ ids: z.array(Id).min(1).max(2_000), folder: FolderName });
export const ImageQuery = PageQuery.extend({
  folder: line(60).optional().meta({ description: '`/`: those in no folder' }),
});
export const Image = ImageBody.extend({
  id: Id,
  version: Version,
  url: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  uses: z
    .object({
      templates: z.number().int(),
      savedBlocks: z.number().int(),
      unsent: z.number().int().meta({ description: 'campaigns that have not been started' }),
      sent: z.number().int().meta({ description: 'campaigns whose mail shows it, from their start on' }),
    })
    .meta({ description: 'what shows it, itself or by a saved block' }),
  createdAt: Instant,
}).meta({ id: 'Image' });
export const ImageFolder = z.object({ name: z.string(), images: z.number().int() }).meta({ id: 'ImageFolder' });
/** Content that shows an image. */
export const ImageUse = z
  .object({
    kind: z.enum(['template', 'saved_block', 'campaign']),
    id: Id,
    name: z.string(),
    status: z.enum(CAMPAIGN_STATUSES).nullable().meta({ description: 'of a campaign' }),
  })
  .meta({ id: 'ImageUse' });
export const ImageUseQuery = PageQuery.omit({ q: true, count: true });

/** A file that travels with a campaign: uploaded once, referred to by id. */
export const Attachment = z
  .object({ id: Id, name: z.string(), contentType: z.string(), bytes: z.number().int() })
  .meta({ id: 'Attachment' });
