import { z } from 'zod';
import { Id, Instant, Locale, TimeZone, Version, line } from './conventions.js';
import { Utm } from './utm.js';

/** Length is the rule (NIST SP 800-63B section 5.1.1.2): no composition rules, long pass-phrases welcome. */
export const Password = z.string().min(10, 'must have at least 10 characters').max(200);
export const Email = z.string().trim().min(3).max(254);

export const SetupBody = z.object({
  token: z.string().min(10).max(200),
  email: Email,
  password: Password,
  name: line(100),
  workspace: line(100),
  locale: Locale,
  timezone: TimeZone,
  postalAddress: z.string().trim().max(500).optional(),
});
export const SetupState = z.object({ required: z.boolean() }).meta({ id: 'SetupState' });

export const LoginBody = z.object({ email: Email, password: z.string().min(1).max(200) });
export const ChangePasswordBody = z.object({ currentPassword: z.string().min(1).max(200), newPassword: Password });
/** Who has forgotten their password; the answer never says whether the address is known. */
export const ForgotPasswordBody = z.object({ email: Email });
/** The token is the end of the link in the mail. */
export const ResetPasswordBody = z.object({ token: z.string().min(10).max(200), password: Password });
export const UpdateMeBody = z.object({ name: line(100), locale: Locale, timezone: TimeZone }).partial();

export const ROLES = ['owner', 'member'] as const;
export type Role = (typeof ROLES)[number];

export const WorkspaceRef = z
  .object({ id: Id, name: z.string(), demo: z.boolean(), role: z.enum(ROLES) })
  .meta({ id: 'WorkspaceRef' });
export const Me = z
  .object({
    user: z.object({ id: Id, email: z.string(), name: z.string(), locale: Locale, timezone: z.string() }),
    workspaces: z.array(WorkspaceRef),
    currentWorkspaceId: Id,
  })
  .meta({ id: 'Me' });

export const Workspace = z
  .object({
    id: Id,
    version: z.number().int(),
    name: z.string(),
    locale: Locale,
    timezone: z.string(),
    postalAddress: z.string(),
    undoSeconds: z.number().int(),
    utm: Utm,
    demo: z.boolean().meta({ description: 'full of invented data, and removable with all of it' }),
    createdAt: Instant,
  })
  .meta({ id: 'Workspace' });
export const CreateWorkspaceBody = z.object({
  name: line(100),
  locale: Locale.default('zh-CN'),
  timezone: TimeZone.default('Asia/Shanghai'),
  postalAddress: z.string().trim().max(500).default(''),
});
/** Language of the people and texts in a demo workspace. */
export const DemoWorkspaceBody = z.object({ locale: Locale.default('zh-CN') });
export const UpdateWorkspaceBody = z
  .object({
    name: line(100),
    locale: Locale,
    timezone: TimeZone,
    postalAddress: z.string().trim().max(500),
    undoSeconds: z.number().int().min(0).max(60),
    utm: Utm.meta({ description: 'what new campaigns begin with' }),
  })
  .partial()
  .extend({ version: Version });

/** What a key may do; `admin` is everything in its workspace. */
export const API_SCOPES = ['admin', 'read', 'contacts', 'campaigns', 'messages'] as const;
export type ApiScope = (typeof API_SCOPES)[number];
export const CreateApiKeyBody = z.object({
  name: line(100),
  scopes: z.array(z.enum(API_SCOPES)).min(1).max(API_SCOPES.length),
  expiresAt: Instant.optional(),
});
export const ApiKey = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(z.enum(API_SCOPES)),
    prefix: z.string().meta({ description: 'first characters, to recognise the key by' }),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export const CreatedApiKey = ApiKey.extend({ key: z.string().meta({ description: 'shown once' }) }).meta({
  id: 'CreatedApiKey',
});
