import { UserName } from '../../shared/user-name.js';
import { Parsed } from '../../web/fields.js';

export class UserNameForm {
  @Parsed((raw) => UserName.parse(raw))
  userName!: UserName;
}
