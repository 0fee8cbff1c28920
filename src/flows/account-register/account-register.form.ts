import { EntityName } from '../../shared/entity-name.js';
import { Parsed } from '../../web/fields.js';

/** The name as it is registered now. */
export class EntityNameForm {
  @Parsed((raw) => EntityName.parse(raw))
  entityName!: EntityName;
}
