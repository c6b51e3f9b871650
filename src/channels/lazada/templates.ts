/** Template ids of the IM API that need a name here. Guide "Lazada IM Open API". */
export const template = {
  text: '1',
  systemText: '2',
  picture: '3',
  emoji: '4',
  video: '6',
  item: '10006',
  order: '10007',
  voucher: '10008',
  followInvitation: '10010',
  refundOrder: '10011',
  autoReplyMenu: '10015',
} as const;
