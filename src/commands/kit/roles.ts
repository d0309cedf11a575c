import { ROLES, type Role } from '../../domain/shared/actor.ts'

/** Every known, active person. Stated by name, never by leaving roles out. */
export const EVERYONE: readonly Role[] = ROLES
