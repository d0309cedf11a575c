export const telegram = {
  'telegram.shortDescription':
    'The whole picture of your key accounts, one line away. Works in a private chat.',
  'telegram.command.start': 'Begin, or link this chat to you',
  'telegram.command.cancel': 'Leave the open question',

  'telegram.useless':
    'I can do nothing with this kind of message. I take text, a place, a contact, a photo, a voice note, a video or a file; /help shows what for.',
  'telegram.forwarded':
    'I do not take a forwarded message for your own report. To log what it says, copy its text and send it after /meeting.',
  'telegram.shareLocation': 'Or share your location: I will name the accounts nearby.',
  'telegram.privateOnly':
    'I answer in a private chat only, where nobody else reads along. Write to me at {{bot}}.',
  'telegram.choose': 'Please choose:',
} as const
