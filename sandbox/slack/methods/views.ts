// views.*: modals opened, stacked and changed, and Homes published.

import { SlackError } from '../errors.ts';
import { takeTrigger } from '../triggers.ts';
import type { View } from '../types.ts';
import { allViews, openView, publishHome, pushView, updateView, viewOut } from '../views.ts';
import { type Call, jsonArg, type Method, personArg, required, textArg } from './call.ts';

function viewArg(call: Call): unknown {
  const view = jsonArg(call, 'view', 'invalid_arguments');
  if (view === undefined) required(call, 'view');
  return view;
}

function mustMatchHash(call: Call, view: View | undefined): void {
  const hash = textArg(call, 'hash');
  if (hash !== undefined && view !== undefined && hash !== view.hash) throw new SlackError('hash_conflict');
}

export const views: Record<string, Method> = {
  'views.open': {
    scopes: [],
    tier: 'tier4',
    run(call) {
      const { world, workspace } = call;
      const value = viewArg(call);
      const trigger = takeTrigger(world, workspace, required(call, 'trigger_id'));
      return { view: viewOut(workspace, openView(world, workspace, trigger.userId, value)) };
    },
  },
  'views.push': {
    scopes: [],
    tier: 'tier4',
    run(call) {
      const { world, workspace } = call;
      const value = viewArg(call);
      const trigger = takeTrigger(world, workspace, required(call, 'trigger_id'));
      return { view: viewOut(workspace, pushView(world, workspace, trigger.userId, value)) };
    },
  },
  'views.update': {
    scopes: [],
    tier: 'tier4',
    run(call) {
      const { world, workspace } = call;
      const value = viewArg(call);
      const id = textArg(call, 'view_id');
      const externalId = textArg(call, 'external_id');
      if (id === undefined && externalId === undefined) required(call, 'view_id');
      const view = allViews(workspace).find((one) =>
        id === undefined ? one.externalId === externalId : one.id === id,
      );
      if (view === undefined) throw new SlackError('not_found');
      mustMatchHash(call, view);
      return { view: viewOut(workspace, updateView(world, workspace, view, value)) };
    },
  },
  'views.publish': {
    scopes: [],
    tier: 'tier4',
    run(call) {
      const { world, workspace } = call;
      const value = viewArg(call);
      const person = personArg(call, 'user_id');
      mustMatchHash(call, workspace.homes.get(person.id));
      return { view: viewOut(workspace, publishHome(world, workspace, person.id, value)) };
    },
  },
};
