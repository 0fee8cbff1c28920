import { Injectable } from '@nestjs/common';
import type { Provider } from 'oidc-provider';

/** The engine as it is now. A change of keys or sites puts a new one here, without a restart. */
@Injectable()
export class CurrentProvider {
  private provider?: Provider;
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

  replace(provider: Provider): void {
    this.provider = provider;
    this.handle = provider.callback();
  }
}
