import { createElement, useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Virtuoso } from 'react-virtuoso';
import { LIST_ROWS, messageText, pictureOf, previewText, THREAD_ROWS } from '../rows.ts';

declare global {
  interface Window {
    /** Adds a message at the end of the thread. */
    append(text: string): void;
  }
}

const style = { height: '100vh' };

function listRow(index: number): ReactNode {
  return createElement(
    'div',
    { className: 'row list' },
    createElement('span', { className: 'face' }, 'B'),
    createElement(
      'span',
      {},
      createElement('div', {}, createElement('b', {}, `Buyer ${index}`)),
      createElement('div', {}, previewText(index)),
      createElement('div', {}, `Store ${1 + (index % 6)}`),
    ),
  );
}

function messageRow(index: number, text: string): ReactNode {
  const picture = pictureOf(index);
  const content =
    picture === null || index >= THREAD_ROWS
      ? createElement('div', { className: 'text' }, text)
      : createElement('div', { className: 'face', style: picture });
  return createElement('div', { className: 'row', 'data-row': index }, content);
}

function List(): ReactNode {
  return createElement(Virtuoso, { style, totalCount: LIST_ROWS, itemContent: listRow });
}

function Thread(): ReactNode {
  const [texts, setTexts] = useState(() => Array.from({ length: THREAD_ROWS }, (_, at) => messageText(at)));
  useEffect(() => {
    window.append = (text) => setTexts((before) => [...before, text]);
  }, []);
  return createElement(Virtuoso<string>, {
    style,
    data: texts,
    initialTopMostItemIndex: THREAD_ROWS - 1,
    followOutput: true,
    itemContent: messageRow,
  });
}

const root = document.getElementById('root');
if (root === null) throw new Error('No root');
createRoot(root).render(createElement(location.hash === '#thread' ? Thread : List));
