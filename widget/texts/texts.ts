/** Everything that visitors read. Each language is a file of this shape; `texts.test.ts` compares them. `{n}` are places for values. */
export interface LauncherTexts {
  openChat: string;
  /** `{n}`: number of unread messages, 2 or more. */
  unread: string;
  oneUnread: string;
  invitationFrom: string;
  answer: string;
  dismiss: string;
}

export interface PanelTexts {
  chat: string;
  close: string;
  nobodyHere: string;
  nobodyHereLine: string;
  welcome: string;
  messages: string;
  write: string;
  send: string;
  you: string;
  notSentYet: string;
  sent: string;
  delivered: string;
  read: string;
  notSent: string;
  tryAgain: string;
  edit: string;
  remove: string;
  deleted: string;
  edited: string;
  writing: string;
  noConnection: string;
  oneSafe: string;
  manySafe: string;
  oneHere: string;
  manyHere: string;
  nextTry: string;
  trying: string;
  tryNow: string;
  previews: string;
  notKept: string;
  older: string;
  tooLong: string;
  joined: string;
  left: string;
  closed: string;
  reopened: string;
  newMessages: string;
  today: string;
  yesterday: string;
  /** `{day}` 1-31, `{month}` a name of `months`, `{weekday}` a name of `weekdays`, `{year}`. */
  dayThisYear: string;
  dayOtherYear: string;
  months: string[];
  /** From Sunday on. */
  weekdays: string[];
  /** Why a message was refused, by code; `other` for all that are not named. */
  refused: { rate: string; busy: string; "too-large": string; forbidden: string; other: string };
}
