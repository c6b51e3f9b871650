import type { ProxyStop } from '../../contract/models.ts';
import type { StoreGate } from '../parts.ts';

/** Whether this data may be used from here at all: settled at the engine's start. */
export interface ReadOnlySource {
  isReadOnly(): boolean;
}

/** Which stores wait for a proxy. */
export interface ProxySource {
  stopOf(storeId: number): ProxyStop | null;
}

/** The gate as those see it who open and close it. */
export interface NetworkGate extends StoreGate {
  /** Nothing can be reached, or is not read up to now yet: every store waits. */
  closeAll(): void;
  /** This store may go on, whatever the others wait for. */
  open(storeId: number): void;
  openAll(): void;
  /** A store's proxy may be ready now, or no longer. */
  refresh(): void;
}

/** Makes a gate that is open unless the data is read-only or the store's proxy is not ready. */
export function createGate(readOnly: ReadOnlySource, proxies: ProxySource): NetworkGate {
  const listeners: (() => void)[] = [];
  let isOffline = false;
  const opened = new Set<number>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    closedFor: (storeId) => {
      if (readOnly.isReadOnly()) return 'read-only';
      if (proxies.stopOf(storeId) !== null) return 'proxy';
      return isOffline && !opened.has(storeId) ? 'offline' : null;
    },
    onChange: (listener) => void listeners.push(listener),
    refresh: changed,
    closeAll: () => {
      if (isOffline && opened.size === 0) return;
      isOffline = true;
      opened.clear();
      changed();
    },
    open: (storeId) => {
      if (!isOffline || opened.has(storeId)) return;
      opened.add(storeId);
      changed();
    },
    openAll: () => {
      if (!isOffline) return;
      isOffline = false;
      opened.clear();
      changed();
    },
  };
}
