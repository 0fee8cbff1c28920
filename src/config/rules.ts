import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsInt, IsObject, Min, ValidateIf, ValidateNested } from 'class-validator';

type Class = new () => object;

/** What a value says when the operator has none on purpose. */
export const NONE = 'none';

const all =
  (...rules: PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    rules.forEach((rule) => rule(target, key));

/** A mapping that must be there: `ValidateNested` alone passes over one that is missing and over an empty list. */
export const Nested = (of: () => Class): PropertyDecorator =>
  all(
    IsDefined(),
    IsObject(),
    ValidateNested(),
    Type(() => of()),
  );

/** The same, or the word `none`. */
export const NestedOrNone = (of: () => Class): PropertyDecorator =>
  all(
    ValidateIf((_, value: unknown) => value !== NONE),
    IsObject({ message: 'a mapping or the word none expected' }),
    ValidateNested(),
    Type(() => of()),
  );

/** A list of mappings; it may be empty. */
export const NestedList = (of: () => Class): PropertyDecorator =>
  all(
    IsArray(),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => of()),
  );

/** A whole number of at least one: limits and lifetimes have no "never". */
export const Count = (): PropertyDecorator => all(IsInt(), Min(1));
