import { Injectable } from '@nestjs/common';
import { Profiles } from '../../identity/accounts/profiles.service.js';
import type { SiteChange } from '../../oidc/sites/site-changes.service.js';
import type { Texts } from '../../locales/texts.js';

/** Who changed and who decided, in words: people by their masked names. */
export type Authors = (actor: string) => string;

/** Names those who change sites. */
@Injectable()
export class ChangeAuthors {
  constructor(private readonly profiles: Profiles) {}

  async of(changes: readonly SiteChange[], { consoleChanges: t }: Texts): Promise<Authors> {
    const actors = [...new Set(changes.flatMap(({ actor, decidedBy }) => [actor, decidedBy ?? []].flat()))];
    const people = actors.filter((actor) => t.actors[actor] === undefined);
    const named = await Promise.all(
      people.map(async (actor) => [actor, (await this.profiles.of(actor))?.maskedName ?? t.gone] as const),
    );
    const names = new Map([...Object.entries(t.actors), ...named]);
    return (actor) => names.get(actor) ?? t.gone;
  }
}
