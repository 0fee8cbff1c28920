import '../config/oldest-node.js';
import { createInterface } from 'node:readline';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { loadConfiguration } from '../config/configuration.js';
import { loadEnv } from '../config/env.js';
import { refusalText } from '../locales/texts.js';
import { Refusal } from '../shared/refusal.js';
import { COMMANDS, usage } from './commands.js';
import { migrate } from './migrate.js';

/** One line of the standard input, typed or piped; the question does not mix with what the command says. */
async function ask(question: string): Promise<string> {
  const input = createInterface({ input: process.stdin, output: process.stderr });
  try {
    input.setPrompt(question);
    input.prompt();
    const line = await input[Symbol.asyncIterator]().next();
    return line.done ? '' : line.value;
  } finally {
    input.close();
  }
}

/** Runs one command on the service's own parts, without a listener. */
async function run(words: string[]): Promise<void> {
  const command = COMMANDS.find(({ name }) => words.slice(0, name.split(' ').length).join(' ') === name);
  if (words[0] === 'migrate') return migrate(loadEnv(process.env));
  if (!command) throw new Error(usage());
  const rest = words.slice(command.name.split(' ').length);
  if (rest.length < (command.parameters?.length ?? 0)) throw new Error(usage());
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (command.alone) return command.run(undefined as never, rest, say, ask);
  const { env, jurisdiction } = loadConfiguration(process.env);
  const module = AppModule.for(env, jurisdiction);
  const app: INestApplicationContext = await NestFactory.createApplicationContext(module, {
    logger: false,
    abortOnError: false,
  });
  try {
    await command.run(app, rest, say, ask);
  } finally {
    await app.close();
  }
}

/** A refusal in words; its code would tell an operator little. */
function wordsOf(error: unknown): string {
  if (error instanceof Refusal) return refusalText('en', error);
  return error instanceof Error ? error.message : String(error);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exitCode = (error as { exitCode?: number }).exitCode ?? 1;
});
