import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Validate, type ValidationArguments, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { LENGTH_UNITS } from '#catalog';

const TEXTS = ['price-type', 'sheet'];
const LONGEST = 200;

@ValidatorConstraint({ name: 'choices' })
class KnownChoices implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return Object.entries(value).every(([name, choice]) => (name === 'length-unit' ? LENGTH_UNITS.some((unit) => unit === choice) : TEXTS.includes(name) && isShort(choice)));
  }

  defaultMessage(_arguments: ValidationArguments): string {
    return `may hold ${TEXTS.join(' and ')} as texts and length-unit as one of ${LENGTH_UNITS.join(', ')}`;
  }
}

function isShort(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST;
}

/** Choices of single formats: which price and which unit of a 1C file, which sheet of a workbook. */
export function ChoicesField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: false,
      properties: {
        'price-type': { type: 'string', maxLength: LONGEST },
        'length-unit': { type: 'string', enum: [...LENGTH_UNITS] },
        sheet: { type: 'string', maxLength: LONGEST },
      },
      description: 'choices of single formats, e.g. {"price-type": "Розничная"}',
    }),
    IsOptional(),
    Validate(KnownChoices, { context: { code: 'import-choices' } }),
  );
}
