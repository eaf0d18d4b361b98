// The forms of the lead's categories: all of them, and one, new or changed, and reading it back.

import type { Carried } from '../../slack/actions.ts';
import { aside, button, paragraph, quoted, row } from '../../slack/blocks.ts';
import {
  type ChoiceGroup,
  checkboxes,
  type Form,
  type FormValues,
  field,
  form,
  groupedSelect,
  radioButtons,
  textInput,
} from '../../slack/forms.ts';
import type { Block } from '../../slack/message.ts';
import { capital } from '../../words.ts';
import * as actions from './balance.actions.ts';
import { longestName, type NameProblem, problemWithName } from './balance.parse.names.ts';
import { type Category, type Side, sides } from './balance.ts';

/** Groups for a select, all categories in them that are offered. */
export function categoryGroups(categories: readonly Category[]): ChoiceGroup[] {
  return sides.map((side) => ({
    label: capital(side),
    choices: categories
      .filter((category) => category.side === side)
      .map(({ id, name }) => ({ label: name, value: id })),
  }));
}

/** For each side; three sides of these fit a modal. */
const mostListed = 30;

/** Every category with its side, each with a button; the list turns into the form of the one chosen. */
export const categoriesForm = (categories: readonly Category[]): Form =>
  form(actions.categoriesForm, {
    title: 'Your categories',
    close: 'Done',
    blocks: [
      row(
        button('Add a category', actions.category),
        // A modal holds 100 blocks, so the buttons below end somewhere; this menu holds them all.
        {
          ...groupedSelect(categoryGroups(categories), { placeholder: 'Change a category' }),
          action_id: actions.category.id,
        },
      ),
      ...sides.flatMap((side): Block[] => [
        paragraph(`*${capital(side)}*`),
        ...categories
          .filter((category) => category.side === side)
          .slice(0, mostListed)
          .map((category) =>
            paragraph(
              categoryLine(category),
              button('Change', actions.category, { categoryId: category.id }),
            ),
          ),
      ]),
    ],
  });

/** `review · put away  _reviews, pr_` */
const categoryLine = ({ name, archived, aliases }: Category): string =>
  [
    quoted(name),
    archived ? ' · put away' : '',
    aliases.length > 0 ? `  _${quoted(aliases.join(', '))}_` : '',
  ].join('');

const fields = { name: 'name', side: 'side', aliases: 'aliases', archived: 'archived' } as const;

const mostAliases = 20;

const sideChoices: { label: string; value: Side }[] = [
  { label: 'Leading', value: 'leading' },
  { label: 'Coding', value: 'coding' },
  { label: 'Neither: it counts on no side', value: 'neither' },
];

const nameAndSide = ({ name, side, aliases }: Pick<Category, 'name' | 'side' | 'aliases'>): Block[] => [
  field(fields.name, 'Name', textInput({ initial: name, max: longestName })),
  field(fields.side, 'Which side does it count on?', radioButtons(sideChoices, side)),
  field(
    fields.aliases,
    'Other words for it',
    // Room for as many aliases as there may be, each as long as it may be.
    textInput({ initial: aliases.join(', '), max: mostAliases * (longestName + 2) }),
    { optional: true, hint: 'Separated by commas. Typing any of them means this category.' },
  ),
];

/** What a new one may begin as: a word typed in a line may be longer than a name can be. */
const newCategory = (typed = ''): Block[] =>
  nameAndSide({ name: [...typed].slice(0, longestName).join('').trim(), side: 'leading', aliases: [] });

/** Reached from all of them; undefined: a new one. */
export const categoryForm = (category: Category | undefined): Form =>
  form(actions.categoryForm, {
    title: category ? 'Change this category' : 'Add a category',
    submit: 'Save',
    data: { categoryId: category?.id },
    blocks: category
      ? [
          ...nameAndSide(category),
          field(
            fields.archived,
            'Put away',
            checkboxes([{ label: 'No longer offer it', value: 'yes' }], category.archived ? ['yes'] : []),
            { optional: true },
          ),
          aside('What you logged before keeps the side it was logged under; a new name shows everywhere.'),
        ]
      : newCategory(),
  });

/** Reached from a refused line, which is logged with it. */
export const addCategoryForm = ({ name, line }: Carried<typeof actions.addCategory>): Form =>
  form(actions.addCategoryForm, {
    title: 'Add a category',
    submit: 'Save',
    data: { line },
    blocks: newCategory(name),
  });

type CategoryReading =
  | { kind: 'category'; category: Category }
  | { kind: 'refused'; errors: Record<string, string> };

/** The submitted category form. `id` undefined: a new category, whose id is made from its name. */
export function readCategory(
  values: FormValues,
  id: string | undefined,
  categories: readonly Category[],
): CategoryReading {
  const errors: Record<string, string> = {};
  const others = categories.filter((category) => category.id !== id);
  const name = values.text(fields.name).replace(/\s+/g, ' ');
  const nameProblem = problemWithName(name, others);
  if (nameProblem) errors[fields.name] = nameTrouble(name, nameProblem);

  const aliases = values
    .text(fields.aliases)
    .split(',')
    .map((alias) => alias.trim().replace(/\s+/g, ' '))
    .filter((alias) => alias !== '');
  const [aliasTrouble] = aliases.flatMap((alias) => {
    const problem = problemWithName(alias, others);
    return problem ? [nameTrouble(alias, problem)] : [];
  });
  if (aliasTrouble) errors[fields.aliases] = aliasTrouble;
  else if (aliases.length > mostAliases) errors[fields.aliases] = `At most ${mostAliases} words, please.`;

  const side = sides.find((one) => one === values.choice(fields.side));
  if (!side) errors[fields.side] = 'Choose a side.';
  const archived = values.choices(fields.archived).includes('yes');
  if (archived && others.every((other) => other.archived)) {
    errors[fields.archived] = 'This is the last one you log to. Add another first.';
  }
  if (Object.keys(errors).length > 0 || !side) return { kind: 'refused', errors };
  return {
    kind: 'category',
    category: { id: id ?? newId(name, categories), name, side, aliases: [...new Set(aliases)], archived },
  };
}

/** A slug of the name that no other category has, put-away ones included. */
function newId(name: string, categories: readonly Category[]): string {
  const slug =
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '') || 'category';
  const taken = new Set(categories.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? slug : `${slug}-${number}`;
    if (!taken.has(id)) return id;
  }
}

function nameTrouble(name: string, problem: NameProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'Give it a name.';
    case 'too-long':
      return `At most ${problem.most} characters, please.`;
    case 'taken':
      return `“${name}” already means ${problem.by.name}${problem.by.archived ? ', which is put away' : ''}.`;
    case 'not-typeable':
      return `“${name}” reads as something else in a line, such as a time or a day. Try another word.`;
  }
}
