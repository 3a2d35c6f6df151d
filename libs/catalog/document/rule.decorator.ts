import { ValidateBy, type ValidationArguments } from 'class-validator';

/**
 * A check with its fault and its remedy in words. `test` answers true, or what is wrong (it then stands before the general reason).
 */
export function Rule(name: string, test: (value: unknown, owner: object) => boolean | string, reason: string, remedy: string): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value, args) => test(value, args?.object ?? {}) === true,
        defaultMessage: (args?: ValidationArguments) => {
          const answer = test(args?.value, args?.object ?? {});
          return typeof answer === 'string' ? `${answer}: ${reason}` : reason;
        },
      },
    },
    { context: { remedy } },
  );
}
