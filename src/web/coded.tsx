/** A text whose code stands between backticks. */
export function Coded({ text }: { text: string }) {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code class="mono">{part}</code> : part))}</>;
}
