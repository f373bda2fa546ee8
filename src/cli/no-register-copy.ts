/** What is said wherever the register of erasures has no copy outside the data folder. */
export const noRegisterCopy =
  'no copy is kept outside the data folder: once the folder is lost, a restored backup shows again what was destroyed since. Set UPSTANDER_ERASURES to a file on another disk.'
