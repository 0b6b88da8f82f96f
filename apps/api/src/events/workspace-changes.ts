/** One resource as the UI shows it. */
export interface EventItem {
  id: string;
}

/** What a feature tells the UI about: the items that may have changed lately, in full, few and cheap to read. */
export interface EventProvider {
  /** Name of the event, a resource in the plural such as `campaigns`. */
  type: string;
  /** Items of the workspace worth telling of; one that stays the same is not sent again. */
  current(workspaceId: string): Promise<EventItem[]>;
}

/** Remembers what was sent last, and finds what differs. */
export class WorkspaceChanges {
  private readonly sent = new Map<string, Map<string, string>>();

  /** The items that are new or differ from those given the last time. */
  since(workspaceId: string, type: string, items: EventItem[]): EventItem[] {
    const name = `${workspaceId} ${type}`;
    const before = this.sent.get(name);
    const now = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
    this.sent.set(name, now);
    return items.filter(({ id }) => before?.get(id) !== now.get(id));
  }
}
