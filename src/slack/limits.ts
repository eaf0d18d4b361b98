// What Slack takes at most, each number with its unit. What is longer is refused whole, so we cut before it is.
//
// Sources, unless a line names its own: docs.slack.dev/reference/block-kit, the page of each block, element and
// object; docs.slack.dev/reference/views for modals and the App Home.

export const limits = {
  /** Blocks of a message. */
  messageBlocks: 50,
  /** Blocks of a modal or the App Home. */
  viewBlocks: 100,
  /** Characters of a message's `text`; docs.slack.dev/reference/methods/chat.postMessage, "Truncating content". */
  messageText: 4000,
  /**
   * Characters of all blocks of a message together. Slack refuses more (`msg_blocks_too_long`) without documenting
   * where that begins: about 12,000 of text and what holds them (github.com/slackapi/bolt-js/issues/2509).
   */
  messageCharacters: 11_500,
  /** Characters of a section's text, and of any text object without a limit of its own. */
  text: 3000,
  /** Characters of a header. */
  header: 150,
  /** Elements of a context block, and the characters we give each. */
  contextElements: 10,
  contextText: 2000,
  /** Characters of a button's label, an option's label and the label of a group of options. */
  label: 75,
  /** Characters of what comes back with a click on a button. */
  buttonValue: 2000,
  /** Options of a menu or of one of its groups, and groups of a menu. */
  menuOptions: 100,
  /** Options of radio buttons and of checkboxes. */
  listedOptions: 10,
  /** Characters of a placeholder. */
  placeholder: 150,
  /** Characters of a field's label and of its hint. */
  fieldLabel: 2000,
  /** Characters that can be typed into a text field. */
  typed: 3000,
  /** Characters of a modal's title, and of its buttons. */
  modalTitle: 24,
  /** Characters of a confirmation's title, its text and its buttons. */
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;
