import './environment.js';
import { describedVariables } from './variable.js';

/** The README's table of environment variables, from the class that reads them. */
export function configurationTable(): string {
  const rows = describedVariables().map(
    ({ name, description, default: standard, required, secret }) =>
      `| \`${name}\`${secret ? ' *' : ''} | ${description} | ${standard || '–'} | ${required ? 'required' : ''} |`,
  );
  return ['| Variable | What it is | Without it | In production |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
