import type { ComponentChildren } from 'preact';
import type { Refusal } from '../shared/refusal.js';
import { Coded } from './coded.js';
import { faultText } from './fault-text.js';
import type { PageContext } from './page-context.js';

interface FormProps {
  page: PageContext;
  action: string;
  children: ComponentChildren;
}

/** A plain form with its token; browsers' own checks are off, since ours speak the person's language. */
export function Form({ page, action, children }: FormProps) {
  return (
    <form method="post" action={action} noValidate>
      <input type="hidden" name="_csrf" value={page.formToken} />
      {children}
    </form>
  );
}

/** What Enter does: the first button in source order is the one browsers press (LOOK 2). */
export function DefaultSubmit({ name, value }: { name?: string; value?: string }) {
  return (
    <button
      type="submit"
      id="default-submit"
      class="default-submit"
      tabIndex={-1}
      aria-hidden="true"
      name={name}
      value={value}
    />
  );
}

interface ButtonProps {
  id: string;
  kind?: 'main' | 'second' | 'risky' | 'link';
  name?: string;
  value?: string;
  children: ComponentChildren;
}

/** A submit button, named by its deed. Never disabled: it refuses with words. */
export function Button({ id, kind = 'main', name, value, children }: ButtonProps) {
  return (
    <button type="submit" id={id} class={kind === 'link' ? 'link-button' : `button ${kind}`} name={name} value={value}>
      {children}
    </button>
  );
}

export interface FieldProps {
  page: PageContext;
  name: string;
  label: string;
  hint?: string;
  value?: string;
  refusal?: Refusal;
  type?: 'text' | 'tel' | 'password';
  width?: 'code' | 'number' | 'long' | 'whole';
  autocomplete?: string;
  inputmode?: 'numeric';
  autofocus?: boolean;
  /** What stands between the message and the input: the picture that is to be read. */
  before?: ComponentChildren;
  children?: ComponentChildren;
}

/** The message at this field, if there is one. */
export const refusalAt = (refusal: Refusal | undefined, name: string): Refusal | undefined =>
  refusal?.list.find(({ field }) => field === name);

/** The message under a field's label; its field is marked by `name-error`. */
export function FieldError({ page, name, fault }: { page: PageContext; name: string; fault?: Refusal }) {
  if (!fault) return null;
  return (
    <p class="field-error" id={`${name}-error`} data-code={fault.code}>
      {page.t.web.errorPrefix}
      {faultText(page, fault)}
    </p>
  );
}

/** Label, hint, message, input; the message begins in words, its code is in `data-code`. */
export function TextField(props: FieldProps) {
  const {
    page,
    name,
    label,
    hint,
    value,
    type = 'text',
    width = 'number',
    autocomplete = 'off',
    inputmode,
    autofocus,
  } = props;
  const fault = refusalAt(props.refusal, name);
  const described = [hint && `${name}-hint`, fault && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div class={fault ? 'field refused' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <FieldError {...{ page, name, fault }} />
      {props.before}
      <input
        {...({ type } as { type: 'text' })}
        id={name}
        name={name}
        class={`width-${width}`}
        value={type === 'password' ? undefined : value}
        autocomplete={autocomplete}
        inputmode={inputmode}
        autofocus={autofocus}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      {props.children}
    </div>
  );
}

interface SelectProps extends FieldProps {
  options: readonly (readonly [value: string, text: string])[];
  /** What stands there before anything is chosen. */
  none: string;
}

/** One of a few, with its label. */
export function SelectField({ page, name, label, value, refusal, options, none }: SelectProps) {
  const fault = refusalAt(refusal, name);
  return (
    <div class={fault ? 'field refused' : 'field'}>
      <label for={name}>{label}</label>
      <FieldError {...{ page, name, fault }} />
      <select
        id={name}
        name={name}
        class="width-long"
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault ? `${name}-error` : undefined}
      >
        <option value="">{none}</option>
        {options.map(([one, text]) => (
          <option value={one} selected={one === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A tick with its label. */
export function CheckField({ page, name, label, refusal, checked, children }: FieldProps & { checked?: boolean }) {
  const fault = refusalAt(refusal, name);
  return (
    <div class={fault ? 'field refused' : 'field'}>
      <FieldError {...{ page, name, fault }} />
      <p class="check">
        <input
          type="checkbox"
          id={name}
          name={name}
          value="yes"
          checked={checked}
          aria-invalid={fault ? 'true' : undefined}
          aria-describedby={fault ? `${name}-error` : undefined}
        />{' '}
        <label for={name}>
          <Coded text={label} />
        </label>
      </p>
      {children}
    </div>
  );
}
