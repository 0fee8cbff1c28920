/** What the README's table says of one environment variable. */
export interface Variable {
  name: string;
  description: string;
  default: string;
  /** Required in production. */
  required: boolean;
  /** A secret: also read from the file named by `NAME_FILE`. */
  secret: boolean;
}

const variables: Variable[] = [];

/** Describes the environment variable that the property is named after; the README's table is made from this. */
export const Described =
  (description: string, more: { default?: string; required?: boolean; secret?: boolean } = {}) =>
  (_target: object, property: string): void => {
    variables.push({
      name: property,
      description,
      default: more.default ?? '',
      required: more.required ?? false,
      secret: more.secret ?? false,
    });
  };

/** Every described variable, in the order of the class. */
export const describedVariables = (): readonly Variable[] => variables;
