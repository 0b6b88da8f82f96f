import { SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiHeader } from '@nestjs/swagger';
import type { Permission } from '#contracts';

export const PERMISSION_KEY = 'permission';
export const PUBLIC_KEY = 'public';

/** The permission a route needs. The guard refuses a route that declares neither this nor {@link Public}. */
export const Needs = (permission: Permission) =>
  applyDecorators(
    SetMetadata(PERMISSION_KEY, permission),
    ApiBearerAuth(),
    ApiCookieAuth(),
    ApiHeader({ name: 'X-Workspace', required: false, description: 'workspace of a session; a key belongs to one' }),
  );

/** A route that anyone may call: set-up, login, health. */
export const Public = () => SetMetadata(PUBLIC_KEY, true);
