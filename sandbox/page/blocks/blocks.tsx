// Block Kit on the page: what only shows is drawn, what acts is the page's own.

import { type ReactNode, useId, useState } from 'react';
import { BlockButton, BlockOverflow, FeedbackButtons } from '../elements/button.tsx';
import { DateField, DateTimeField, TextField, TickField } from '../elements/inputs.tsx';
import { BlockSelect } from '../elements/select.tsx';
import { Icon } from '../icons.tsx';
import type { Block, Element, TextObject } from '../types.ts';
import { Chart, type ChartData } from './chart.tsx';
import { useSurface } from './surface.tsx';
import { type Cell, Table } from './table.tsx';
import { Drawn, Words } from './words.tsx';

export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, at) => (
        <OneBlock key={block.block_id ?? at} block={block} />
      ))}
    </div>
  );
}

function OneBlock({ block }: { block: Block }): ReactNode {
  const { kind } = useSurface();
  switch (block.type) {
    case 'header': {
      const Heading = kind === 'home' ? 'h2' : 'h3';
      return (
        <Heading className="block-header">
          {typeof block.text === 'string' ? block.text : block.text?.text}
        </Heading>
      );
    }
    case 'divider':
      return <hr className="block-divider" />;
    case 'section':
      return <Section block={block} />;
    case 'context':
      return (
        <div className="block-context">
          {(block.elements ?? []).map((element, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: context elements have no ids and never move
            <ContextElement key={at} element={element} />
          ))}
        </div>
      );
    case 'actions':
    case 'context_actions':
      return (
        <div className="block-actions">
          {(block.elements ?? []).map((element, at) => (
            <BlockElement key={element.action_id ?? at} block={block} element={element} />
          ))}
        </div>
      );
    case 'input':
      return <Field block={block} />;
    case 'image':
      return (
        <figure className="block-image">
          {block.title !== undefined && (
            <figcaption>{typeof block.title === 'string' ? block.title : block.title.text}</figcaption>
          )}
          <img src={String(block.image_url)} alt={String(block.alt_text ?? '')} />
        </figure>
      );
    case 'data_visualization':
      return <Chart title={String(block.title ?? '')} chart={block.chart as ChartData} />;
    case 'table':
    case 'data_table':
      return (
        <Table
          rows={block.rows as Cell[][]}
          {...(block.caption === undefined ? {} : { caption: String(block.caption) })}
          columns={(block.column_settings ?? []) as { align?: 'left' | 'center' | 'right' }[]}
        />
      );
    case 'container':
      return <Container block={block} />;
    default:
      return <Drawn blocks={[block]} />;
  }
}

function ContextElement({ element }: { element: Element }) {
  return element.type === 'image' ? (
    <img src={String(element.image_url)} alt={element.alt_text ?? ''} width={20} height={20} />
  ) : (
    <Words text={element as unknown as TextObject} />
  );
}

function Section({ block }: { block: Block }) {
  const { accessory } = block;
  return (
    <div className="block-section">
      <div className="block-section-words">
        {block.text !== undefined && <Words text={block.text} />}
        {block.fields !== undefined && (
          <div className="block-fields">
            {block.fields.map((field, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no ids and never move
              <Words key={at} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory !== undefined && (
        <div className="block-accessory">
          <BlockElement block={block} element={accessory} />
        </div>
      )}
    </div>
  );
}

function Container({ block }: { block: Block }) {
  const [open, setOpen] = useState(block.is_collapsed !== true);
  const title = typeof block.title === 'string' ? block.title : block.title?.text;
  return (
    <div className="block-container">
      {title !== undefined && (
        <button
          type="button"
          className="block-container-title"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" size={16} />
          {title}
        </button>
      )}
      {open && <Blocks blocks={block.child_blocks ?? []} />}
    </div>
  );
}

/** A field: its label, what is typed or chosen, a hint, and what is wrong with it. */
function Field({ block }: { block: Block }) {
  const { errors } = useSurface();
  const id = useId();
  const { element } = block;
  if (element === undefined) return null;
  const error = errors[block.block_id ?? ''];
  const described = [error === undefined ? '' : `${id}-error`, block.hint === undefined ? '' : `${id}-hint`]
    .filter((one) => one !== '')
    .join(' ');
  return (
    <div
      className="field"
      data-field={block.block_id}
      data-invalid={error === undefined ? undefined : 'true'}
    >
      <p className="field-label" id={`${id}-label`}>
        {block.label?.text}
        {block.optional === true && <span className="field-optional"> (optional)</span>}
      </p>
      <BlockElement
        block={block}
        element={element}
        labelledBy={`${id}-label`}
        describedBy={described === '' ? undefined : described}
        invalid={error !== undefined}
      />
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint !== undefined && (
        <p className="field-hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
    </div>
  );
}

interface ElementProps {
  block: Block;
  element: Element;
  labelledBy?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
}

function BlockElement(props: ElementProps): ReactNode {
  const { block, element } = props;
  switch (element.type) {
    case 'button':
    case 'workflow_button':
    case 'icon_button':
      return <BlockButton block={block} element={element} />;
    case 'feedback_buttons':
      return <FeedbackButtons block={block} element={element} />;
    case 'overflow':
      return <BlockOverflow block={block} element={element} />;
    case 'image':
      return <img className="accessory-image" src={String(element.image_url)} alt={element.alt_text ?? ''} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <TickField {...props} />;
    case 'datepicker':
    case 'timepicker':
      return <DateField {...props} />;
    case 'datetimepicker':
      return <DateTimeField {...props} />;
    case 'plain_text_input':
    case 'rich_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextField {...props} />;
    case 'file_input':
      return <p className="field-hint">The sandbox takes no files.</p>;
    default:
      return element.type.endsWith('_select') ? <BlockSelect {...props} /> : null;
  }
}
