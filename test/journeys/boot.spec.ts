import { startService } from '../support/service.js';

it('boots', async () => {
  const service = await startService('hubei');
  for (const path of ['/', '/sites', '/sandbox', '/readyz', '/.well-known/openid-configuration', '/nowhere', '/account']) {
    const answer = await fetch(service.origin + path, { redirect: 'manual' });
    process.stdout.write(`${path} ${answer.status} ${(await answer.text()).slice(0, 300)}\n`);
  }
  await service.close();
});
