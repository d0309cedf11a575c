export const telegram = {
  'telegram.shortDescription':
    'The whole picture of your key accounts, one line away. Works in a private chat.',
  'telegram.command.start': 'Begin, or link this chat to you',
  'telegram.command.cancel': 'Leave the open question',

  'telegram.onlyText':
    'For now I read text only. Type a client’s name or a command; /help shows what I can do.',
  'telegram.forwarded': 'A forwarded message does not command me. Type the line yourself and I will answer.',
  'telegram.privateOnly':
    'I answer in a private chat only, where nobody else reads along. Write to me at {{bot}}.',
  'telegram.choose': 'Please choose:',
} as const
