/** Everything that visitors read. Each language is a file of this shape; `texts.test.ts` compares them. `{n}` are places for values. */
export interface LauncherTexts {
  openChat: string;
  /** `{n}`: number of unread messages, 2 or more. */
  unread: string;
  oneUnread: string;
}

export interface PanelTexts {
  invitationFrom: string;
  answer: string;
  dismiss: string;
  chat: string;
  close: string;
  nobodyHere: string;
  nobodyHereLine: string;
  messages: string;
  write: string;
  send: string;
  you: string;
  /** How far one's own message has come. */
  states: { [state: string]: string | undefined; waiting: string; stored: string; delivered: string; read: string };
  /** Refused for good. */
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
  nextTry: string;
  tryNow: string;
  previews: string;
  notKept: string;
  /** What happened in the conversation, by the kind of its event. */
  events: { [kind: string]: string | undefined; joined: string; left: string; closed: string; reopened: string };
  today: string;
  yesterday: string;
  /** `{day}` 1-31, `{month}` one of `months`, `{year}`. */
  dayThisYear: string;
  dayOtherYear: string;
  /** From January on, with a blank between them. */
  months: string;
}
