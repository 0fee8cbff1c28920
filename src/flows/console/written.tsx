import type { ComponentChildren } from 'preact';
import { withChinese } from '../../web/chinese.js';
import type { PageContext } from '../../web/page-context.js';

/** An address, or a word of the protocol: letters that are told apart, since they are compared one by one. No link: nobody is sent to a site from here. */
export const code = (text: string | undefined): ComponentChildren => text && <span class="mono">{text}</span>;

/** A scope by its name, and in words where there are some. */
export function Scope({ page, scope }: { page: PageContext; scope: string }) {
  const words = page.t.console.scopes[scope];
  return (
    <>
      {code(scope)}
      {words && ` · ${words}`}
    </>
  );
}

/** A line of what is registered. */
export function Written({ page, member, line }: { page: PageContext; member: string; line: string }) {
  if (member === 'scope') return <Scope page={page} scope={line.split(' ')[0] as string} />;
  return <>{/^https?:\/\//.test(line) ? code(line) : withChinese(page, line)}</>;
}
