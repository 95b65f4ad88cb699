/** The query that opens the form for a new device on the page of all of them. */
export const ADDING = "add";

export const ADD_A_DEVICE = `/devices?${ADDING}`;
