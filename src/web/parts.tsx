import type { ComponentChildren } from 'preact';
import type { PageContext } from './page-context.js';

/** Something to know. At most one a page besides errors. */
export function Notice({
  kind,
  title,
  children,
}: {
  kind: 'info' | 'success' | 'warning' | 'error';
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** Where somebody stands in a journey, in words too. */
export function Steps({ page, names, at }: { page: PageContext; names: readonly string[]; at: number }) {
  return (
    <div class="steps">
      <p>{page.t.web.steps({ at, of: names.length, name: names[at - 1] as string })}</p>
      <ol aria-hidden="true">
        {names.map((name, index) => (
          <li class={index + 1 === at ? 'current' : ''}>{name}</li>
        ))}
      </ol>
    </div>
  );
}

interface FactsProps {
  items: readonly (readonly [term: string, value: ComponentChildren])[];
  /** The terms are long ones. */
  long?: boolean;
}

/** Terms and their values, masked. A fact without a value is left out. */
export function Facts({ items, long }: FactsProps) {
  return (
    <dl class={long ? 'facts long' : 'facts'}>
      {items
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Links that look like tabs: the same order on each page. */
export function Tabs({
  label,
  items,
}: {
  label: string;
  items: readonly { id?: string; href: string; text: string; current: boolean }[];
}) {
  return (
    <nav aria-label={label} class="tabs">
      <ul>
        {items.map(({ id, href, text, current }) => (
          <li>
            <a id={id} href={href} class={current ? 'current' : ''} aria-current={current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where numbers are parted to be compared: a code, a mobile number, an ID number. */
const GROUPS = [/^(.{3})(.{3})$/, /^(.{3})(.{4})(.{4})$/, /^(.{6})(.{8})(.{4})$/];

/** A number in groups, parted by space that is not copied (LOOK 1). @returns nothing for nothing: that fact is left out */
export function digits(number: string | undefined): ComponentChildren {
  if (!number) return undefined;
  const [, ...groups] = GROUPS.map((parts) => parts.exec(number)).find((found) => found !== null) ?? ['', number];
  return (
    <span class="mono">
      {groups.map((group) => (
        <span>{group}</span>
      ))}
    </span>
  );
}

/** A link onward. */
export interface Way {
  id: string;
  href: string;
  text: string;
}

/** Links onward, each a target of its own: other ways, the way back. */
export function Ways({ items }: { items: readonly (Way | false)[] }) {
  const ways = items.filter((item) => item !== false);
  if (ways.length === 0) return null;
  return (
    <ul class="ways">
      {ways.map(({ id, href, text }) => (
        <li>
          <a id={id} href={href}>
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface TableProps {
  id?: string;
  /** Names of the columns; a column of buttons has the empty one. */
  columns: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
  /** Columns keep their width, whatever is in them: a long word is broken. */
  fixed?: boolean;
}

/** Facts that are compared; below 640 each row is a block, each value with its column's name (LOOK 2). */
export function Table({ id, columns, rows, fixed }: TableProps) {
  return (
    <table id={id} class={fixed ? 'fixed' : undefined}>
      <thead>
        <tr>{columns.map((name) => (name === '' ? <td /> : <th scope="col">{name}</th>))}</tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, at) => (
              <td data-label={columns[at] || undefined}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A long text in paragraphs; the first of several lines is a heading. */
export function Prose({ text }: { text: string }) {
  return (
    <div class="prose">
      {text
        .trim()
        .split('\n\n')
        .map((paragraph) => paragraph.split('\n'))
        .map((lines) => (
          <p>
            {lines.map((line, at) => (
              <span>
                {at > 0 && <br />}
                {at === 0 && lines.length > 1 ? <strong>{line}</strong> : line}
              </span>
            ))}
          </p>
        ))}
    </div>
  );
}

/** The text of the agreement, scrolling inside the page. */
export function AgreementBox({ page, label, newTab }: { page: PageContext; label: string; newTab: string }) {
  const { agreement } = page.jurisdiction;
  return (
    <div>
      <div class="agreement" tabIndex={0} role="region" aria-label={label}>
        <Prose text={agreement.text[page.language]} />
      </div>
      <p>
        <a href="/agreement" target="_blank" rel="noopener">
          {newTab}
        </a>
      </p>
    </div>
  );
}
