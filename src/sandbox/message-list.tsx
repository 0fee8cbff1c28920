import type { SentMessage } from '../gateways/sms/sent-messages.js';
import { chinaMinute } from '../shared/china-time.js';
import type { PageContext } from '../web/page-context.js';

/** Messages as a person reads them. */
export function MessageList({ page, messages }: { page: PageContext; messages: readonly SentMessage[] }) {
  if (messages.length === 0) return <p>{page.t.sandbox.noMessages}</p>;
  return (
    <ul class="plain">
      {messages.map(({ phone, text, sentAt }) => (
        <li>
          <strong class="mono">{phone}</strong> · {chinaMinute(new Date(sentAt))}
          <br />
          <span lang="zh-CN">{text}</span>
        </li>
      ))}
    </ul>
  );
}
