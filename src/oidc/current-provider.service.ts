import { Injectable } from '@nestjs/common';
import type { Provider } from 'oidc-provider';

/** An answer of the engine's that does not change while the engine does not. */
export interface KeptAnswer {
  type: string;
  body: string;
}

/** The engine as it is now. A change of keys or sites puts a new one here, without a restart. */
@Injectable()
export class CurrentProvider {
  private provider?: Provider;
  private kept = new Map<string, KeptAnswer>();
  private handle?: ReturnType<Provider['callback']>;

  /** @throws {Error} before the first engine has been built */
  get(): Provider {
    if (!this.provider) throw new Error('the provider has not been built yet');
    return this.provider;
  }

  /** The request handler of the engine as it is now. */
  get callback(): ReturnType<Provider['callback']> {
    if (!this.handle) throw new Error('the provider has not been built yet');
    return this.handle;
  }

  /** What this engine answers to requests that always have the same answer; each engine has a sheet of its own. */
  get answers(): Map<string, KeptAnswer> {
    return this.kept;
  }

  replace(provider: Provider): void {
    this.kept = new Map();
    this.provider = provider;
    this.handle = provider.callback();
  }
}
