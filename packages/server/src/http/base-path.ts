/** Where the paths of the contract begin. */
export const BASE_PATH = "/api/public/v1";
