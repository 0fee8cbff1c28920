import { FieldError, refusalAt } from './form.js';
import type { FieldProps } from './form.js';

/** Several lines of text, with a label as a field of one line has it. */
export function AreaField({ page, name, label, hint, value, refusal }: FieldProps) {
  const fault = refusalAt(refusal, name);
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
      <textarea
        id={name}
        name={name}
        rows={4}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={described || undefined}
      >
        {value}
      </textarea>
    </div>
  );
}
