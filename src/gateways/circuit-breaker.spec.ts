import { Clock } from '../shared/clock.js';
import { CircuitBreaker, GatewayDown } from './circuit-breaker.js';

describe('the circuit breaker', () => {
  it('asks nobody for ten seconds after five failures, then tries again', async () => {
    const clock = new Clock();
    const breaker = new CircuitBreaker('x', clock, 1000);
    let asked = 0;
    const fails = async () => {
      asked += 1;
      throw new Error('down');
    };
    for (let tries = 0; tries < 8; tries += 1) await expect(breaker.run(fails)).rejects.toThrow(GatewayDown);
    expect(asked).toBe(5);
    clock.advance(11);
    expect(await breaker.run(async () => 'up')).toBe('up');
  });

  it('lets one ask again for all: the others do not wait for what is still down', async () => {
    const clock = new Clock();
    const breaker = new CircuitBreaker('x', clock, 1000);
    let asked = 0;
    const fails = async () => {
      asked += 1;
      throw new Error('down');
    };
    for (let tries = 0; tries < 5; tries += 1) await expect(breaker.run(fails)).rejects.toThrow(GatewayDown);
    clock.advance(11);
    await Promise.allSettled(Array.from({ length: 20 }, async () => breaker.run(fails)));
    expect(asked).toBe(6);
    clock.advance(11);
    expect(await breaker.run(async () => 'up')).toBe('up');
    expect(await breaker.run(async () => 'up')).toBe('up');
  });

  it('takes a late answer for none', async () => {
    const breaker = new CircuitBreaker('x', new Clock(), 50);
    await expect(breaker.run(async () => new Promise(() => undefined))).rejects.toThrow(GatewayDown);
  });
});
